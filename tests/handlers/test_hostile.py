"""Strangers send anything: it is shown as typed, answered or let go, and never gets in anyone else's way."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.events import Commanded, Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import Picture, State
from bot.handlers.pacing import Patience, Rates
from bot.handlers.service import Manner, Service
from bot.load_knowledge.yaml_lines import read_yaml
from bot.preview import World, start_preview
from bot.preview.images import sample_picture
from tests.conftest import TODAY
from tests.handlers.conftest import Stage, next_words, running
from tests.handlers.test_delivery import QUICK, gone
from tests.handlers.test_sending import FORMAT, emptied

ALEX = {"id": 1001, "is_bot": False, "first_name": "Alex"}
CHAT = {"id": 1001, "type": "private"}


def message(text: str, **more: Any) -> dict[str, Any]:
    base = {"message_id": 77, "date": int(time.time()), "chat": CHAT, "from": ALEX, "text": text}
    return {"message": base | more}


@pytest.mark.fault("F38")
@pytest.mark.parametrize(
    "text", ["<b>bold", "</b></i>", "<a href='tg://user?id=1'>x</a>", "&lt;b&gt; &amp;", "/<u>x</u>"]
)
async def test_markup_in_words_and_names_is_shown_as_it_was_typed(stage: Stage, text: str) -> None:
    stage.world.say("alex", "hi")
    await next_words(stage.world, "alex")
    stage.world.inject(message(text, **{"from": {**ALEX, "first_name": text, "username": "x"}}))
    await next_words(stage.world, "alex")
    assert not [call for call in stage.world.calls_of("sendMessage") if call.error]


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    "text",
    ["x" * 4095, "x" * 4096, "x" * 4097, "👩‍🔬" * 2000, "Z̸̢͝a̷̛l̵g̶o̴" * 500, "what pay " * 12_000, "\u0000\u0001", "\ud83d"],
    ids=["4095", "4096", "4097", "emoji", "zalgo", "100 KB", "control", "half"],
)  # fmt: skip
async def test_long_and_strange_texts_get_an_answer_that_telegram_takes(stage: Stage, text: str) -> None:
    stage.world.say("alex", "hi")
    await next_words(stage.world, "alex")
    stage.world.inject(message(text))
    assert (await next_words(stage.world, "alex"))["text"]
    assert not [call for call in stage.world.calls_of("sendMessage") if call.error]


@pytest.mark.fault("F26")
@pytest.mark.parametrize(
    "data", ["op:status", "q:" + "x" * 63, "q:salary_by_state:-1", "m:-1", "m:²", "\x00\xff", "x" * 65, "f:a:b:c", ""]
)
async def test_forged_presses_are_answered_and_lead_to_the_menu(stage: Stage, knowledge: Knowledge, data: str) -> None:
    stage.world.say("alex", "/menu")
    menu = await next_words(stage.world, "alex")
    stage.world.press("alex", menu["message_id"], data, check=False)
    assert (await next_words(stage.world, "alex"))["reply_markup"]
    await stage.world.until(lambda: stage.world.calls_of("answerCallbackQuery"))


@pytest.mark.fault("F40")
@pytest.mark.parametrize(
    "text",
    ["²", "٣٠", "３０ hours", "−5", "1\u00a0000", "1\u2009000", "\u200b30\u200b", "\u202eabc", "½", "1e999", "۵"],
)
def test_numbers_and_spaces_of_other_scripts_raise_nothing(knowledge: Knowledge, text: str) -> None:
    for event in (Said(text, TODAY), Commanded("start", text, TODAY), Pressed(f"m:{text}", TODAY)):
        assert respond(State(), event, knowledge).replies


@pytest.mark.fault("F41")
@pytest.mark.parametrize(
    "text",
    ["1 " * 2048, "a" * 4096, "$1,000" * 700, "-" * 4096, "a@" * 2048, "(" * 4096, "1" * 4095 + "x", "and " * 1000],
    ids=["ones", "letters", "money", "dashes", "ats", "brackets", "digits", "ands"],
)
def test_no_text_of_full_length_keeps_us_busy(knowledge: Knowledge, text: str) -> None:
    from bot.store.masking import masked

    start = time.perf_counter()
    assert respond(State(), Said(text, TODAY), knowledge).replies
    masked(text)
    assert time.perf_counter() - start < 5, "a pattern that backtracks takes minutes"


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.fault("F43")
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "a: &a\n  b: *a",
        "[" * 5000,
        "a: 1\na: 2",
        "a: \x00",
        "\t- x",
    ],
    ids=["bomb", "itself", "deep", "twice", "control", "tab"],
)
def test_yaml_made_to_hurt_is_a_problem_with_its_line_and_not_a_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / "hostile.yaml").write_text(text, "utf-8")
    problems = read_yaml(tmp_path / "hostile.yaml", "faq/hostile.yaml").problems
    assert problems
    assert all(str(problem).startswith("faq/hostile.yaml:") for problem in problems)


@pytest.mark.fault("F43")
def test_yaml_that_asks_for_an_object_gets_plain_data(tmp_path: Path) -> None:
    (tmp_path / "hostile.yaml").write_text("x: !!python/object/apply:os.system ['true']", "utf-8")
    assert read_yaml(tmp_path / "hostile.yaml", "hostile.yaml").data == {"x": ["true"]}


@pytest.mark.fault("F45")
def test_who_floods_is_warned_once_until_they_have_slowed_down() -> None:
    now = [0.0]
    patience = Patience(Rates(), clock=lambda: now[0])
    assert [patience.hears(7, now[0]) for _ in range(22)] == ["hear"] * 20 + ["warn", "drop"]
    assert patience.hears(8, now[0]) == "hear", "somebody else is not affected"
    now[0] += 1
    assert [patience.hears(7, now[0]) for _ in range(2)] == ["hear", "drop"], "no second warning in the same flood"
    now[0] += 60
    assert [patience.hears(7, now[0]) for _ in range(22)] == ["hear"] * 20 + ["warn", "drop"]


@pytest.mark.fault("F45")
def test_messages_written_one_by_one_while_we_were_away_are_no_flood() -> None:
    patience = Patience(Rates())
    assert {patience.hears(7, 1_800_000_000.0 + 2 * number) for number in range(100)} == {"hear"}


@pytest.mark.fault("F45")
async def test_two_hundred_messages_of_one_person_cost_the_others_nothing(stage: Stage, knowledge: Knowledge) -> None:
    for number in range(200):
        stage.world.say("alex", f"/menu {number}")
    stage.world.say("sam", FORMAT)
    assert "100 multiple-choice" in (await next_words(stage.world, "sam"))["text"]
    await gone(stage.world)
    updates = stage.service.metrics.updates
    assert updates.labels("warned")._value.get() == 1
    assert updates.labels("dropped")._value.get() > 150


async def a_picture(_: Picture) -> bytes:
    return sample_picture()


class Rig:
    """One bot for all examples of the fuzzer: starting one for each would take most of the time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.runner.run(self._start(knowledge))

    async def _start(self, knowledge: Knowledge) -> None:
        self.preview = await start_preview(port=0)
        self.stack.push_async_callback(self.preview.close)
        manner = Manner(rates=QUICK, long_poll=1, draw=a_picture)
        context = running(self.preview, knowledge, Path(self.folder.name) / "advisor.db", manner)
        self.service: Service = await self.stack.enter_async_context(context)
        self.world.say("alex", "hi")
        await next_words(self.world, "alex")

    @property
    def world(self) -> World:
        return self.preview.world

    async def answers_to(self, update: dict[str, Any]) -> int:
        """How many calls told this person something, once all is done."""
        before = sum(len(self.world.calls_of(name)) for name in ("sendMessage", "editMessageText"))
        self.world.inject(update)
        await gone(self.world)
        await emptied(Stage(self.preview, self.service))
        while self.service.sender.waiting:
            await asyncio.sleep(0.001)
        return sum(len(self.world.calls_of(name)) for name in ("sendMessage", "editMessageText")) - before

    def close(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()


@pytest.fixture(scope="module")
def rig(knowledge: Knowledge) -> Iterator[Rig]:
    rig = Rig(knowledge)
    yield rig
    rig.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FRAGMENTS = [
    "<b>",
    "&lt;",
    "/start",
    "/forget",
    "/mydata",
    "/privacy",
    "@",
    "pay",
    "ohio",
    "²",
    "\u202e",
    "'; --",
    "𝟙",
    "\x00",
]
TEXT = st.text(max_size=60) | st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join)
ENTITY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["bot_command", "url", "mention", "nonsense"]),
        "offset": st.integers(-2, 99),
        "length": st.integers(-2, 99),
    }
)
PERSON = st.fixed_dictionaries(
    {"id": st.just(1001), "is_bot": st.just(False), "first_name": TEXT},
    optional={"language_code": TEXT, "last_name": TEXT},
)
WRITTEN = st.fixed_dictionaries(
    {"message_id": st.integers(1, 2**31), "chat": st.just(CHAT), "from": PERSON, "text": TEXT.filter(bool)},
    optional={"entities": st.lists(ENTITY, max_size=3), "is_topic_message": st.booleans()},
)
PRESSED = st.fixed_dictionaries(
    {"id": TEXT.filter(bool), "from": PERSON, "chat_instance": TEXT, "data": TEXT},
    optional={"message": st.just({"chat": CHAT, "message_id": 1, "date": 0}), "inline_message_id": TEXT},
)
ANYTHING = st.dictionaries(
    st.sampled_from(["message", "edited_message", "callback_query", "channel_post", "my_chat_member", "future"]),
    JSON,
    max_size=2,
)


def quiet(caplog: pytest.LogCaptureFixture) -> None:
    loud = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    caplog.clear()
    assert not loud


FUZZ = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(kind=st.sampled_from(["message", "edited_message"]), written=WRITTEN)
def test_whatever_a_person_writes_is_answered(
    rig: Rig, caplog: pytest.LogCaptureFixture, kind: str, written: dict[str, Any]
) -> None:
    answers = rig.runner.run(rig.answers_to({kind: {**written, "date": int(time.time())}}))
    quiet(caplog)
    assert answers >= 1


@FUZZ
@given(pressed=PRESSED)
def test_whatever_a_press_carries_is_answered(
    rig: Rig, caplog: pytest.LogCaptureFixture, pressed: dict[str, Any]
) -> None:
    answers = rig.runner.run(rig.answers_to({"callback_query": pressed}))
    quiet(caplog)
    assert answers >= 1


@FUZZ
@given(update=ANYTHING)
def test_an_update_of_any_shape_at_all_stops_nothing(
    rig: Rig, caplog: pytest.LogCaptureFixture, update: dict[str, Any]
) -> None:
    rig.runner.run(rig.answers_to(update))
    quiet(caplog)
