"""A question passed on to a person and back, over real HTTP: alex asks, sam or a group answers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.service import Manner
from bot.handlers.turns import House
from bot.preview import Preview, World
from bot.preview.world import buttons
from tests.handlers.conftest import Stage, next_words, running

SAM, GROUP_ID = 1002, -1001000000001
LOST = "the glorp of wexley"


@pytest.fixture
async def advised(preview: Preview, knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot whose questions go to sam."""
    manner = Manner(House(adviser=SAM), long_poll=5)
    async with running(preview, knowledge, tmp_path / "advisor.db", manner) as service:
        preview.world.say("sam", "/start")  # Telegram lets a bot write only to who has written to it
        await next_words(preview.world, "sam")
        yield Stage(preview, service)


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for button in buttons(message)]


def told_sam(world: World) -> list[str]:
    """All that reached sam after the welcome."""
    return [message["text"] for message in world.bot_messages("sam")][1:]


async def ask(stage: Stage, text: str = LOST) -> dict[str, Any]:
    """alex passes `text` on; what sam gets."""
    stage.world.say("alex", text)
    await next_words(stage.world, "alex")
    stage.world.press_label("alex", "Ask a person")
    await next_words(stage.world, "alex")
    stage.world.press_label("alex", "Yes, send it")
    await stage.world.next_edit("alex")
    return await next_words(stage.world, "sam")


async def test_a_question_is_shown_first_and_goes_out_only_after_a_yes(advised: Stage) -> None:
    world = advised.world
    world.say("alex", LOST)
    refused = await next_words(world, "alex")
    assert "Ask a person" in labels(refused)
    world.press_label("alex", "Ask a person")
    card = await next_words(world, "alex")
    assert LOST in card["text"]
    assert told_sam(world) == []
    world.press_label("alex", "No, don't send")
    assert "nothing was sent" in (await world.next_edit("alex"))["text"]
    sent = await ask(advised)
    assert LOST in sent["text"]
    assert not [telling for telling in ("Alex", "alex", "1001") if telling in json.dumps(sent["text"])]


async def test_the_answer_comes_back_through_the_bot_and_can_be_answered(advised: Stage) -> None:
    world = advised.world
    sent = await ask(advised)
    reply = world.say("sam", "It means <nothing> & more", reply_to=sent["message_id"])
    answer = await next_words(world, "alex")
    assert "A person answers" in answer["text"]
    assert "It means <nothing> & more" in answer["text"]
    assert (await next_words(world, "sam"))["text"] == "Passed on."
    world.press_label("alex", "Answer back")
    await next_words(world, "alex")
    world.say("alex", "thank you so much")
    assert "Passed on" in (await next_words(world, "alex"))["text"]
    back = await next_words(world, "sam")
    assert "thank you so much" in back["text"]
    assert back["reply_to_message"]["message_id"] == reply["message_id"]
    world.say("sam", "You're welcome", reply_to=back["message_id"])
    assert "You're welcome" in (await next_words(world, "alex"))["text"]


async def test_whoever_asked_may_end_it_and_later_answers_reach_nobody(advised: Stage) -> None:
    world = advised.world
    sent = await ask(advised)
    world.say("sam", "first", reply_to=sent["message_id"])
    await next_words(world, "alex")
    await next_words(world, "sam")
    world.press_label("alex", "End this")
    assert "ended" in (await world.next_edit("alex"))["text"]
    assert "has ended the conversation" in (await next_words(world, "sam"))["text"]
    world.say("sam", "second", reply_to=sent["message_id"])
    assert "reached nobody" in (await next_words(world, "sam"))["text"]
    assert (await advised.service.turns.store.counts())["talks"] == 0
    assert not [message for message in world.bot_messages("alex") if "second" in message["text"]]


async def test_the_adviser_may_end_it_too(advised: Stage) -> None:
    sent = await ask(advised)
    advised.world.say("sam", "/end", reply_to=sent["message_id"])
    assert "The person has ended" in (await next_words(advised.world, "alex"))["text"]
    assert "Ended" in (await next_words(advised.world, "sam"))["text"]
    assert (await advised.service.turns.store.counts())["talks"] == 0


