"""The way in: Telegram is told only what is committed, each update counts once, and one chat keeps its order."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.fetching import TwoOfUs
from bot.handlers.pacing import Rates
from bot.handlers.service import Manner
from bot.preview import Preview, World
from bot.store import StoreError
from tests.handlers.conftest import Stage, next_words, running
from tests.handlers.test_sending import FEE, FORMAT, emptied

QUICK = Rates(overall=(10_000, 10_000), chat=(10_000, 10_000), person=(10_000, 10_000))


async def gone(world: World) -> None:
    """Wait until Telegram was told about all updates."""
    while world.updates.pending:
        await asyncio.sleep(0.01)


@pytest.mark.fault("F02")
async def test_what_is_delivered_again_after_the_commit_is_no_second_turn(stage: Stage) -> None:
    stage.world.say("alex", FORMAT)
    (update,) = stage.world.updates.pending
    await next_words(stage.world, "alex")
    await gone(stage.world)
    for _ in range(2):
        stage.world.updates.pending.append(update)
        stage.world.updates.bell.ring()
        await gone(stage.world)
    stage.world.say("alex", FEE)
    assert "$425" in (await next_words(stage.world, "alex"))["text"]
    await emptied(stage)
    assert len(stage.world.bot_messages("alex")) == 2
    assert stage.service.metrics.updates.labels("repeated")._value.get() == 2


@pytest.mark.fault("F02")
async def test_telegram_is_told_nothing_while_the_store_can_not_keep_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Event()

    async def full(*_: object) -> None:
        tried.set()
        raise StoreError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(stage.service.turns.store, "apply", full)
        stage.world.say("alex", FORMAT)
        await tried.wait()
        assert stage.world.updates.pending, "not confirmed"
    assert "100 multiple-choice" in (await next_words(stage.world, "alex"))["text"]
    await gone(stage.world)


@pytest.mark.fault("F14")
async def test_a_press_and_a_text_that_arrive_together_both_count(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world = preview.world
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(rates=QUICK)) as service:
        world.say("alex", "/menu")
        menu = await next_words(world, "alex")
        for pair in range(100):
            world.press("alex", menu["message_id"], f"m:{pair % 2}")
            world.say("alex", "/menu")
        await gone(world)
        await emptied(Stage(preview, service))
        assert len(world.bot_messages("alex")) == 101
        assert service.metrics.updates.labels("applied")._value.get() == 201
        while len(world.calls_of("answerCallbackQuery")) < 100:
            await asyncio.sleep(0.01)


@pytest.mark.fault("F15")
async def test_a_lower_number_after_a_quiet_week_is_fetched_and_answered(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world = preview.world
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(long_poll=1)) as service:
        world.updates._next_id = 5000
        world.say("alex", FORMAT)
        await next_words(world, "alex")
        while service.fetching._offset != 0:
            await asyncio.sleep(0.01)
        world.updates._next_id = 37
        world.say("alex", FEE)
        assert "$425" in (await next_words(world, "alex"))["text"]


@pytest.mark.fault("F17")
async def test_an_update_that_always_fails_is_put_aside_with_one_apology(
    stage: Stage, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[object] = []

    def broken(*given: object) -> None:
        tries.append(given)
        raise KeyError("Zebedee")

    with monkeypatch.context() as patch:
        patch.setattr("bot.handlers.turns.respond", broken)
        stage.world.say("alex", FORMAT)
        assert (await next_words(stage.world, "alex"))["text"] == knowledge.voice["error"]
    assert len(tries) == 3
    assert "Zebedee" not in caplog.text
    stage.world.say("alex", FEE)
    assert "$425" in (await next_words(stage.world, "alex"))["text"]
    await emptied(stage)
    assert (await stage.service.turns.store.counts())["dead_letters"] == 1
    assert len(stage.world.bot_messages("alex")) == 2


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    "update",
    [
        {"message": {"message_id": 1}},
        {"message": "text"},
        {"message": {"message_id": 1, "date": "x", "chat": {"id": 1001, "type": "private"}}},
        {"callback_query": {"id": "1"}},
        {"update_id": 2**70, "something": 1},
        {"update_id": "x"},
    ],
)
async def test_an_update_that_can_not_be_read_stops_nobody(stage: Stage, update: dict[str, Any]) -> None:
    stage.world.inject(update)
    stage.world.say("alex", FORMAT)
    assert "100 multiple-choice" in (await next_words(stage.world, "alex"))["text"]


@pytest.mark.fault("F19")
async def test_of_two_bots_with_one_token_the_later_one_gives_up(
    preview: Preview,
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.handlers.fetching.CONFLICTS", 1)
    async with running(preview, knowledge, tmp_path / "one.db") as first:
        first.fetching._started -= 3600
        with pytest.raises(TwoOfUs):
            async with running(preview, knowledge, tmp_path / "two.db") as second:
                await asyncio.wait_for(second.failed(), 10)
        assert caplog.text.count("another copy of this bot") <= 2, "said once by each"
        preview.world.say("alex", FORMAT)
        assert "100 multiple-choice" in (await next_words(preview.world, "alex"))["text"]


@pytest.mark.fault("F20")
async def test_who_wrote_five_messages_while_we_were_away_gets_one_answer(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world = preview.world
    clock = time.time() - 20 * 3600
    world.clock = lambda: clock
    for text in ("hi", "pay in texas", FORMAT, FEE, "pay in ohio"):
        world.say("alex", text)
    world.say("sam", FORMAT)
    world.clock = time.time
    async with running(preview, knowledge, tmp_path / "advisor.db") as service:
        answer = await next_words(world, "alex")
        assert "5 messages" in answer["text"]
        assert "Ohio" in answer["text"]
        alone = await next_words(world, "sam")
        assert "offline" not in alone["text"]
        assert "100 multiple-choice" in alone["text"]
        await emptied(Stage(preview, service))
        world.say("alex", "and in texas?")
        assert "Texas" in (await next_words(world, "alex"))["text"]
    assert len([message for message in world.bot_messages("alex") if "text" in message]) == 2


@pytest.mark.fault("F28")
async def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(stage: Stage) -> None:
    old, new, name = -777, -1001000000001, stage.service.bot.username
    sender = {"id": 1001, "is_bot": False, "first_name": "Alex"}

    def message(number: int, chat: int, kind: str, **content: Any) -> dict[str, Any]:
        chat_of = {"id": chat, "type": kind, "title": "Test group"}
        return {"message": {"message_id": number, "date": int(time.time()), "chat": chat_of, "from": sender, **content}}

    stage.world.inject(message(1, old, "group", text=f"@{name} pay in texas"))
    stage.world.inject(message(2, old, "group", migrate_to_chat_id=new))
    stage.world.inject(message(1, new, "supergroup", migrate_from_chat_id=old))
    stage.world.inject(message(3, new, "supergroup", text=f"@{name} and in ohio?"))
    texts = [(await next_words(stage.world, "group"))["text"] for _ in range(1)]
    await gone(stage.world)
    while "Ohio" not in texts[-1]:
        texts.append((await next_words(stage.world, "group"))["text"])
    assert not (await stage.service.turns.store.held(1001)).set_aside or len(texts) == 1


@pytest.mark.fault("F09")
async def test_a_stop_under_load_is_quick_and_loses_nothing(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world = preview.world
    for number in range(100):
        world.say(("alex", "sam", "rosa")[number % 3], "/menu" if number % 2 else FORMAT)
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(rates=Rates(person=(99, 99)))):
        await next_words(world, "alex")
        start = time.monotonic()
    assert time.monotonic() - start < 10
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(rates=QUICK)) as service:
        await gone(world)
        await emptied(Stage(preview, service))
    assert [len(world.bot_messages(who)) for who in ("alex", "sam", "rosa")] == [34, 33, 33]


@pytest.mark.fault("F30")
@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                  "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}},
        {"text": ""},
        {"text": " "},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], "caption": "how long"},
        {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "x", "address": "y"}},
        {"text": "pay in texas", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}},
        {"new_chat_title": "x"},
    ],
)  # fmt: skip
async def test_content_of_every_kind_is_answered_or_let_go_and_the_next_question_is_answered(
    stage: Stage, content: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    stage.world.say("alex", "hi")
    await next_words(stage.world, "alex")
    sender, chat = {"id": 1001, "is_bot": False, "first_name": "Alex"}, {"id": 1001, "type": "private"}
    stage.world.inject(
        {"message": {"message_id": 99, "date": int(time.time()), "chat": chat, "from": sender, **content}}
    )
    stage.world.inject(
        {"channel_post": {"message_id": 98, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "x"}}
    )
    stage.world.say("alex", FEE)
    texts = [(await next_words(stage.world, "alex"))["text"]]
    while "$425" not in texts[-1]:
        texts.append((await next_words(stage.world, "alex"))["text"])
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.fault("F18")
async def test_a_turn_takes_far_less_than_the_time_telegram_gives(stage: Stage) -> None:
    stage.world.say("alex", "pay in texas " * 300)
    await next_words(stage.world, "alex")
