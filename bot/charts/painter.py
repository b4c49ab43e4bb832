"""Pictures for a running bot: kept ones at once, others drawn in a process of their own, one at a time."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from bot.charts.kept import Kept
from bot.conversation.state import Picture

PATIENCE = 20  # seconds for one picture; loading matplotlib takes one of them


class CannotDraw(Exception):
    """Why there is no picture. The words that it goes with are not touched by this."""


class Painter:
    """Draws and keeps pictures in `folder`. Costs nothing until the first one: the process starts then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = Kept(folder)
        self._turn = asyncio.Lock()
        self._process: ProcessPoolExecutor | None = None

    async def draw(self, picture: Picture) -> bytes:
        """The picture as PNG, 1280 pixels wide. Raises CannotDraw."""
        if found := self._kept.find(picture.key):
            return found
        async with self._turn:
            if found := self._kept.find(picture.key):  # whoever waited for the same picture finds it kept
                return found
            png = await self._drawn(picture)
            if not picture.figures.get("you"):  # a person's own pay stays on no disk
                self._kept.keep(picture.key, png)
            return png

    async def close(self) -> None:
        """End the drawing process."""
        process, self._process = self._process, None
        if process:
            await asyncio.to_thread(process.shutdown, cancel_futures=True)

    async def _drawn(self, picture: Picture) -> bytes:
        try:
            self._process = self._process or _drawing_process(self._folder)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._process, _png, picture.kind, dict(picture.figures))
        except BrokenProcessPool as error:
            self._process = None  # the next picture gets a new one
            raise CannotDraw("the drawing process was lost") from error
        except Exception as error:  # no room for a process, or whatever matplotlib stumbled over
            raise CannotDraw(f"{picture.kind} {picture.key}: {type(error).__name__}: {error}") from error


def _drawing_process(folder: Path) -> ProcessPoolExecutor:
    """Spawned, not forked: a fork would copy our open sockets and the store's locks."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (str(folder / "matplotlib"),))


def _begin(fonts: str) -> None:
    """In the new process: Ctrl-C is for the bot, and matplotlib's own files belong into our data folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("MPLCONFIGDIR", fonts)


def _png(kind: str, figures: Mapping[str, Any]) -> bytes:
    """One drawing; a process that takes far too long for it ends itself."""
    signal.alarm(PATIENCE)
    from bot.charts.draw import png_of  # only here, so that the bot itself never loads matplotlib

    try:
        return png_of(kind, figures)
    finally:
        signal.alarm(0)
