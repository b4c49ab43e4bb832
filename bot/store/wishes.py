"""In SQLite: who asked to be told once we know, and what they had asked. A row lives until then, or its time is up."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection

from bot.store.masking import masked
from bot.store.protocol import Key, Wish
from bot.store.sealing import Sealer

MOST_OF_ONE = 20  # wishes of a conversation; the oldest goes first


class Wishes:
    """Statements over the table `wishes`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock

    def keep(self, db: Connection, key: Key, text: str) -> None:
        """A new wish, with the words masked as in the question log."""
        where = [key.chat, key.person, key.topic]
        sql = "INSERT INTO wishes (chat, person, topic, sealed, made_at) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, [*where, self._sealer.seal(masked(text)), self._clock()])
        newest = "SELECT number FROM wishes WHERE chat = ? AND person = ? AND topic = ? ORDER BY number DESC LIMIT ?"
        sql = f"DELETE FROM wishes WHERE chat = ? AND person = ? AND topic = ? AND number NOT IN ({newest})"
        db.execute(sql, [*where, *where, MOST_OF_ONE])

    def page(self, db: Connection, after: int, limit: int) -> list[Wish]:
        sql = "SELECT number, chat, person, topic, sealed FROM wishes WHERE number > ? ORDER BY number LIMIT ?"
        found = db.execute(sql, [after, limit]).fetchall()
        return [
            Wish(number, Key(chat, person, topic), self._sealer.text(sealed))
            for number, chat, person, topic, sealed in found
        ]

    def of_person(self, db: Connection, person: int) -> tuple[str, ...]:
        found = db.execute("SELECT sealed FROM wishes WHERE person = ? ORDER BY number", [person]).fetchall()
        return tuple(self._sealer.text(sealed) for (sealed,) in found)

    def take(self, db: Connection, number: int) -> Key | None:
        """Delete one, and say whose it was; None if it is gone already."""
        row = db.execute("SELECT chat, person, topic FROM wishes WHERE number = ?", [number]).fetchone()
        db.execute("DELETE FROM wishes WHERE number = ?", [number])
        return Key(*row) if row else None
