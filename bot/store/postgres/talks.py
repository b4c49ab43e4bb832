"""Ties between an adviser's message and a person on the server: the same rows as in `bot/store/talks.py`."""

from __future__ import annotations

from collections.abc import Callable

from bot.store.postgres.database import Connection
from bot.store.protocol import Key
from bot.store.sealing import Sealer
from bot.store.talks import key_in

KEEP = "INSERT INTO talks (code, sealed, made_at) VALUES (%s, %s, %s) ON CONFLICT (code) DO NOTHING"
# Held until the answer is queued, so that a /forget at the same moment comes before it or takes it along.
WHOSE = "SELECT sealed FROM talks WHERE code = %s FOR UPDATE"
CLOSED = "SELECT 1 FROM unreachable WHERE chat = %s"
ALL = "SELECT code, sealed FROM talks ORDER BY made_at, code"
DROP = "DELETE FROM talks WHERE code = %s"


class Talks:
    """Statements over the table `talks`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock

    async def keep(self, db: Connection, code: str, key: Key) -> None:
        """The message with `code` is of the conversation `key`."""
        sealed = self._sealer.seal([key.chat, key.person, key.topic])
        await db.execute(KEEP, [code, sealed, self._clock()])

    async def whose(self, db: Connection, code: str) -> Key | None:
        """None once it has ended, was forgotten or is too old, or the chat is closed to us."""
        row = await (await db.execute(WHOSE, [code])).fetchone()
        key = key_in(self._sealer, row[0]) if row else None
        if key and await (await db.execute(CLOSED, [key.chat])).fetchone():
            return None
        return key

    async def of_person(self, db: Connection, person: int) -> list[str]:
        """The codes of a person's messages."""
        found = await (await db.execute(ALL)).fetchall()
        return [code for code, sealed in found if (key := key_in(self._sealer, sealed)) and key.person == person]

    async def end(self, db: Connection, person: int) -> int:
        """Let go of all of a person's. Returns how many."""
        return sum([(await db.execute(DROP, [code])).rowcount for code in await self.of_person(db, person)])
