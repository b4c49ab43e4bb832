"""Content that changes while the bot runs: taken up, reviewed in the admin chat, and those told who waited for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from pathlib import Path

from markupsafe import escape

from bot.conversation.state import Reply
from bot.handlers.admin_review import AdminReview
from bot.handlers.parcels import Place, parcels
from bot.handlers.reloading import Reloading, Shelf, examined
from bot.handlers.service import Service
from bot.handlers.telling import tell_who_waits
from bot.operator.review.desk import Desk
from bot.operator.review.records import Records
from bot.operator.vetting import Verdict
from bot.store import Key, Store, StoreError

log = logging.getLogger(__name__)


class Upkeep:
    """Use as `async with`, inside a running `service`."""

    def __init__(
        self, service: Service, store: Store, shelf: Shelf, records: Records, operators: Collection[int]
    ) -> None:
        self._service, self._store, self._shelf, self._operators = service, store, shelf, operators
        self._loop = asyncio.get_running_loop()
        self.reloading = Reloading(shelf, service.current, self._tell, self._went_live)
        desk = Desk(shelf.content, records, self._vet)
        self.review = AdminReview(desk, store, service.current, self.reloading, service.sender)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Upkeep:
        self._service.turns.review = self.review
        self._tasks = [asyncio.create_task(self._grant()), asyncio.create_task(self.reloading.run())]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._service.turns.review = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.review.close()

    def _vet(self, copy: Path) -> Verdict:
        """Called on a thread, which waits; the loop does not."""
        verdict = asyncio.run_coroutine_threadsafe(examined(copy, self._shelf), self._loop).result()
        if not verdict.problems:
            self.reloading.is_sound(verdict.version)
        return verdict

    async def _went_live(self) -> None:
        await self._service.introduce()
        await self._grant()

    async def _grant(self) -> None:
        known, today = self._service.current.knowledge, self._service.today()
        try:
            told = await tell_who_waits(self._store, known, today)
        except StoreError as error:
            log.error("those who wait for an answer could not be told: %s", error)
            return
        if told:
            log.info("%d were told what they had asked before", told)
            self._service.sender.wake()

    async def _tell(self, text: str) -> None:
        """A word to everyone who runs this bot."""
        for person in self._operators:
            try:
                await self._store.tell(Key(person, person), parcels([Reply(str(escape(text)))], Place()))
            except StoreError as error:
                log.error("an operator could not be told: %s", error)
        self._service.sender.wake()
