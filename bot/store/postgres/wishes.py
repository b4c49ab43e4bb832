"""Wishes to be told on the server: the same rows as in `bot/store/wishes.py`."""

from __future__ import annotations

from collections.abc import Callable

from bot.store.masking import masked
from bot.store.postgres.database import Connection
from bot.store.protocol import Key, Wish
from bot.store.sealing import Sealer
from bot.store.wishes import MOST_OF_ONE

KEEP = "INSERT INTO wishes (chat, person, topic, sealed, made_at) VALUES (%s, %s, %s, %s, %s)"
DROP_OLDEST = """DELETE FROM wishes WHERE chat = %s AND person = %s AND topic = %s AND number NOT IN (
    SELECT number FROM wishes WHERE chat = %s AND person = %s AND topic = %s ORDER BY number DESC LIMIT %s)"""
PAGE = "SELECT number, chat, person, topic, sealed FROM wishes WHERE number > %s ORDER BY number LIMIT %s"
OF_PERSON = "SELECT sealed FROM wishes WHERE person = %s ORDER BY number"
# Of several processes that try at once, the row is given to one.
TAKE = "DELETE FROM wishes WHERE number = %s RETURNING chat, person, topic"


class Wishes:
    """Statements over the table `wishes`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock

    async def keep(self, db: Connection, key: Key, text: str) -> None:
        """A new wish, with the words masked as in the question log."""
        where = [key.chat, key.person, key.topic]
        await db.execute(KEEP, [*where, self._sealer.seal(masked(text)), self._clock()])
        await db.execute(DROP_OLDEST, [*where, *where, MOST_OF_ONE])

    async def page(self, db: Connection, after: int, limit: int) -> list[Wish]:
        found = await (await db.execute(PAGE, [after, limit])).fetchall()
        return [
            Wish(n, Key(chat, person, topic), self._sealer.text(sealed)) for n, chat, person, topic, sealed in found
        ]

    async def of_person(self, db: Connection, person: int) -> tuple[str, ...]:
        found = await (await db.execute(OF_PERSON, [person])).fetchall()
        return tuple(self._sealer.text(sealed) for (sealed,) in found)

    async def take(self, db: Connection, number: int) -> Key | None:
        """Delete one, and say whose it was; None if it is gone already."""
        row = await (await db.execute(TAKE, [number])).fetchone()
        return Key(*row) if row else None
