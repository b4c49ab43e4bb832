"""Pictures and files follow the words; whatever happens to them, the words stand."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.events import Event
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures import picture_of
from bot.conversation.respond import respond
from bot.conversation.state import File, Picture, State, Turn
from tests.handlers.conftest import Stage

QUESTION = "how much does a coder make"
ASKED = ((QUESTION, "$51,140"), ("coder pay in houston", "$51,250"))


def follow(monkeypatch: pytest.MonkeyPatch, picture: Picture | None = None, file: File | None = None) -> None:
    """Every answer of the real core is followed by these."""

    def with_extras(state: State, event: Event, knowledge: Knowledge) -> Turn:
        turn = respond(state, event, knowledge)
        return dataclasses.replace(turn, replies=(dataclasses.replace(turn.replies[0], picture=picture, file=file),))

    monkeypatch.setattr("bot.handlers.turns.respond", with_extras)


async def test_a_picture_follows_the_words_with_a_caption_for_those_who_cannot_see_it(stage: Stage) -> None:
    stage.world.say("alex", "coder pay in houston")
    assert "$51,250" in (await stage.world.next_bot_message("alex"))["text"]
    shown = await stage.world.next_bot_message("alex")
    assert shown["photo"][-1]["width"] == 1280
    assert "$51,250" in shown["caption"]
    assert "Source: BLS" in shown["caption"]


async def test_a_picture_that_cannot_be_drawn_never_costs_the_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    follow(monkeypatch, Picture("band", {"title": "half a picture"}, "caption", "broken"))
    for question, figure in ASKED:
        stage.world.say("alex", question)
        assert figure in (await stage.world.next_bot_message("alex"))["text"]
    await stage.world.until(lambda: "could not be drawn" in caplog.text)
    assert not stage.world.calls_of("sendPhoto")


async def test_a_picture_that_telegram_refuses_never_costs_the_words(
    stage: Stage, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(monkeypatch, picture_of("trend", knowledge))
    stage.world.fail_next("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED")
    for question, figure in ASKED:
        stage.world.say("alex", question)
        assert figure in (await stage.world.next_bot_message("alex"))["text"]
    assert (await stage.world.next_bot_message("alex"))["photo"]


async def test_a_file_follows_the_words(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(monkeypatch, file=File("exam.ics", "BEGIN:VCALENDAR"))
    stage.world.say("alex", QUESTION)
    await stage.world.next_bot_message("alex")
    assert (await stage.world.next_bot_message("alex"))["document"]["file_name"] == "exam.ics"
