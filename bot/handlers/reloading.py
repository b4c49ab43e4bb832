"""Content that changes while the bot runs: goes live if it is sound and passes its tests, and else is told about."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import Change, watch

from bot.conversation.knowledge import Knowledge
from bot.handlers.current import Current, settle
from bot.load_knowledge import ContentError, load_knowledge
from bot.load_knowledge.library import content_hash
from bot.load_knowledge.memory import LearntFiles
from bot.operator.vetting import Verdict, from_json

log = logging.getLogger(__name__)

QUIET = 500  # milliseconds after the last change before we look: an editor writes in several steps
LOOK_ANYWAY = 60_000  # milliseconds; a folder that was exchanged as a whole is not noticed by watching
CONTENT = (".yaml", ".csv")
SHOWN = 8  # problems told in a chat; the log has all
NICE = 10


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where content, what was learnt from it and its tests lie."""

    content: Path
    learnt: Path
    tests: Path


@dataclass(slots=True)
class Reloading:
    """Watches the folder. `tell` speaks to the operators, `went_live` hears of every change of `current`."""

    shelf: Shelf
    current: Current
    tell: Callable[[str], Awaitable[None]]
    went_live: Callable[[], Awaitable[None]]
    _refused: str = ""
    _sound: set[str] = field(default_factory=set)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """For ever. What was changed while nobody watched is found at the first look."""
        while True:
            try:
                await self.look()
                await self._watch()
            except OSError as error:
                log.error("the content in %s can't be watched: %s", self.shelf.content, error)
                await asyncio.sleep(LOOK_ANYWAY / 1000)

    async def _watch(self) -> None:
        """Look at each change, and now and then anyway.

        On a thread: the library's own way to do this without one loads another library first, a tenth of a second in
        which nothing could be noted, just when people's messages of the night are answered.
        """
        enough = threading.Event()
        changes = watch(
            self.shelf.content,
            watch_filter=is_content,
            debounce=QUIET,
            rust_timeout=LOOK_ANYWAY,
            yield_on_timeout=True,
            stop_event=enough,
        )
        try:
            while True:
                await asyncio.to_thread(next, changes)
                await self.look()
        finally:
            enough.set()

    def is_sound(self, version: str) -> None:
        """Somebody else of this process has vetted this version."""
        self._sound.add(version)

    async def look(self) -> None:
        """Take up what has changed; comes back when what lies in the folder is live, or known to be refused."""
        async with self._one:
            while True:
                version = await asyncio.to_thread(content_hash, self.shelf.content)
                if version == self.current.knowledge.version:
                    await self._as_before()
                    return
                if version == self._refused or await self._took(version):
                    return

    async def _took(self, version: str) -> bool:
        """Whether this version is settled; False if the files changed again meanwhile."""
        if version not in self._sound:
            log.info("content %s lies there: checking it, which takes minutes where phrasings changed", version)
            verdict = await examined(self.shelf.content, self.shelf)
            if verdict.problems:
                await self._refuse(version, verdict.problems)
                return True
            if verdict.version != version:
                return False
            if verdict.noticed:
                log.warning("content %s goes live. %s", version, verdict.remark())
                await self.tell(f"The changed content is about to go live. {verdict.remark()}")
        try:
            knowledge = await asyncio.to_thread(load_knowledge, self.shelf.content, LearntFiles(self.shelf.learnt))
        except ContentError:
            return False
        if knowledge.version != version:
            return False
        await self._put_live(version, knowledge)
        return True

    async def _put_live(self, version: str, knowledge: Knowledge) -> None:
        before, self.current.knowledge = self.current.knowledge.version, knowledge
        settle()
        log.info("content %s is live, in place of %s", version, before)
        self._sound = set()
        if self._refused:
            self._refused = ""
            await self.tell(f"Mended: content {version} checks clean and is live now.")
        await self.went_live()

    async def _as_before(self) -> None:
        if self._refused:
            self._refused = ""
            await self.tell(f"Mended: the content is again what is live, {self.current.knowledge.version}.")

    async def _refuse(self, version: str, problems: tuple[str, ...]) -> None:
        self._refused = version
        for problem in problems:
            log.error("content %s was not taken: %s", version, problem)
        listed = "\n".join(problems[:SHOWN])
        more = f"\n... and {len(problems) - SHOWN} more in the log" if len(problems) > SHOWN else ""
        live = self.current.knowledge.version
        await self.tell(f"The changed content was not taken; {live} stays live.\n\n{listed}{more}")


def is_content(_: Change, path: str) -> bool:
    return path.endswith(CONTENT)


async def examined(content: Path, shelf: Shelf) -> Verdict:
    """`vet`, by a process of its own, so that nobody waits for an answer meanwhile."""
    call = (sys.executable, "-m", "bot.operator.vetting", content, shelf.learnt, shelf.tests)
    process = await asyncio.create_subprocess_exec(*map(str, call), stdout=asyncio.subprocess.PIPE)
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    try:
        told, _ = await process.communicate()
        return from_json(told.decode())
    except (ValueError, KeyError, TypeError):
        return Verdict("", (f"{content}: the process that checks content ended without a verdict",))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
