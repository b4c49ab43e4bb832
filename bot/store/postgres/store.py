"""The store on a PostgreSQL server: each method one short transaction, READ COMMITTED, the conversation's row held."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from weakref import WeakValueDictionary

from bot.conversation.state import State
from bot.store.postgres import statements as sql
from bot.store.postgres.database import Connection, Cursor, Database
from bot.store.postgres.leases import lease
from bot.store.postgres.question_log import NUL, QuestionLog
from bot.store.postgres.schema import bring_up_to_date
from bot.store.postgres.talks import Talks
from bot.store.postgres.wishes import Wishes
from bot.store.protocol import (
    Advice,
    Held,
    Kept,
    Key,
    Leased,
    Logged,
    Outcome,
    Parcel,
    Passed,
    StoreError,
    Waiting,
    Wish,
)
from bot.store.pseudonyms import months_kept
from bot.store.schema import TABLES
from bot.store.sealing import Sealer

TURNS_AT_ONCE = 8  # connections of a process; turns are short, and a server has some hundred in all
PRUNED_AT_ONCE = 500


class PostgresStore:
    """A `Store` at `url`. `clock` is UTC seconds; leases go by the server's clock."""

    def __init__(self, url: str, sealer: Sealer, clock: Callable[[], float] = time.time) -> None:
        self._sealer, self._clock = sealer, clock
        self._db = Database(url, TURNS_AT_ONCE)
        # What was sent is noted on a connection of its own, in one round trip: each moment it waits, behind turns or
        # behind a look at the outbox, is a moment in which a crash would have it sent again.
        self._out, self._notes = Database(url), Database(url, autocommit=True)
        self._sent: set[int] = set()
        self._noting = asyncio.Lock()
        self._questions = QuestionLog(sealer, clock)
        self._wishes, self._talks = Wishes(sealer, clock), Talks(sealer, clock)
        self._holder = uuid.uuid4().hex
        # A crowd of updates of one conversation waits here, not in the pool, where it would hold up everybody.
        self._turns: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    async def open(self) -> PostgresStore:
        """Connect, bring the tables up to date, prove the key. Raises StoreError."""
        connection = await self._db.first()
        async with connection:
            await bring_up_to_date(connection, self._sealer)
        await asyncio.gather(self._db.open(), self._out.open(), self._notes.open())
        return self

    async def close(self) -> None:
        await asyncio.gather(self._db.close(), self._out.close(), self._notes.close())

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        async with self._turn(key) as db:
            async with db.pipeline():  # one round trip; so is what follows from the turn
                seen = await db.execute(sql.SEEN, [update_id, self._clock()])
                await db.execute(sql.REACHABLE, [key.chat])
                found = await db.execute(sql.RECALL, [key.chat, key.person, key.topic])
            if seen.rowcount != 1:
                return None
            sealed, version = await found.fetchone() or await self._begin(db, key)
            outcome = decide(State.from_plain(self._sealer.plain(sealed)) if version else State())
            await self._keep(db, key, version, outcome)
            return outcome

    async def put_aside(self, update_id: int, key: Key, reason: str, parcels: Sequence[Parcel]) -> bool:
        async with self._turn(key) as db:
            if not await self._is_new(db, update_id):
                return False
            await self._bury(db, key.chat, key.person, reason, self._sealer.seal({"update_id": update_id}))
            await self._queue(db, key, parcels)
            return True

    async def forget(self, update_id: int, key: Key, told: Callable[[int], Sequence[Parcel]]) -> int | None:
        async with self._turn(key) as db:
            if not await self._is_new(db, update_id):
                return None
            gone = (await db.execute(sql.REACHABLE, [key.person])).rowcount
            gone += await self._questions.unlink(db, key.person) + await self._talks.end(db, key.person)
            for statement in sql.FORGET:
                gone += (await db.execute(statement, [key.person])).rowcount
            await self._queue(db, key, told(gone))
            return gone

    async def held(self, person: int) -> Held:
        async with self._db.transaction() as db:
            found = await (await db.execute(sql.HELD, [person])).fetchall()
            ((waiting, aside),) = await (await db.execute(sql.HELD_ROWS, {"person": person})).fetchall()
            questions = await self._questions.of_person(db, person)
            wishes = await self._wishes.of_person(db, person)
            talks = await self._talks.of_person(db, person)
        conversations = [(chat, topic, self._sealer.plain(sealed)) for chat, topic, sealed in found]
        return Held(conversations, waiting, aside, questions, wishes, len(talks))

    async def questions(self, since: str, after: int = 0, limit: int = 1000) -> list[Logged]:
        async with self._db.transaction() as db:
            return await self._questions.page(db, since, after, limit)

    async def wishes(self, after: int = 0, limit: int = 1000) -> list[Wish]:
        async with self._db.transaction() as db:
            return await self._wishes.page(db, after, limit)

    async def grant(self, number: int, parcels: Sequence[Parcel]) -> bool:
        async with self._db.transaction() as db:
            key = await self._wishes.take(db, number)
            if key is not None:
                await self._queue(db, key, parcels)
            return key is not None

    async def tell(self, key: Key, parcels: Sequence[Parcel]) -> None:
        async with self._db.transaction() as db:
            await self._queue(db, key, parcels)

    async def pending(self, after: int, limit: int) -> list[Waiting]:
        async with self._db.transaction() as db:
            found = await (await db.execute(sql.PENDING, [after, limit])).fetchall()
        return [self._waiting(*row) for row in found]

    async def lease(self, in_hand: Collection[Waiting], seconds: float, limit: int) -> Leased:
        async with self._out.transaction() as db:
            rows, gone = await lease(db, self._holder, [waiting.number for waiting in in_hand], seconds, limit)
        return Leased([self._waiting(*row) for row in rows], gone)

    async def sent(self, number: int) -> None:
        """Those that wait while one commits share the next commit."""
        self._sent.add(number)
        async with self._noting:
            if number in self._sent:
                together = [*self._sent]
                async with self._notes.transaction() as db:
                    await db.execute(sql.SENT, [together])
                self._sent.difference_update(together)

    async def undeliverable(self, number: int, reason: str) -> None:
        async with self._db.transaction() as db:
            for chat, person, sealed in await (await db.execute(sql.TAKE_BACK, [number])).fetchall():
                await self._bury(db, chat, person, reason, sealed)

    async def unreachable(self, chat: int, last: int) -> int:
        async with self._db.transaction() as db:
            await db.execute(sql.CLOSED, [chat, self._clock()])
            return (await db.execute(sql.DROP_CHAT, [chat, last])).rowcount

    async def move_chat(self, old: int, new: int) -> None:
        async with self._db.transaction() as db:
            for statement in (sql.MOVE, *sql.MOVED):
                await db.execute(statement, {"old": old, "new": new})

    async def picture(self, key: str) -> str | None:
        async with self._db.transaction() as db:
            row = await (await db.execute(sql.PICTURE, [key.translate(NUL)])).fetchone()
        return str(row[0]).replace("\u2400", "\0") if row else None

    async def keep_picture(self, key: str, file_id: str | None) -> None:
        key = key.translate(NUL)
        async with self._db.transaction() as db:
            if file_id is None:
                await db.execute(sql.DROP_PICTURE, [key])
            else:
                await db.execute(sql.KEEP_PICTURE, [key, file_id.translate(NUL)])

    async def prune(self, kept: Kept) -> int:
        now = self._clock()
        old = now - kept.personal
        bounds: dict[str, float | str] = dict.fromkeys(sql.PAST, old)
        bounds["updates_seen"] = now - kept.update_ids
        bounds["questions"] = time.strftime("%Y-%m-%d", time.gmtime(old))
        bounds["salts"] = months_kept(now)[-1]
        gone = 0
        async with self._db.transaction() as db:
            for table, bound in bounds.items():
                gone += (await db.execute(sql.prune(table), [bound, PRUNED_AT_ONCE])).rowcount
        return gone

    async def counts(self) -> Mapping[str, int]:
        counts = {}
        async with self._db.transaction() as db:
            for table in TABLES:
                ((counts[table],),) = await (await db.execute(f"SELECT count(*) FROM {table}")).fetchall()
        return counts

    # Inside one transaction

    @contextlib.asynccontextmanager
    async def _turn(self, key: Key) -> AsyncIterator[Connection]:
        """Turns of one conversation come one after the other, in the order they were asked for."""
        lock = self._turns.setdefault(key, asyncio.Lock())
        async with lock, self._db.transaction() as db:
            yield db

    async def _is_new(self, db: Connection, update_id: int) -> bool:
        return (await db.execute(sql.SEEN, [update_id, self._clock()])).rowcount == 1

    async def _begin(self, db: Connection, key: Key) -> tuple[str, int]:
        """An empty conversation, its row held like an older one's."""
        names = [key.chat, key.person, key.topic]
        await db.execute(sql.BEGIN_ONE, [*names, self._clock()])
        row = await (await db.execute(sql.RECALL, names)).fetchone()
        if row is None:
            raise StoreError("A conversation was deleted at the moment it began.")
        return row[0], row[1]

    async def _keep(self, db: Connection, key: Key, version: int, outcome: Outcome) -> None:
        async with db.pipeline():
            kept = await self._remember(db, key, outcome.state, version)
            await self._queue(db, key, outcome.parcels)
            if outcome.question:
                await self._questions.note(db, key, outcome.question)
            if outcome.mark:
                await self._questions.mark(db, key, outcome.mark)
            if outcome.wish:
                await self._wishes.keep(db, key, outcome.wish)
        if outcome.passed:
            await self._pass_on(db, key, outcome.passed)
        if outcome.advice:
            await self._advise(db, key, outcome.advice)
        if kept.rowcount != 1:
            raise StoreError("A conversation was changed by another program at the same moment.")

    async def _pass_on(self, db: Connection, key: Key, passed: Passed) -> None:
        """The person's own rows of the outbox, though in another chat: /forget takes them along."""
        if passed.code:
            await self._talks.keep(db, passed.code, key)
        elif not await self._talks.end(db, key.person):
            return
        await self._queue(db, Key(passed.chat, key.person), passed.parcels)

    async def _advise(self, db: Connection, key: Key, advice: Advice) -> None:
        whose = await self._talks.whose(db, advice.code)
        if whose is None:
            await self._queue(db, key, advice.gone)
            return
        await self._queue(db, whose, advice.parcels)
        await self._queue(db, key, advice.told)
        if advice.ends:
            await self._talks.end(db, whose.person)

    async def _remember(self, db: Connection, key: Key, state: State, version: int) -> Cursor:
        names = [key.chat, key.person, key.topic, version]
        if not version and state == State():
            return await db.execute(sql.NOTHING_TO_REMEMBER, names)
        return await db.execute(sql.REMEMBER, [self._sealer.seal(state.to_plain()), self._clock(), *names])

    async def _queue(self, db: Connection, key: Key, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            sealed = self._sealer.seal(parcel.body)
            await db.execute(sql.QUEUE, [key.chat, key.person, int(parcel.media), sealed, self._clock()])

    async def _bury(self, db: Connection, chat: int, person: int, reason: str, sealed: str) -> None:
        await db.execute(sql.BURY, [chat, person, reason.translate(NUL), sealed, self._clock()])

    def _waiting(self, number: int, chat: int, person: int, media: int, sealed: str) -> Waiting:
        return Waiting(number, chat, person, Parcel(self._sealer.plain(sealed), bool(media)))
