"""In SQLite: what is still to be sent, and what never can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from bot.store.fresh import Fresh
from bot.store.protocol import Key, Parcel, Waiting
from bot.store.sealing import Sealer

FRESH = 1000  # parcels
SENT = "DELETE FROM outbox WHERE number = ?"


class Outbox:
    """Statements over the tables `outbox`, `dead_letters` and `unreachable`, inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock
        self._fresh: Fresh[Mapping[str, Any]] = Fresh(FRESH)

    def queue(self, db: Connection, key: Key, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            sealed = self._sealer.seal(parcel.body)
            db.execute(
                "INSERT INTO outbox (chat, person, media, sealed, made_at) VALUES (?, ?, ?, ?, ?)",
                (key.chat, key.person, int(parcel.media), sealed, self._clock()),
            )
            if not parcel.media:
                self._fresh.put(sealed, parcel.body)

    def pending(self, db: Connection, after: int, limit: int) -> list[Waiting]:
        """The oldest `limit` with numbers above `after`."""
        sql = "SELECT number, chat, person, media, sealed FROM outbox WHERE number > ? ORDER BY number LIMIT ?"
        found = db.execute(sql, (after, limit)).fetchall()
        return [
            Waiting(number, chat, person, Parcel(self._fresh.take(sealed) or self._sealer.plain(sealed), bool(media)))
            for number, chat, person, media, sealed in found
        ]

    def reachable(self, db: Connection, chat: int) -> None:
        """Whoever speaks to us can hear us."""
        db.execute("DELETE FROM unreachable WHERE chat = ?", (chat,))

    def close_chat(self, db: Connection, chat: int, last: int) -> int:
        """Drop what waits for a chat, up to number `last`. Returns how many."""
        sql = "INSERT INTO unreachable (chat, since) VALUES (?, ?) ON CONFLICT (chat) DO NOTHING"
        db.execute(sql, [chat, self._clock()])
        return db.execute("DELETE FROM outbox WHERE chat = ? AND number <= ?", [chat, last]).rowcount

    def give_up(self, db: Connection, number: int, reason: str) -> None:
        """Move one to the dead letters; no error if it is gone."""
        row = db.execute("SELECT chat, person, sealed FROM outbox WHERE number = ?", [number]).fetchone()
        if row:
            chat, person, sealed = row
            self.bury(db, chat, person, reason, sealed)
            db.execute(SENT, [number])

    def bury(self, db: Connection, chat: int, person: int, reason: str, sealed: str) -> None:
        """A new dead letter."""
        sql = "INSERT INTO dead_letters (chat, person, reason, sealed, made_at) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, [chat, person, reason, sealed, self._clock()])

    def forget_fresh(self) -> None:
        self._fresh.clear()
