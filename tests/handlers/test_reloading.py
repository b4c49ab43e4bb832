"""Content that changes while the bot runs, over real HTTP, with the real watcher and the real process that checks."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.reloading import Shelf
from bot.handlers.service import Manner, Service
from bot.handlers.turns import House
from bot.handlers.upkeep import Upkeep
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.memory import LearntFiles
from bot.operator.review.records import Records
from bot.preview import Preview, World
from tests.handlers.conftest import next_words, running
from tests.second_career import second_career

SLOW = 120.0  # seconds; a machine that is busy with other tests checks content for a while
OPERATOR = "rosa"
OLD, NEW = "I'm not sure I understood that", "That one went past me"
GLORP = {
    "glorp": {
        "title": "The glorp",
        "question": "What is the glorp?",
        "phrasings": [
            "the glorp of wexley",
            *(f"{word} glorp" for word in ("what", "whose", "which", "why", "my", "a", "that", "any")),
        ],
        "answer": "Glorps are "
        + "of no use to anyone in this work, as far as anybody has ever told us, " * 3
        + "sorry.",
    }
}


@dataclass
class Running:
    """A bot whose content may change, and where that lies."""

    world: World
    service: Service
    upkeep: Upkeep
    shelf: Shelf

    def write(self, file: str, old: str, new: str) -> None:
        path = self.shelf.content / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    async def ask(self, text: str, who: str = "alex") -> str:
        self.world.say(who, text)
        return str((await next_words(self.world, who))["text"])

    async def live(self, before: str) -> str:
        """The version that took the place of `before`."""
        current = self.service.current
        await self.world.until(lambda: current.knowledge.version != before, SLOW, "no other content went live")
        return current.knowledge.version

    async def told(self) -> str:
        return str((await self.world.next_bot_message(OPERATOR, SLOW))["text"])


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Content that is soon learnt, with a line that says `OLD`, and a test of its own."""
    folder = tmp_path_factory.mktemp("shelf")
    content = second_career(folder / "knowledge")
    with (content / "voice.yaml").open("a", encoding="utf-8") as voice:
        voice.write(f"fallback: {OLD}.\n")
    tests = folder / "tests"
    (tests / "conversations").mkdir(parents=True)
    (tests / "conversations" / "menu.yaml").write_text("a menu:\n  - you: /menu\n    kind: command\n", "utf-8")
    return Shelf(content, folder / "learnt", tests)


@pytest.fixture(scope="module")
def small(shelf: Shelf) -> Knowledge:
    return load_knowledge(shelf.content, LearntFiles(shelf.learnt))


@asynccontextmanager
async def kept_up(preview: Preview, small: Knowledge, shelf: Shelf, folder: Path) -> AsyncIterator[Running]:
    own = Shelf(Path(shutil.copytree(shelf.content, folder / "knowledge")), folder / "learnt", folder / "tests")
    shutil.copytree(shelf.learnt, own.learnt)
    shutil.copytree(shelf.tests, own.tests)
    person = preview.world.chat(OPERATOR).id
    house = House(operators=frozenset({person}))
    async with running(preview, small, folder / "store" / "advisor.db", Manner(house, long_poll=5)) as service:
        upkeep = Upkeep(service, service.turns.store, own, Records(folder / "review"), house.operators)
        async with upkeep:
            preview.world.say(OPERATOR, "/start")  # a bot can't begin a chat
            await next_words(preview.world, OPERATOR)
            yield Running(preview.world, service, upkeep, own)


@pytest.fixture
async def bot(preview: Preview, small: Knowledge, shelf: Shelf, tmp_path: Path) -> AsyncIterator[Running]:
    async with kept_up(preview, small, shelf, tmp_path) as started:
        yield started


async def test_changed_content_is_live_a_flow_goes_on_and_who_waited_is_told_once(
    bot: Running, small: Knowledge
) -> None:
    assert OLD in await bot.ask("the glorp of wexley", "sam")
    bot.world.press_label("sam", "Tell me when you know")
    assert "I'll write to you here, once" in (await next_words(bot.world, "sam"))["text"]
    step = await bot.ask("/worth")
    (bot.shelf.content / "faq" / "new.yaml").write_text(json.dumps(GLORP), "utf-8")
    bot.write("voice.yaml", OLD, NEW)
    version = await bot.live(small.version)
    told = (await next_words(bot.world, "sam"))["text"]
    assert "You asked me “the glorp of wexley”" in told
    assert "Glorps are of no use" in told
    assert await bot.service.turns.store.wishes() == []
    assert NEW in await bot.ask("the drazel of vintor", OPERATOR)
    again = await bot.ask("/worth")
    assert step.splitlines()[-1] in again
    lines = {line.question.text: line.question.version for line in await bot.service.turns.store.questions("")}
    assert lines["the glorp of wexley"] == small.version
    assert lines["the drazel of vintor"] == version


async def test_content_with_a_problem_or_failing_its_tests_stays_out_and_the_operator_is_told(
    bot: Running, small: Knowledge
) -> None:
    new = bot.shelf.content / "faq" / "new.yaml"
    new.write_text(json.dumps(GLORP).replace("sorry", "{{ no_such.fact }}"), "utf-8")
    told = await bot.told()
    assert f"{small.version} stays live" in told
    assert "knowledge/faq/new.yaml:1: glorp.answer: line 1" in told
    assert "no_such.fact" in told
    assert bot.service.current.knowledge is small
    new.unlink()
    assert "again what is live" in await bot.told()
    bot.write("../tests/conversations/menu.yaml", "command", "answer")
    bot.write("voice.yaml", OLD, NEW)
    told = await bot.told()
    assert "menu.yaml:2" in told
    assert "kind: answer" in told
    assert OLD in await bot.ask("the drazel of vintor")


async def test_content_in_which_only_figures_are_others_than_a_test_names_goes_live_and_the_operator_is_told(
    bot: Running, small: Knowledge
) -> None:
    priced = "a price:\n  - you: the glorp of wexley\n    bot: OLD of 1,200 dollars\n"
    (bot.shelf.tests / "conversations" / "price.yaml").write_text(priced.replace("OLD", NEW), "utf-8")
    bot.write("voice.yaml", OLD, f"{NEW} of 1,300 dollars")
    told = await bot.told()
    assert "about to go live" in told
    assert "price.yaml:2: a price" in told
    await bot.live(small.version)
    assert "1,300 dollars" in await bot.ask("the drazel of vintor")
