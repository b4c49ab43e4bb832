"""What is kept about a person: said, shown, deleted, and in no log."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.health import serve
from bot.handlers.logs import AsJson, WithoutToken, set_up
from bot.handlers.own_data import INTERNAL
from bot.handlers.service import Manner
from bot.handlers.turns import House
from bot.preview import LOCAL_TOKEN, Preview
from bot.store.masking import masked
from bot.store.schema import TABLES
from tests.handlers.conftest import KEY, Stage, next_words, running
from tests.handlers.test_delivery import gone
from tests.handlers.test_sending import FORMAT

CANARIES = ("Zebedee", "zebedee@example.com", "713-555-0142", "quetzal")


def with_admin(*people: int) -> Manner:
    return Manner(House(retention_days=30, operators=frozenset(people)), long_poll=5)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mail me at jo.doe+x@example.co.uk please", "mail me at [email] please"),
        ("call (713) 555-0142 or 713.555.0142 or +44 20 7946 0958", "call [phone] or [phone] or [phone]"),
        ("7135550142", "[phone]"),
        ("７１３-５５５-０１４２", "[phone]"),
        ("my ssn is 123-45-6789", "my ssn is [number]"),
        ("card 4111 1111 1111 1111 exp 12/27", "card [card] exp 12/27"),
        ("I'm @zebedee_99, t.me/zebedee", "I'm [name], [name]"),
        ("40000-50000 a year, $51,140, 2024-2025, 1,000,000", "40000-50000 a year, $51,140, 2024-2025, 1,000,000"),
        ("is 18.5 an hour ok with 10 years and 80 hours", "is 18.5 an hour ok with 10 years and 80 hours"),
    ],
)
def test_the_question_log_masks_what_names_a_person_and_keeps_figures(text: str, wanted: str) -> None:
    assert masked(text) == wanted


async def test_privacy_tells_every_table_there_is_and_how_long_its_rows_stay(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    async with running(preview, knowledge, tmp_path / "advisor.db", with_admin()):
        preview.world.say("alex", "/privacy")
        told = (await next_words(preview.world, "alex"))["text"]
    assert told.count("•") == len(TABLES.keys() - INTERNAL)
    assert told.count("30 days") == 6
    assert knowledge.career.operator in told


async def test_my_data_comes_as_a_file_with_all_that_is_remembered(stage: Stage) -> None:
    stage.world.say("alex", "pay in texas")
    answer = await next_words(stage.world, "alex")
    stage.world.say("alex", "/mydata")
    event = await stage.world.next_event("alex", "message", fits=lambda e: "document" in e["message"])
    document = event["message"]["document"]
    stored = stage.world.files.get(document["file_id"])
    assert stored is not None
    held = json.loads(stored.upload.data)
    assert held["conversations"][0]["chat"] == 1001
    assert answer["text"][:40] in held["conversations"][0]["remembered"]["last"].replace("<b>", "").replace("</b>", "")


async def test_a_group_does_not_get_to_see_anyones_data(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("group", f"/mydata@{stage.service.bot.username}")
    told = await next_words(stage.world, "group")
    assert told["text"] == knowledge.voice["mydata_in_group"]
    assert not stage.world.calls_of("sendDocument")


@pytest.mark.fault("F48")
async def test_forget_deletes_says_how_many_and_a_redelivery_brings_nothing_back(
    stage: Stage, knowledge: Knowledge
) -> None:
    store = stage.service.turns.store
    stage.world.say("alex", FORMAT)
    (update,) = stage.world.updates.pending
    await next_words(stage.world, "alex")
    stage.world.say("alex", "/forget")
    assert "2 entries" in (await next_words(stage.world, "alex"))["text"]
    stage.world.updates.pending.append(update)
    stage.world.say("alex", "/mydata")
    assert (await next_words(stage.world, "alex"))["text"] == knowledge.voice["mydata_nothing"]
    await gone(stage.world)
    assert (await store.counts())["conversations"] == 0
    stage.world.say("alex", "/forget")
    assert (await next_words(stage.world, "alex"))["text"] == knowledge.voice["forgotten_nothing"]


async def test_what_is_past_its_time_goes_while_the_bot_runs(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.service.PRUNE_EVERY", 0.02)
    async with running(preview, knowledge, tmp_path / "advisor.db", with_admin()) as service:
        preview.world.say("alex", "pay in texas")
        await next_words(preview.world, "alex")
        store = service.turns.store
        assert (await store.counts())["conversations"] == 1
        monkeypatch.setattr(store, "_clock", lambda: time.time() + 31 * 86400)
        while (await store.counts())["conversations"] or (await store.counts())["questions"]:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("who", ["sam", "group"])
async def test_status_answers_only_to_operators_in_their_own_chat(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, who: str
) -> None:
    world = preview.world
    async with running(preview, knowledge, tmp_path / "advisor.db", with_admin(1001)) as service:
        world.say("alex", "/status")
        told = (await next_words(world, "alex"))["text"]
        assert knowledge.version in told
        assert "conversations: 0" in told
        world.say(who, f"/status@{service.bot.username}")
        assert "don't know the command" in (await next_words(world, who))["text"]


@pytest.mark.fault("F47")
@pytest.mark.fault("F49")
@pytest.mark.parametrize("as_json", [False, True])
async def test_no_log_line_at_debug_holds_token_name_words_or_number(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, capfd: pytest.CaptureFixture[str], as_json: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise ValueError("quetzal")

    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up("DEBUG", as_json)
    try:
        world = preview.world
        async with running(preview, knowledge, tmp_path / "advisor.db") as service:
            for text in (
                "I'm Zebedee, quetzal, call 713-555-0142",
                "/mydata zebedee@example.com",
                "/forget",
                "/privacy",
            ):
                world.say("alex", text)
                await next_words(world, "alex")
            world.send_contact("alex", "713-555-0142")
            await next_words(world, "alex")
            world.fail_next("sendMessage", 400, "Bad Request: chat not found")
            world.fail_next("sendMessage", 502, "Bad Gateway")
            world.say("alex", "quetzal")
            world.inject({"message": {"text": "quetzal", "message_id": "Zebedee"}})
            with monkeypatch.context() as patch:
                patch.setattr("bot.handlers.turns.respond", broken)
                world.say("alex", "quetzal")
                await gone(world)
            logging.getLogger("x").warning("%r", service.bot)
        logging.getLogger("x").warning("token is %s", LOCAL_TOKEN)
    finally:
        root.handlers[:], root.level = before
    told = capfd.readouterr().err
    assert "turn" in told
    assert "[token]" in told
    assert not [canary for canary in (*CANARIES, LOCAL_TOKEN, KEY) if canary in told]
    if as_json:
        turns = [json.loads(line) for line in told.splitlines() if '"turn"' in line]
        assert turns[0].keys() == {"at", "level", "logger", "event", "chat", "kind", "intents", "p", "ms"}
        assert "1001" not in turns[0]["chat"]


@pytest.mark.parametrize("formatter", [WithoutToken("%(message)s"), AsJson()])
def test_a_token_in_a_traceback_is_taken_out(formatter: logging.Formatter) -> None:
    try:
        raise ValueError(f"https://api.telegram.org/bot{LOCAL_TOKEN}/getMe")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    assert LOCAL_TOKEN not in formatter.format(record)


async def test_health_and_numbers_are_there_and_hold_no_one(stage: Stage) -> None:
    stage.world.say("alex", FORMAT)
    await next_words(stage.world, "alex")
    while not stage.service.metrics.sends.labels("sent")._value.get():
        await asyncio.sleep(0.01)
    runner = await serve(0, stage.service.metrics, stage.service.door.health)
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/healthz") as answer:
            assert (answer.status, (await answer.json())["ok"]) == (200, True)
        async with http.get(f"{url}/metrics") as answer:
            told = await answer.text()
        stage.service.fetching._answered -= 1000
        async with http.get(f"{url}/healthz") as answer:
            assert answer.status == 503
    await runner.cleanup()
    assert 'advisor_updates_total{result="applied"} 1.0' in told
    assert 'advisor_sends_total{result="sent"} 1.0' in told
    assert "advisor_turn_seconds_count 1.0" in told
    assert not re.search(r"(?<![\d.])1001(?![\d.])", told)  # measured seconds may have any digits behind the point


def test_the_key_file_is_made_once_for_the_owner_only_and_outside_the_data(tmp_path: Path) -> None:
    from bot.settings import Settings
    from bot.store import data_keys

    file = tmp_path / "config" / "data.key"
    first = data_keys("", file)
    assert data_keys("", file) == first
    assert file.stat().st_mode & 0o077 == 0
    assert data_keys("new, old", file) == ["new", "old"]
    default = Settings.model_fields["data_key_file"].default
    assert "data/" not in str(default)
