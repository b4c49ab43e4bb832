"""The real program in a process of its own, or one that is broken on purpose."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from pathlib import Path

from bot.preview import LOCAL_TOKEN
from tests.conftest import ROOT
from tests.handlers.conftest import KEY
from tests.torture.small_knowledge import small_knowledge


@dataclass
class Program:
    """Starts it as often as you like over the same `folder`: content, data and log. `variant` names a broken one."""

    folder: Path
    variant: str = ""
    knowledge: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.knowledge = small_knowledge(self.folder / "knowledge")

    async def start(self, api_url: str, **settings: str) -> Process:
        """One life of it, talking to the Bot API at `api_url`."""
        command = ["-m", "tests.torture.broken", self.variant] if self.variant else [str(ROOT / "run_bot.py")]
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": LOCAL_TOKEN,
            "TELEGRAM_API_URL": api_url,
            "KNOWLEDGE_DIR": str(self.knowledge),
            "DATA_DIR": str(self.folder / "data"),
            "DATA_KEY": KEY,
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    @property
    def last_words(self) -> str:
        """The end of the log of all lives."""
        return (self.folder / "log").read_text()[-2000:]
