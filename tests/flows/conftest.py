"""The real content with one flow more, which only the tests know."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.load import read_content
from tests.conftest import ROOT, TODAY
from tests.flows.person import Person

OWN = Path(__file__).parent / "knowledge"


@pytest.fixture(scope="session")
def with_laptop(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """A flow is no question with phrasings, so what was learnt stays as it is."""
    folder = tmp_path_factory.mktemp("content") / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    read, problems = read_content(folder, walk=False)
    assert read is not None, problems
    return replace(read, matcher=knowledge.matcher, follow_ups=knowledge.follow_ups)


@pytest.fixture
def person(with_laptop: Knowledge) -> Person:
    return Person(with_laptop, TODAY)
