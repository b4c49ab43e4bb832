"""In SQLite: which message in the advisers' chat belongs to which person, sealed, until either side ends it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from sqlite3 import Connection

from bot.store.protocol import Key
from bot.store.sealing import Sealer, Unreadable

log = logging.getLogger(__name__)


class Talks:
    """Statements over the table `talks`, each inside the transaction of the caller.

    Whose a row is stands only in its sealed part, so that the file alone tells nobody. Rows are few: they are looked
    through where a person's are wanted.
    """

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock

    def keep(self, db: Connection, code: str, key: Key) -> None:
        """The message with `code` is of the conversation `key`."""
        sealed = self._sealer.seal([key.chat, key.person, key.topic])
        sql = "INSERT INTO talks (code, sealed, made_at) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING"
        db.execute(sql, [code, sealed, self._clock()])

    def whose(self, db: Connection, code: str) -> Key | None:
        """None once it has ended, was forgotten or is too old, or the chat is closed to us."""
        row = db.execute("SELECT sealed FROM talks WHERE code = ?", [code]).fetchone()
        key = key_in(self._sealer, row[0]) if row else None
        if key and db.execute("SELECT 1 FROM unreachable WHERE chat = ?", [key.chat]).fetchone():
            return None
        return key

    def of_person(self, db: Connection, person: int) -> list[str]:
        """The codes of a person's messages."""
        found = db.execute("SELECT code, sealed FROM talks ORDER BY made_at, code").fetchall()
        return [code for code, sealed in found if (key := key_in(self._sealer, sealed)) and key.person == person]

    def end(self, db: Connection, person: int) -> int:
        """Let go of all of a person's. Returns how many."""
        codes = self.of_person(db, person)
        for code in codes:
            db.execute("DELETE FROM talks WHERE code = ?", [code])
        return len(codes)


def key_in(sealer: Sealer, sealed: str) -> Key | None:
    """The conversation that was sealed; None if it can't be read."""
    try:
        return Key(*sealer.open(sealed))
    except Unreadable:
        log.error("a talk can't be read with the data key; it is taken as ended")
        return None
