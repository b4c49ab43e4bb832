"""The question log of a database that the bot may be using: a file is read, never written to or checkpointed."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

from bot.store.protocol import Logged, StoreError
from bot.store.question_log import QuestionLog
from bot.store.sealing import Sealer, Unreadable

PAGE = 5000


def questions_in(path: Path, sealer: Sealer, since: str) -> list[Logged]:
    """All lines from day `since` on, oldest first. Raises StoreError."""
    if not path.exists():
        raise StoreError(
            f"There is no database at {path} yet. Is DATA_DIR right, and has the bot been started? "
            "What you ask in `talk` and `ask` is not kept."
        )
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as opened:
            return _read(opened, sealer, since)
    except Unreadable:
        raise StoreError("The data key does not fit this database. Set DATA_KEY or DATA_KEY_FILE to its key.") from None
    except sqlite3.Error as error:
        raise StoreError(
            f"The question log can't be read ({error}). After an update, start the bot once, then try again."
        ) from None


async def questions_at(url: str, sealer: Sealer, since: str) -> list[Logged]:
    """The same from a server. Raises StoreError."""
    from bot.store.postgres import PostgresStore

    store, lines = await PostgresStore(url, sealer).open(), list[Logged]()
    try:
        while page := await store.questions(since, lines[-1].number if lines else 0, PAGE):
            lines += page
    finally:
        await store.close()
    return lines


def _read(db: sqlite3.Connection, sealer: Sealer, since: str) -> list[Logged]:
    for (sealed,) in db.execute("SELECT sealed FROM proof WHERE name = 'key'").fetchall():
        sealer.open(sealed)
    log, lines = QuestionLog(sealer, time.time), list[Logged]()
    while page := log.page(db, since, lines[-1].number if lines else 0, PAGE):
        lines += page
    return lines
