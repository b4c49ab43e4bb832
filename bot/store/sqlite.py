"""Conversations in one SQLite file, through sqlite-utils.

One connection in one thread: a `sqlite3` connection belongs to its thread, and with a single writer
nothing is ever locked. `synchronous=FULL` because an answer we sent must not be forgotten at power loss.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database, Migrations

from bot.conversation.state import State, Turn
from bot.store.protocol import StoreError

T = TypeVar("T")

migrations = Migrations("advisor")


@migrations()
def m001_conversations(db: Database) -> None:
    db.table("conversations").create({"key": str, "state": str, "version": int}, pk="key")


class SqliteStore:
    """A `Store` in the file `path`, which is made with its folder if it does not exist."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._db: Database | None = None

    async def open(self) -> SqliteStore:
        """Connect and migrate. Raises StoreError when the file can't be used."""
        try:
            await self._run(self._open)
        except (sqlite3.Error, OSError) as error:
            self._thread.shutdown()
            raise StoreError(
                f"The database {self._path} can't be used ({error}). Restore a backup, or move the file away "
                "to begin with an empty one, and check that DATA_DIR can be written."
            ) from error
        return self

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = Database(sqlite3.connect(self._path, isolation_level=None, timeout=10))
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        # Migrations reads what is pending outside its own transaction, so simultaneous starters would race.
        db.execute("BEGIN IMMEDIATE")
        try:
            migrations.apply(db)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        if db.conn.in_transaction:
            db.execute("COMMIT")
        self._db = db

    async def advance(self, key: str, decide: Callable[[State], Turn]) -> Turn:
        return await self._run(lambda: self._advance(key, decide))

    def _advance(self, key: str, decide: Callable[[State], Turn]) -> Turn:
        db = self._open_db()
        db.execute("BEGIN IMMEDIATE")
        try:
            row = db.execute("SELECT state FROM conversations WHERE key = ?", [key]).fetchone()
            turn = decide(State.from_plain(json.loads(row[0])) if row else State())
            db.execute(
                "INSERT INTO conversations (key, state, version) VALUES (?, ?, 1)"
                " ON CONFLICT (key) DO UPDATE SET state = excluded.state, version = version + 1",
                [key, json.dumps(turn.state.to_plain(), ensure_ascii=False)],
            )
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        return turn

    async def close(self) -> None:
        if self._db is not None:
            await self._run(self._db.close)
            self._db = None
        self._thread.shutdown()

    def _open_db(self) -> Database:
        if self._db is None:
            raise StoreError("The database is not open.")
        return self._db

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
