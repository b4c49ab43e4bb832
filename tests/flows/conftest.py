"""The real content with one flow more, which only the tests know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.memory import LearntFiles
from tests.conftest import ROOT, TODAY
from tests.flows.person import Person

OWN = Path(__file__).parent / "knowledge"


@pytest.fixture(scope="session")
def with_laptop(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("content") / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    return load_knowledge(folder, LearntFiles(ROOT / "data" / "learnt"))


@pytest.fixture
def person(with_laptop: Knowledge) -> Person:
    return Person(with_laptop, TODAY)
