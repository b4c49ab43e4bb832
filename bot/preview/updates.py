"""What waits to be told to the bot: numbered, kept until confirmed, handed to one poller at a time."""

from __future__ import annotations

from bot.preview.bell import Bell
from bot.preview.people import Json
from bot.preview.refusal import conflict

ONLY_WHEN_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """Telegram's queue of updates for one bot."""

    def __init__(self, first_id: int = 1) -> None:
        self.pending: list[Json] = []
        self.allowed: frozenset[str] | None = None
        self.bell = Bell()
        self._next_id = first_id
        self._poller = 0

    def wants(self, kind: str) -> bool:
        if self.allowed is None:
            return kind not in ONLY_WHEN_ASKED_FOR
        return kind in self.allowed

    def allow(self, kinds: list[str] | None) -> None:
        """None leaves things as they are; an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def push(self, kind: str, body: Json) -> Json | None:
        return self.push_raw({kind: body}) if self.wants(kind) else None

    def push_raw(self, update: Json) -> Json:
        """Any update at all, also one that no library can read."""
        update = {"update_id": self._next_id, **update}
        self._next_id += 1
        self.pending.append(update)
        self.bell.ring()
        return update

    def confirm(self, offset: int) -> None:
        """The bot has everything before `offset`; a negative one keeps only so many of the last."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def done(self, update: Json) -> None:
        self.pending = [other for other in self.pending if other is not update]

    def drop_all(self) -> None:
        self.pending.clear()

    async def poll(self, limit: int, timeout: float) -> list[Json]:
        """Up to `limit` updates, waiting for the first; a newer poller ends this one."""
        self._poller += 1
        me = self._poller
        self.bell.ring()

        def look() -> list[Json] | None:
            if self._poller != me:
                raise conflict(TERMINATED)
            return self.pending[:limit] or None

        return await self.bell.until(look, timeout) or []
