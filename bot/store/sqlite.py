"""The store in one SQLite file: each method one job of the writer thread, made of the statements of its tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection

from bot.conversation.state import State
from bot.store.clearing import empty_the_log, prune
from bot.store.conversations import Conversations
from bot.store.outbox import SENT, Outbox
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
    Waiting,
    Wish,
)
from bot.store.question_log import QuestionLog
from bot.store.schema import TABLES, open_database
from bot.store.sealing import Sealer
from bot.store.talks import Talks
from bot.store.wishes import Wishes
from bot.store.writer import Writer

PERSONAL = ("conversations", "outbox", "dead_letters", "wishes")


class SqliteStore:
    """A `Store` in the file `path`, which is made with its folder if it does not exist. `clock` is UTC seconds."""

    def __init__(self, path: Path, sealer: Sealer, clock: Callable[[], float] = time.time) -> None:
        self._sealer, self._clock = sealer, clock
        self._conversations = Conversations(sealer, clock)
        self._outbox = Outbox(sealer, clock)
        self._questions = QuestionLog(sealer, clock)
        self._wishes = Wishes(sealer, clock)
        self._talks = Talks(sealer, clock)
        self._writer = Writer(lambda: open_database(path, sealer).conn, self._questions.forget_salt)

    async def open(self) -> SqliteStore:
        """Connect, check, migrate. Raises StoreError when the file can't be used."""
        await self._writer.start()
        return self

    async def close(self) -> None:
        await self._writer.close()

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        def work(db: Connection) -> Outcome | None:
            if not self._conversations.is_new(db, update_id):
                return None
            self._outbox.reachable(db, key.chat)
            state, version = self._conversations.recall(db, key)
            outcome = decide(state)
            if version or outcome.state != State():
                self._conversations.remember(db, key, outcome.state, version)
            self._outbox.queue(db, key, outcome.parcels)
            if outcome.question:
                self._questions.note(db, key, outcome.question)
            if outcome.mark:
                self._questions.mark(db, key, outcome.mark)
            if outcome.wish:
                self._wishes.keep(db, key, outcome.wish)
            if outcome.passed:
                self._pass_on(db, key, outcome.passed)
            if outcome.advice:
                self._advise(db, key, outcome.advice)
            return outcome

        return await self._writer.run(work)

    async def put_aside(self, update_id: int, key: Key, reason: str, parcels: Sequence[Parcel]) -> bool:
        def work(db: Connection) -> bool:
            if not self._conversations.is_new(db, update_id):
                return False
            self._outbox.bury(db, key.chat, key.person, reason, self._sealer.seal({"update_id": update_id}))
            self._outbox.queue(db, key, parcels)
            return True

        return await self._writer.run(work)

    async def forget(self, update_id: int, key: Key, told: Callable[[int], Sequence[Parcel]]) -> int | None:
        def work(db: Connection) -> int | None:
            if not self._conversations.is_new(db, update_id):
                return None
            self._conversations.forget_fresh()
            self._outbox.forget_fresh()
            gone = sum(db.execute(f"DELETE FROM {table} WHERE person = ?", [key.person]).rowcount for table in PERSONAL)
            gone += db.execute("DELETE FROM unreachable WHERE chat = ?", [key.person]).rowcount
            gone += self._questions.unlink(db, key.person) + self._talks.end(db, key.person)
            self._outbox.queue(db, key, told(gone))
            return gone

        rows = await self._writer.run(work)
        await self._writer.run_alone(empty_the_log)
        return rows

    async def held(self, person: int) -> Held:
        def work(db: Connection) -> Held:
            waiting, aside = (
                db.execute(f"SELECT count(*) FROM {table} WHERE person = ?", [person]).fetchone()[0]
                for table in ("outbox", "dead_letters")
            )
            questions = self._questions.of_person(db, person)
            conversations = self._conversations.of_person(db, person)
            talks = len(self._talks.of_person(db, person))
            return Held(conversations, waiting, aside, questions, self._wishes.of_person(db, person), talks)

        return await self._writer.run(work)

    async def questions(self, since: str, after: int = 0, limit: int = 1000) -> list[Logged]:
        return await self._writer.run(lambda db: self._questions.page(db, since, after, limit))

    async def wishes(self, after: int = 0, limit: int = 1000) -> list[Wish]:
        return await self._writer.run(lambda db: self._wishes.page(db, after, limit))

    async def grant(self, number: int, parcels: Sequence[Parcel]) -> bool:
        def work(db: Connection) -> bool:
            key = self._wishes.take(db, number)
            if key is not None:
                self._outbox.queue(db, key, parcels)
            return key is not None

        return await self._writer.run(work)

    async def tell(self, key: Key, parcels: Sequence[Parcel]) -> None:
        await self._writer.run(lambda db: self._outbox.queue(db, key, parcels))

    async def pending(self, after: int, limit: int) -> list[Waiting]:
        return await self._writer.run(lambda db: self._outbox.pending(db, after, limit))

    async def lease(self, in_hand: Collection[Waiting], seconds: float, limit: int) -> Leased:
        """The folder's lock lets one process in, so all is its own; numbers grow in the order of commits."""
        newest = max((waiting.number for waiting in in_hand), default=0)
        return Leased(await self.pending(newest, limit))

    async def sent(self, number: int) -> None:
        """Before any turn that waits: until it is noted, a crash would have it sent again."""
        await self._writer.note(lambda db: db.execute(SENT, (number,)).rowcount)

    async def undeliverable(self, number: int, reason: str) -> None:
        await self._writer.run(lambda db: self._outbox.give_up(db, number, reason))

    async def unreachable(self, chat: int, last: int) -> int:
        return await self._writer.run(lambda db: self._outbox.close_chat(db, chat, last))

    async def move_chat(self, old: int, new: int) -> None:
        def work(db: Connection) -> None:
            self._conversations.move(db, old, new)
            for table in ("outbox", "dead_letters", "wishes"):
                db.execute(f"UPDATE {table} SET chat = ? WHERE chat = ?", [new, old])

        await self._writer.run(work)

    async def picture(self, key: str) -> str | None:
        def work(db: Connection) -> str | None:
            row = db.execute("SELECT file_id FROM pictures WHERE key = ?", [key]).fetchone()
            return str(row[0]) if row else None

        return await self._writer.run(work)

    async def keep_picture(self, key: str, file_id: str | None) -> None:
        def work(db: Connection) -> None:
            db.execute("DELETE FROM pictures WHERE key = ?", [key])
            if file_id is not None:
                db.execute("INSERT INTO pictures (key, file_id) VALUES (?, ?)", [key, file_id])

        await self._writer.run(work)

    async def prune(self, kept: Kept) -> int:
        now = self._clock()
        gone = await self._writer.run(lambda db: prune(db, kept, now))
        if gone:
            await self._writer.run_alone(empty_the_log)
        return gone

    async def counts(self) -> Mapping[str, int]:
        def work(db: Connection) -> Mapping[str, int]:
            return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}

        return await self._writer.run(work)

    async def reseal(self) -> int:
        """Seal everything with the first key. Returns how many rows."""

        def work(db: Connection) -> int:
            total = 0
            for table in ("conversations", "outbox", "questions", "salts", "dead_letters", "wishes", "talks", "proof"):
                found = db.execute(f"SELECT rowid, sealed FROM {table}").fetchall()
                for row, sealed in found:
                    db.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", [self._sealer.again(sealed), row])
                total += len(found)
            return total

        return await self._writer.run(work)

    # Inside one transaction

    def _pass_on(self, db: Connection, key: Key, passed: Passed) -> None:
        """The person's own rows of the outbox, though in another chat: /forget takes them along."""
        if passed.code:
            self._talks.keep(db, passed.code, key)
        elif not self._talks.end(db, key.person):
            return
        self._outbox.queue(db, Key(passed.chat, key.person), passed.parcels)

    def _advise(self, db: Connection, key: Key, advice: Advice) -> None:
        whose = self._talks.whose(db, advice.code)
        if whose is None:
            self._outbox.queue(db, key, advice.gone)
            return
        self._outbox.queue(db, whose, advice.parcels)
        self._outbox.queue(db, key, advice.told)
        if advice.ends:
            self._talks.end(db, whose.person)
