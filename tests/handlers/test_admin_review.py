"""/review over real HTTP: cards and buttons for operators, a decision that goes live, and one that is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.reloading import Shelf
from bot.preview import Preview
from bot.preview.world import buttons
from tests.handlers.conftest import next_words
from tests.handlers.test_reloading import OPERATOR, SLOW, Running, kept_up, shelf, small

__all__ = ["shelf", "small"]  # fixtures

ASKED = "the glorp of wexley"


@pytest.fixture
async def bot(preview: Preview, small: Knowledge, shelf: Shelf, tmp_path: Path) -> AsyncIterator[Running]:
    async with kept_up(preview, small, shelf, tmp_path) as started:
        yield started


async def edited(bot: Running, part: str) -> dict[str, Any]:
    """The card once it says `part`."""
    event = await bot.world.next_event(OPERATOR, "edit", SLOW, lambda e: part in e["message"].get("text", ""))
    message: dict[str, Any] = event["message"]
    return message


async def test_only_an_operator_in_their_own_chat_reviews(bot: Running) -> None:
    assert "don't know the command" in await bot.ask("/review")
    assert "Nothing to review" in await bot.ask("/review", OPERATOR)
    bot.world.press("alex", 1, "rv:x:aaaaaaaa", check=False)
    assert "older version of me" in (await next_words(bot.world, "alex"))["text"]


async def test_a_phrasing_added_in_the_chat_is_live_answers_and_is_taken_back(bot: Running, small: Knowledge) -> None:
    world = bot.world
    files = {path: path.read_bytes() for path in bot.shelf.content.rglob("*.yaml")}
    for _ in range(2):
        await bot.ask(ASKED, "sam")
    world.say(OPERATOR, "/review")
    card = await next_words(world, OPERATOR)
    assert "asked 2 times" in card["text"]
    assert ASKED in card["text"]
    assert all(len(button["callback_data"].encode()) <= 64 for button in buttons(card))
    add = next(button for button in buttons(card) if button["text"].startswith("Add to: "))
    world.press(OPERATOR, card["message_id"], add["callback_data"])
    await edited(bot, "Checking the content")
    done = await edited(bot, "1 phrasing added to")
    assert ASKED in done["text"]
    assert bot.service.current.knowledge.version != small.version
    intent = add["callback_data"].rpartition(":")[2]
    assert ASKED in bot.service.current.knowledge.entries[intent].phrasings
    world.press(OPERATOR, card["message_id"], add["callback_data"], check=False)
    assert "done already, by operator" in (await edited(bot, "done already"))["text"]
    number = next(b["callback_data"] for b in buttons(done) if b["text"] == "Take it back")
    world.press(OPERATOR, card["message_id"], number, check=False)
    await edited(bot, "Taken back")
    assert bot.service.current.knowledge.version == small.version
    assert {path: path.read_bytes() for path in bot.shelf.content.rglob("*.yaml")} == files


async def test_an_answer_that_is_not_whole_can_be_mended_and_left(bot: Running) -> None:
    world = bot.world
    await bot.ask(ASKED, "sam")
    await bot.ask("/review", OPERATOR)
    world.press_label(OPERATOR, "New answer ...")
    assert "Write it in one message" in (await next_words(world, OPERATOR))["text"]
    assert "not complete yet" in await bot.ask("The glorp", OPERATOR)
    assert "should be the question" in await bot.ask("The glorp\nWhat is it\n\nNo use.", OPERATOR)
    assert "nothing was changed" in await bot.ask("/cancel", OPERATOR)
    assert "asked 1 time" in await bot.ask("/review", OPERATOR)
    world.press_label(OPERATOR, "Ignore for good")
    await edited(bot, "ignored for good")
    assert "Nothing to review" in await bot.ask("/review", OPERATOR)
