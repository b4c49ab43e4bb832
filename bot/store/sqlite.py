"""The store in one SQLite file: plain statements with parameters, each method one job of the writer thread."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.conversation.state import State
from bot.store.fresh import Fresh
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
from bot.store.question_log import QuestionLog
from bot.store.schema import TABLES, open_database
from bot.store.sealing import Sealer
from bot.store.talks import Talks
from bot.store.wishes import Wishes
from bot.store.writer import Writer

log = logging.getLogger(__name__)

PRUNED_AT_ONCE = 500
PERSONAL = ("conversations", "outbox", "dead_letters", "wishes")


class SqliteStore:
    """A `Store` in the file `path`, which is made with its folder if it does not exist. `clock` is UTC seconds."""

    def __init__(self, path: Path, sealer: Sealer, clock: Callable[[], float] = time.time) -> None:
        self._path, self._sealer, self._clock = path, sealer, clock
        self._questions = QuestionLog(sealer, clock)
        self._wishes = Wishes(sealer, clock)
        self._talks = Talks(sealer, clock)
        self._fresh = Fresh()
        self._writer = Writer(lambda: open_database(path, sealer))

    async def open(self) -> SqliteStore:
        """Connect, check, migrate. Raises StoreError when the file can't be used."""
        await self._writer.start()
        return self

    async def close(self) -> None:
        await self._writer.close()

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        def work(db: Database) -> Outcome | None:
            if not self._is_new(db, update_id):
                return None
            db.execute("DELETE FROM unreachable WHERE chat = ?", [key.chat])
            state, version = self._recall(db, key)
            outcome = decide(state)
            if version or outcome.state != State():
                self._remember(db, key, outcome.state, version)
            self._queue(db, key, outcome.parcels)
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
        def work(db: Database) -> bool:
            if not self._is_new(db, update_id):
                return False
            self._bury(db, key.chat, key.person, reason, self._sealer.seal({"update_id": update_id}))
            self._queue(db, key, parcels)
            return True

        return await self._writer.run(work)

    async def forget(self, update_id: int, key: Key, told: Callable[[int], Sequence[Parcel]]) -> int | None:
        def work(db: Database) -> int | None:
            if not self._is_new(db, update_id):
                return None
            self._fresh.clear()
            gone = sum(_changed(db, f"DELETE FROM {table} WHERE person = ?", [key.person]) for table in PERSONAL)
            gone += _changed(db, "DELETE FROM unreachable WHERE chat = ?", [key.person])
            gone += self._questions.unlink(db, key.person) + self._talks.end(db, key.person)
            self._queue(db, key, told(gone))
            return gone

        rows = await self._writer.run(work)
        await self._writer.run_alone(_empty_the_log)
        return rows

    async def held(self, person: int) -> Held:
        def work(db: Database) -> Held:
            found = db.execute("SELECT chat, topic, sealed FROM conversations WHERE person = ?", [person]).fetchall()
            waiting, aside = (
                db.execute(f"SELECT count(*) FROM {table} WHERE person = ?", [person]).fetchone()[0]
                for table in ("outbox", "dead_letters")
            )
            questions = self._questions.of_person(db, person)
            conversations = [(chat, topic, self._sealer.plain(sealed)) for chat, topic, sealed in found]
            talks = len(self._talks.of_person(db, person))
            return Held(conversations, waiting, aside, questions, self._wishes.of_person(db, person), talks)

        return await self._writer.run(work)

    async def questions(self, since: str, after: int = 0, limit: int = 1000) -> list[Logged]:
        return await self._writer.run(lambda db: self._questions.page(db, since, after, limit))

    async def wishes(self, after: int = 0, limit: int = 1000) -> list[Wish]:
        return await self._writer.run(lambda db: self._wishes.page(db, after, limit))

    async def grant(self, number: int, parcels: Sequence[Parcel]) -> bool:
        def work(db: Database) -> bool:
            key = self._wishes.take(db, number)
            if key is not None:
                self._queue(db, key, parcels)
            return key is not None

        return await self._writer.run(work)

    async def tell(self, key: Key, parcels: Sequence[Parcel]) -> None:
        await self._writer.run(lambda db: self._queue(db, key, parcels))

    async def pending(self, after: int, limit: int) -> list[Waiting]:
        def work(db: Database) -> list[Waiting]:
            sql = "SELECT number, chat, person, media, sealed FROM outbox WHERE number > ? ORDER BY number LIMIT ?"
            return [
                Waiting(
                    number, chat, person, Parcel(self._fresh.take(sealed) or self._sealer.plain(sealed), bool(media))
                )
                for number, chat, person, media, sealed in db.execute(sql, [after, limit]).fetchall()
            ]

        return await self._writer.run(work)

    async def lease(self, in_hand: Collection[Waiting], seconds: float, limit: int) -> Leased:
        """The folder's lock lets one process in, so all is its own; numbers grow in the order of commits."""
        newest = max((waiting.number for waiting in in_hand), default=0)
        return Leased(await self.pending(newest, limit))

    async def sent(self, number: int) -> None:
        await self._writer.run(lambda db: _changed(db, "DELETE FROM outbox WHERE number = ?", [number]))

    async def undeliverable(self, number: int, reason: str) -> None:
        def work(db: Database) -> None:
            row = db.execute("SELECT chat, person, sealed FROM outbox WHERE number = ?", [number]).fetchone()
            if row:
                self._bury(db, row[0], row[1], reason, row[2])
                db.execute("DELETE FROM outbox WHERE number = ?", [number])

        await self._writer.run(work)

    async def unreachable(self, chat: int, last: int) -> int:
        def work(db: Database) -> int:
            sql = "INSERT INTO unreachable (chat, since) VALUES (?, ?) ON CONFLICT (chat) DO NOTHING"
            db.execute(sql, [chat, self._clock()])
            return _changed(db, "DELETE FROM outbox WHERE chat = ? AND number <= ?", [chat, last])

        return await self._writer.run(work)

    async def move_chat(self, old: int, new: int) -> None:
        def work(db: Database) -> None:
            # Who already spoke in the new chat has gone on there.
            db.execute(
                "UPDATE conversations SET chat = ? WHERE chat = ? AND NOT EXISTS (SELECT 1 FROM conversations AS there"
                " WHERE there.chat = ? AND there.person = conversations.person"
                " AND there.topic = conversations.topic)",
                [new, old, new],
            )
            db.execute("DELETE FROM conversations WHERE chat = ?", [old])
            for table in ("outbox", "dead_letters", "wishes"):
                db.execute(f"UPDATE {table} SET chat = ? WHERE chat = ?", [new, old])

        await self._writer.run(work)

    async def picture(self, key: str) -> str | None:
        def work(db: Database) -> str | None:
            row = db.execute("SELECT file_id FROM pictures WHERE key = ?", [key]).fetchone()
            return str(row[0]) if row else None

        return await self._writer.run(work)

    async def keep_picture(self, key: str, file_id: str | None) -> None:
        def work(db: Database) -> None:
            db.execute("DELETE FROM pictures WHERE key = ?", [key])
            if file_id is not None:
                db.execute("INSERT INTO pictures (key, file_id) VALUES (?, ?)", [key, file_id])

        await self._writer.run(work)

    async def prune(self, kept: Kept) -> int:
        now = self._clock()
        old = now - kept.personal
        day = time.strftime("%Y-%m-%d", time.gmtime(old))
        past = {
            "updates_seen": ("update_id", "seen_at < ?", now - kept.update_ids),
            "conversations": ("rowid", "changed_at < ?", old),
            "outbox": ("number", "made_at < ?", old),
            "dead_letters": ("number", "made_at < ?", old),
            "talks": ("code", "made_at < ?", old),
            "questions": ("number", "day < ?", day),
            "salts": ("month", "month < ?", months_kept(now)[-1]),
            "wishes": ("number", "made_at < ?", old),
            "unreachable": ("chat", "since < ?", old),
        }

        def work(db: Database) -> int:
            sql = "DELETE FROM {0} WHERE {1} IN (SELECT {1} FROM {0} WHERE {2} LIMIT ?)"
            return sum(
                _changed(db, sql.format(table, name, where), [bound, PRUNED_AT_ONCE])
                for table, (name, where, bound) in past.items()
            )

        gone = await self._writer.run(work)
        if gone:
            await self._writer.run_alone(_empty_the_log)
        return gone

    async def counts(self) -> Mapping[str, int]:
        def work(db: Database) -> Mapping[str, int]:
            return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}

        return await self._writer.run(work)

    async def reseal(self) -> int:
        """Seal everything with the first key. Returns how many rows."""

        def work(db: Database) -> int:
            total = 0
            for table in ("conversations", "outbox", "questions", "salts", "dead_letters", "wishes", "talks", "proof"):
                found = db.execute(f"SELECT rowid, sealed FROM {table}").fetchall()
                for row, sealed in found:
                    db.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", [self._sealer.again(sealed), row])
                total += len(found)
            return total

        return await self._writer.run(work)

    # Inside one transaction

    def _is_new(self, db: Database, update_id: int) -> bool:
        sql = "INSERT INTO updates_seen (update_id, seen_at) VALUES (?, ?) ON CONFLICT (update_id) DO NOTHING"
        return _changed(db, sql, [update_id, self._clock()]) == 1

    def _recall(self, db: Database, key: Key) -> tuple[State, int]:
        sql = "SELECT sealed, version FROM conversations WHERE chat = ? AND person = ? AND topic = ?"
        row = db.execute(sql, [key.chat, key.person, key.topic]).fetchone()
        return (State.from_plain(self._sealer.plain(row[0])), row[1]) if row else (State(), 0)

    def _remember(self, db: Database, key: Key, state: State, version: int) -> None:
        changed = _changed(
            db,
            "INSERT INTO conversations (chat, person, topic, sealed, version, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (chat, person, topic) DO UPDATE SET sealed = excluded.sealed, version = excluded.version,"
            " changed_at = excluded.changed_at WHERE conversations.version = excluded.version - 1",
            [key.chat, key.person, key.topic, self._sealer.seal(state.to_plain()), version + 1, self._clock()],
        )
        if changed != 1:
            raise StoreError("A conversation was changed by another program at the same moment.")

    def _queue(self, db: Database, key: Key, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            sealed = self._sealer.seal(parcel.body)
            db.execute(
                "INSERT INTO outbox (chat, person, media, sealed, made_at) VALUES (?, ?, ?, ?, ?)",
                [key.chat, key.person, int(parcel.media), sealed, self._clock()],
            )
            if not parcel.media:
                self._fresh.put(sealed, parcel.body)

    def _opened(self, sealed: str) -> Mapping[str, Any]:
        return self._fresh.take(sealed) or self._sealer.plain(sealed)

    def _pass_on(self, db: Database, key: Key, passed: Passed) -> None:
        """The person's own rows of the outbox, though in another chat: /forget takes them along."""
        if passed.code:
            self._talks.keep(db, passed.code, key)
        elif not self._talks.end(db, key.person):
            return
        self._queue(db, Key(passed.chat, key.person), passed.parcels)

    def _advise(self, db: Database, key: Key, advice: Advice) -> None:
        whose = self._talks.whose(db, advice.code)
        if whose is None:
            self._queue(db, key, advice.gone)
            return
        self._queue(db, whose, advice.parcels)
        self._queue(db, key, advice.told)
        if advice.ends:
            self._talks.end(db, whose.person)

    def _bury(self, db: Database, chat: int, person: int, reason: str, sealed: str) -> None:
        sql = "INSERT INTO dead_letters (chat, person, reason, sealed, made_at) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, [chat, person, reason, sealed, self._clock()])


def _empty_the_log(db: Database) -> None:
    """Deleted rows still stand in the write-ahead log until it is written back and cut off."""
    try:
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        busy = 1
    if busy:  # a backup is being read; the next time will do
        log.info("the write-ahead log could not be emptied now")


def _changed(db: Database, sql: str, values: Sequence[Any]) -> int:
    """How many rows it touched."""
    return int(db.execute(sql, list(values)).rowcount)
