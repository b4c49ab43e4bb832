"""A chat kept as a test, from the preview page or from the terminal, and played again."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import Transcript, read_tests
from bot.operator import content_tests as runner
from bot.operator.record import CannotRecord, Recorder
from bot.operator.talk import chat
from tests.conftest import TODAY
from tests.handlers.conftest import Stage, next_words


def played(file: Path, knowledge: Knowledge) -> Transcript:
    """The one conversation of the file, which goes as written."""
    tests = read_tests([file])
    assert not tests.problems
    (transcript,) = tests.transcripts
    assert not runner.run_tests(tests, knowledge, TODAY).failures
    return transcript


async def saved(stage: Stage, tmp_path: Path, who: str) -> Path:
    async with aiohttp.ClientSession(stage.preview.url) as session, session.get(f"/here/test/{who}") as answer:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{who}.yaml"'
        file = tmp_path / f"{who}.yaml"
        file.write_bytes(await answer.read())
        return file


async def test_a_chat_saved_in_the_preview_passes_as_a_test(stage: Stage, tmp_path: Path, knowledge: Knowledge) -> None:
    world = stage.world
    for said in ("/start", "hw much do coders make in texas", 'and in "ohio"?', "/cost"):
        world.say("sam", said)
        question = await next_words(world, "sam")
    world.press_label("sam", question["reply_markup"]["inline_keyboard"][0][0]["text"])
    changed = await world.next_event("sam", "edit", fits=lambda e: e["message"]["text"] != question["text"])
    transcript = played(await saved(stage, tmp_path, "sam"), knowledge)
    assert [step.how for step in transcript.steps] == ["you", "you", "you", "you", "press"]
    assert transcript.steps[2].what == 'and in "ohio"?'
    assert transcript.steps[-1].wanted["bot"] == (changed["message"]["text"].splitlines()[0],)


async def test_what_no_transcript_can_hold_is_left_out(stage: Stage, tmp_path: Path, knowledge: Knowledge) -> None:
    world = stage.world
    world.say("rosa", "this was cleared away")
    await next_words(world, "rosa")
    world.reset("rosa")
    world.send_sticker("rosa")
    await next_words(world, "rosa")
    world.say("rosa", "/privacy")
    await next_words(world, "rosa")
    world.say("rosa", "hello")
    await next_words(world, "rosa")
    transcript = played(await saved(stage, tmp_path, "rosa"), knowledge)
    assert [step.what for step in transcript.steps] == ["hello"]


async def test_an_unknown_chat_is_not_found(stage: Stage) -> None:
    async with aiohttp.ClientSession(stage.preview.url) as session, session.get("/here/test/nobody") as answer:
        assert answer.status == 404


def test_a_talk_in_the_terminal_is_recorded_and_passes(tmp_path: Path, knowledge: Knowledge) -> None:
    file = tmp_path / "new" / "my_first.yaml"
    said = iter(["how much do coders make", "1", "what is: a # “median”?", "/pay", "99", None])
    chat(knowledge, lambda: TODAY, lambda: next(said), lambda text: None, Recorder(file, TODAY).note)
    transcript = played(file, knowledge)
    assert transcript.title == "my first"
    assert [step.how for step in transcript.steps] == ["you", "you", "press", "you", "you", "you"]
    assert transcript.steps[1].wanted["asks"] == ("salary_overall",)
    assert transcript.steps[4].wanted["flow"] == ("pay",)


def test_recording_never_overwrites_a_test(tmp_path: Path) -> None:
    file = tmp_path / "kept.yaml"
    file.write_text("precious", "utf-8")
    with pytest.raises(CannotRecord, match="exists already"):
        Recorder(file, TODAY)
    assert file.read_text("utf-8") == "precious"
