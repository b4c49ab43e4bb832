"""In SQLite: which updates have been taken, and what is remembered of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection

from bot.conversation.state import State
from bot.plain_json import as_json
from bot.store.fresh import Fresh
from bot.store.protocol import Key, StoreError
from bot.store.sealing import Sealer, from_json

FRESH = 4000  # conversations, some megabytes; at Telegram's 30 messages a second those of the last two minutes

SOON = 3600.0  # seconds by which `changed_at` may be behind, so that a row goes an hour before its time at the most


class Conversations:
    """Statements over the tables `updates_seen` and `conversations`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock
        # As the JSON that was sealed: what is read again is then the same whether it was opened or not.
        self._fresh: Fresh[bytes] = Fresh(FRESH)

    def is_new(self, db: Connection, update_id: int) -> bool:
        """Note an update; False if it was taken before."""
        sql = "INSERT INTO updates_seen (update_id, seen_at) VALUES (?, ?) ON CONFLICT (update_id) DO NOTHING"
        return db.execute(sql, (update_id, self._clock())).rowcount == 1

    def recall(self, db: Connection, key: Key) -> tuple[State, int]:
        """The state and its version; 0 where there is none yet."""
        sql = "SELECT sealed, version FROM conversations WHERE chat = ? AND person = ? AND topic = ?"
        row = db.execute(sql, (key.chat, key.person, key.topic)).fetchone()
        if row is None:
            return State(), 0
        told = self._fresh.take(row[0])
        plain = self._sealer.plain(row[0]) if told is None else from_json(told)
        return State.from_plain(plain), row[1]

    def remember(self, db: Connection, key: Key, state: State, version: int) -> None:
        """Keep what follows on `version`. Raises StoreError when that is no longer what stands there."""
        told = as_json(state.to_plain())
        sealed = self._sealer.seal_json(told)
        if not self._kept(db, key, sealed, version):
            raise StoreError("A conversation was changed by another program at the same moment.")
        self._fresh.put(sealed, told)

    def _kept(self, db: Connection, key: Key, sealed: str, version: int) -> bool:
        now, where = self._clock(), (key.chat, key.person, key.topic)
        if not version:
            sql = (
                "INSERT INTO conversations (chat, person, topic, sealed, version, changed_at) VALUES (?, ?, ?, ?, 1, ?)"
                " ON CONFLICT (chat, person, topic) DO NOTHING"
            )
            return db.execute(sql, (*where, sealed, now)).rowcount == 1
        found = "WHERE chat = ? AND person = ? AND topic = ? AND version = ?"
        # A turn that comes soon after another leaves its place in the index of times alone.
        sql = f"UPDATE conversations SET sealed = ?, version = ? {found} AND changed_at BETWEEN ? AND ?"
        if db.execute(sql, (sealed, version + 1, *where, version, now - SOON, now)).rowcount == 1:
            return True
        sql = f"UPDATE conversations SET sealed = ?, version = ?, changed_at = ? {found}"
        return db.execute(sql, (sealed, version + 1, now, *where, version)).rowcount == 1

    def of_person(self, db: Connection, person: int) -> list[tuple[int, int, dict[str, object]]]:
        """Chat, topic and what is remembered."""
        found = db.execute("SELECT chat, topic, sealed FROM conversations WHERE person = ?", [person]).fetchall()
        return [(chat, topic, self._sealer.plain(sealed)) for chat, topic, sealed in found]

    def move(self, db: Connection, old: int, new: int) -> None:
        """To another chat. Who already spoke there has gone on there."""
        db.execute(
            "UPDATE conversations SET chat = ? WHERE chat = ? AND NOT EXISTS (SELECT 1 FROM conversations AS there"
            " WHERE there.chat = ? AND there.person = conversations.person"
            " AND there.topic = conversations.topic)",
            [new, old, new],
        )
        db.execute("DELETE FROM conversations WHERE chat = ?", [old])

    def forget_fresh(self) -> None:
        self._fresh.clear()