@pytest.mark.fault("F48")
async def test_an_answer_to_someone_forgotten_is_explained_kindly(advised: Stage) -> None:
    world = advised.world
    sent = await ask(advised)
    world.say("alex", "/mydata")
    event = await world.next_event("alex", "message", fits=lambda e: "document" in e["message"])
    stored = world.files.get(event["message"]["document"]["file_id"])
    assert stored is not None
    assert json.loads(stored.upload.data)["messages_passed_on_that_can_be_answered"] == 1
    world.say("alex", "/forget")
    while "Done" not in (await next_words(world, "alex"))["text"]:
        pass
    world.say("sam", "here is your answer", reply_to=sent["message_id"])
    assert "reached nobody" in (await next_words(world, "sam"))["text"]
    assert (await advised.service.turns.store.counts())["talks"] == 0


async def test_only_words_get_through(advised: Stage) -> None:
    sent = await ask(advised)
    sticker = advised.world.send_sticker("sam")
    await next_words(advised.world, "sam")
    advised.world.inject({"message": {**sticker, "message_id": 900, "reply_to_message": sent}})
    assert "Only words" in (await next_words(advised.world, "sam"))["text"]


async def test_asked_for_in_words_the_last_question_is_offered_or_one_is_written(advised: Stage) -> None:
    world = advised.world
    world.say("alex", "can i talk to a human")
    assert "Write your question" in (await next_words(world, "alex"))["text"]
    world.say("alex", "who hires in winter?")
    assert "who hires in winter?" in (await next_words(world, "alex"))["text"]
    world.press_label("alex", "Write it differently")
    await next_words(world, "alex")
    world.say("alex", "x" * 3001)
    assert "shorter" in (await next_words(world, "alex"))["text"]
    assert told_sam(world) == []


async def test_an_older_card_sends_nothing_it_does_not_show_and_a_double_tap_sends_once(advised: Stage) -> None:
    world = advised.world
    world.say("alex", LOST)
    await next_words(world, "alex")
    world.press_label("alex", "Ask a person")
    old = await next_words(world, "alex")
    yes = buttons(old)[0]["callback_data"]
    world.press_label("alex", "Write it differently")
    await next_words(world, "alex")
    world.say("alex", "another question")
    new = await next_words(world, "alex")
    world.press("alex", old["message_id"], yes)
    assert "Send it?" in (await next_words(world, "alex"))["text"]
    assert told_sam(world) == []
    for _ in range(2):
        world.press("alex", new["message_id"], buttons(new)[0]["callback_data"], check=False)
    await next_words(world, "sam")
    world.say("alex", "/help")
    await next_words(world, "alex")
    (sent,) = told_sam(world)
    assert "another question" in sent


async def test_danger_is_answered_at_once_and_passed_on_to_nobody(advised: Stage, knowledge: Knowledge) -> None:
    world = advised.world
    world.say("alex", "can i talk to a human")
    await next_words(world, "alex")
    world.say("alex", "i want to kill myself")
    assert "988" in (await next_words(world, "alex"))["text"]
    world.say("alex", "hi")
    assert "pass this on" not in (await next_words(world, "alex"))["text"]
    assert told_sam(world) == []


async def test_in_a_group_of_advisers_replies_are_read_and_nothing_else(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world, manner = preview.world, Manner(House(adviser=GROUP_ID), long_poll=5)
    async with running(preview, knowledge, tmp_path / "advisor.db", manner) as service:
        world.say("alex", "can i talk to a human")
        await next_words(world, "alex")
        world.say("alex", LOST)
        await next_words(world, "alex")
        world.press_label("alex", "Yes, send it")
        sent = await next_words(world, "group")
        world.say("group", f"@{service.bot.username} pay in ohio", by="rosa")
        world.say("group", f"/help@{service.bot.username}", by="rosa")
        world.say("group", "the answer is 42", by="rosa", reply_to=sent["message_id"])
        assert "the answer is 42" in (await next_words(world, "alex"))["text"]
        await next_words(world, "group")
        assert [m["text"] for m in world.bot_messages("group")] == [sent["text"], "Passed on."]
        counts = await service.turns.store.counts()
        assert counts["questions"] == 1


async def test_without_an_adviser_nobody_is_offered_one(stage: Stage) -> None:
    stage.world.say("alex", LOST)
    refused = await next_words(stage.world, "alex")
    assert "Ask a person" not in labels(refused)
    stage.world.press("alex", refused["message_id"], "h", check=False)
    assert "Ask a person" not in labels(await next_words(stage.world, "alex"))
    stage.world.say("alex", "can i talk to a human")
    assert "no person behind this chat" in (await next_words(stage.world, "alex"))["text"]


async def test_a_chat_of_advisers_that_can_not_be_reached_is_named_at_start(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(House(adviser=4711), long_poll=5)):
        assert "ADVISER_CHAT_ID can't be reached" in caplog.text
