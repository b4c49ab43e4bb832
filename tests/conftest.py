"""What all tests share: the real knowledge, loaded once, and a day that never changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.memory import LearntFiles

ROOT = Path(__file__).resolve().parent.parent
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge", LearntFiles(ROOT / "data" / "learnt"))
