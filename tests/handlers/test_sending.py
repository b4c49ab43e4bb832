"""The way out: order in a chat, nobody waits for another's trouble, and nothing is lost or said twice for nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, File, Picture, Reply
from bot.handlers.http import seconds
from bot.handlers.pacing import Pace, Rates, UnderWay
from bot.handlers.parcels import Media, Place, Words, parcels, unpacked
from bot.handlers.posting import Post
from bot.handlers.sender import Sender
from bot.handlers.service import Manner, Service
from bot.preview import Preview
from bot.preview.images import sample_picture
from bot.store import Key, Outcome, Parcel, Sealer, SqliteStore, Store
from tests.handlers.conftest import KEY, Stage, next_words, running
from tests.torture.life import crowd

FORMAT, FEE = "how many questions are on the cpc exam", "how much is the cpc exam"
PNG = sample_picture()
PICTURE = Picture("band", {"median": 51140}, "A <b>band</b>", "band:us")


def sent(stage: Stage, who: str) -> list[str]:
    return [message.get("text", "") for message in stage.world.bot_messages(who)]


async def emptied(stage: Stage) -> None:
    """Wait until nothing waits in the outbox."""

    async def empty() -> bool:
        return not await stage.service.turns.store.pending(0, 1)

    while not await empty():
        await asyncio.sleep(0.01)


@pytest.fixture
async def outbox(preview: Preview, tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore(tmp_path / "outbox.db", Sealer([KEY])).open()
    preview.world.say("alex", "/start")
    preview.world.say("sam", "/start")
    preview.world.updates.drop_all()
    yield store
    await store.close()


async def put(store: Store, number: int, chat: int, *replies: Reply, card: int | None = None) -> None:
    place = Place(card=card)
    await store.apply(number, Key(chat, chat), lambda state: Outcome(state, parcels(replies, place)))


@asynccontextmanager
async def sending(
    preview: Preview, store: Store, knowledge: Knowledge, manner: Manner | None = None
) -> AsyncIterator[Service]:
    """Only the sender's side of a service at work: nothing is fetched that a test did not put into the outbox."""
    alias = Sealer([KEY]).alias
    async with Service(
        "7000000001:local_preview_token_not_a_secret_00", preview.api_url, knowledge, store, alias, manner
    ) as service:
        yield service


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<b>x</b>", ((Button("a", "q:x"), Button("b", "m")), (Button("c", "none"),)), in_place=True),
        Reply("words", picture=PICTURE, file=File("plan.ics", "BEGIN:VCALENDAR\né")),
        Reply("plain"),
    ],
)
def test_a_reply_comes_out_of_the_outbox_as_it_went_in(reply: Reply) -> None:
    place = Place(thread=4, reply_to=5, card=6)
    out = [unpacked(json.loads(json.dumps(parcel.body))) for parcel in parcels([reply], place)]
    words = out[0]
    assert isinstance(words, Words)
    assert (words.html, words.buttons) == (reply.text, reply.buttons)
    assert words.place.card == (6 if reply.in_place else None)
    media = [one.what for one in out[1:] if isinstance(one, Media)]
    assert media == [what for what in (reply.picture, reply.file) if what]


def test_words_of_all_replies_go_before_the_first_picture() -> None:
    out = parcels([Reply("one", picture=PICTURE), Reply("two", file=File("x.txt", "x"))], Place())
    assert [parcel.media for parcel in out] == [False, False, True, True]


@pytest.mark.fault("F31")
async def test_told_to_wait_a_chat_waits_whole_and_in_order_while_others_go_on(stage: Stage) -> None:
    stage.world.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    stage.world.say("alex", FORMAT)
    stage.world.say("alex", FEE)
    await stage.world.until(lambda: [c for c in stage.world.calls_of("sendMessage") if c.error])
    stage.world.say("sam", FORMAT)
    assert "100 multiple-choice" in (await stage.world.next_bot_message("sam"))["text"]
    assert sent(stage, "alex") == [], "sam was answered while alex's chat still waits"
    first, second = [await stage.world.next_bot_message("alex") for _ in range(2)]
    assert "100 multiple-choice" in first["text"]
    assert "$425" in second["text"]
    assert len([c for c in stage.world.calls_of("sendMessage") if c.error]) == 1, "no busy loop"


@pytest.mark.fault("F31")
@pytest.mark.parametrize("setting", ["true", "false"])
def test_how_long_to_wait_may_be_a_number_or_a_span(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library says that numbers will go
        wait = RetryAfter(35).retry_after
    assert isinstance(wait, dt.timedelta if setting == "true" else int)
    assert seconds(wait) == 35


@pytest.mark.fault("F31")
async def test_several_chats_told_to_wait_in_a_row_mean_everybody() -> None:
    now = 0.0
    pace = Pace(Rates(), clock=lambda: now)
    sender = Sender.__new__(Sender)
    sender._pace, sender._told_to_wait = pace, set()
    for chat in (1, 2, 3):
        sender._wait(chat, 35)
    assert pace._overall.missing(now) == pytest.approx(35)
    now = 36.0
    await pace.admit(9)


@pytest.mark.fault("F31")
async def test_the_pace_keeps_telegrams_limits() -> None:
    clock = [0.0]
    pace = Pace(Rates(), clock=lambda: clock[0])

    async def tick(seconds: float) -> None:
        clock[0] += seconds

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.handlers.pacing.asyncio.sleep", tick)
        for _ in range(25):
            await pace.admit(7)
        one_chat = clock[0]
        for _ in range(30):
            await pace.admit(-7)
        group = clock[0] - one_chat
        before = clock[0]
        for chat in range(100, 400):
            await pace.admit(chat)
    assert 19.9 < one_chat < 21, "25 messages to one chat: 5 at once, then one a second"
    assert 59 < group < 61, "30 messages to a group: 10 at once, then 20 a minute"
    assert 300 / 30 <= clock[0] - before + 1 < 11.5, "300 messages to 300 chats: 30 a second"


@pytest.mark.fault("F03")
async def test_no_more_is_out_and_not_yet_noted_than_goes_in_a_quarter_of_a_second(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls that last until as many are out as go at 29 a second."""
    out, most, enough = set[int](), 0, asyncio.Event()
    deliver, note = Post.deliver, outbox.sent

    async def delivered(self: Post, chat: int, parcel: Words | Media) -> None:
        nonlocal most
        out.add(chat)
        most = max(most, len(out))
        if most == 7:
            enough.set()
        await enough.wait()
        await deliver(self, chat, parcel)

    async def noted(number: int) -> None:
        await note(number)
        out.remove(chats[number])

    monkeypatch.setattr(Post, "deliver", delivered)
    monkeypatch.setattr(outbox, "sent", noted)
    people = crowd(preview.world, 20)
    for number, person in enumerate(people):
        await put(outbox, number, person, Reply("words"))
    chats = {waiting.number: waiting.chat for waiting in await outbox.pending(0, 100)}
    async with sending(preview, outbox, knowledge) as service:
        await emptied(Stage(preview, service))
    assert len(preview.world.calls_of("sendMessage")) == 20
    assert most == 7


@pytest.mark.fault("F03")
@pytest.mark.parametrize(("lasts", "wanted"), [(0.0, 2), (0.05, 3), (0.1, 6), (2.0, 7)])
async def test_while_calls_are_quick_only_few_are_out_at_once(lasts: float, wanted: int) -> None:
    now, out, most, done = 0.0, 0, 0, asyncio.Event()
    under_way = UnderWay(29.0, lambda: now)

    async def message() -> None:
        nonlocal out, most
        async with under_way.one():
            out, most = out + 1, max(most, out + 1)
            if out == wanted:
                done.set()
            await done.wait()
            out -= 1

    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(message())
        await asyncio.sleep(0)
        now = lasts  # since the first of them went out
    assert most == wanted


@pytest.mark.fault("F32")
async def test_a_message_refused_for_good_is_set_aside_and_the_chat_goes_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.world.fail_next("sendMessage", 400, "Bad Request: message is too long")
    stage.world.say("alex", FORMAT)
    stage.world.say("alex", FEE)
    assert "$425" in (await stage.world.next_bot_message("alex"))["text"]
    await emptied(stage)
    assert (await stage.service.turns.store.counts())["dead_letters"] == 1
    assert len(stage.world.calls_of("sendMessage")) == 2
    assert "set aside" in caplog.text


@pytest.mark.fault("F33")
async def test_someone_who_blocked_us_is_left_alone_and_welcome_again(stage: Stage) -> None:
    stage.world.say("alex", "pay in texas")
    await stage.world.next_bot_message("alex")
    stage.world.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    stage.world.say("alex", FEE)
    store = stage.service.turns.store
    while not (await store.counts())["unreachable"]:
        await asyncio.sleep(0.01)
    assert (await store.counts())["outbox"] == 0
    stage.world.say("alex", "and in ohio?")
    assert "Ohio" in (await next_words(stage.world, "alex"))["text"]
    assert (await store.counts())["unreachable"] == 0


@pytest.mark.fault("F34")
async def test_an_answer_that_got_lost_is_asked_for_again_and_order_is_kept(stage: Stage) -> None:
    stage.world.fail_next("sendMessage", 502, "Bad Gateway", done_first=True)
    stage.world.say("alex", FORMAT)
    stage.world.say("alex", FEE)
    await emptied(stage)
    while len(sent(stage, "alex")) < 3:
        await stage.world.next_bot_message("alex")
    first, again, second = sent(stage, "alex")
    assert first == again
    assert "100 multiple-choice" in first
    assert "$425" in second


@pytest.mark.fault("F35")
async def test_a_press_that_is_answered_too_late_is_answered_once_and_no_one_minds(
    stage: Stage, knowledge: Knowledge
) -> None:
    stage.world.say("alex", "/menu")
    await stage.world.next_bot_message("alex")
    stage.world.fail_next("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    stage.world.press_label("alex", knowledge.career.menu[0].title)
    assert knowledge.career.menu[0].title in (await stage.world.next_edit("alex"))["text"]
    assert len(stage.world.calls_of("answerCallbackQuery")) == 1


@pytest.mark.fault("F36")
@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_a_card_that_can_no_longer_be_changed_is_sent_anew(
    stage: Stage, knowledge: Knowledge, words: str
) -> None:
    stage.world.say("alex", "/menu")
    menu = await stage.world.next_bot_message("alex")
    stage.world.fail_next("editMessageText", 400, f"Bad Request: {words}")
    stage.world.press_label("alex", knowledge.career.menu[0].title)
    anew = await stage.world.next_bot_message("alex")
    assert anew["message_id"] > menu["message_id"]
    assert knowledge.career.menu[0].title in anew["text"]


@pytest.mark.fault("F36")
async def test_a_card_changed_twice_to_the_same_words_is_no_trouble(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge
) -> None:
    async with sending(preview, outbox, knowledge) as service:
        await put(outbox, 1, 1001, Reply("a card"))
        service.sender.wake()
        card = await preview.world.next_bot_message("alex")
        for number in (2, 3):
            await put(outbox, number, 1001, Reply("changed", in_place=True), card=card["message_id"])
        await put(outbox, 4, 1001, Reply("next"))
        service.sender.wake()
        assert (await preview.world.next_bot_message("alex"))["text"] == "next"
    assert [m["text"] for m in preview.world.bot_messages("alex")] == ["changed", "next"]
    assert (await outbox.counts())["dead_letters"] == 0


@pytest.mark.fault("F28")
async def test_a_chat_that_moved_gets_its_waiting_messages_at_its_new_number(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge
) -> None:
    group, world = -1001000000001, preview.world
    await put(outbox, 1, -555, Reply("one"))
    await put(outbox, 2, -555, Reply("two"))
    async with sending(preview, outbox, knowledge) as service:

        async def migrated(chat: int, parcel: Words | Media) -> None:
            from telegram.error import ChatMigrated

            if chat == -555:
                raise ChatMigrated(group)
            await Post.deliver(service.sender._post, chat, parcel)

        service.sender._post.deliver = migrated  # type: ignore[method-assign]
        service.sender.wake()
        texts = [(await world.next_bot_message("group"))["text"] for _ in range(2)]
    assert texts == ["one", "two"]
    assert (await outbox.counts())["outbox"] == 0


@pytest.mark.fault("F03")
async def test_killed_before_it_was_marked_sent_a_reply_comes_at_most_once_more(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    await put(outbox, 1, 1001, Reply("one"))
    await put(outbox, 2, 1001, Reply("two"))
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "sent", never)
        patch.setattr("bot.handlers.service.LAST_WORDS", 0.0)
        async with sending(preview, outbox, knowledge):
            await preview.world.next_bot_message("alex")
    async with sending(preview, outbox, knowledge):
        assert (await preview.world.next_bot_message("alex"))["text"] == "one"
        assert (await preview.world.next_bot_message("alex"))["text"] == "two"
    assert [m["text"] for m in preview.world.bot_messages("alex")] == ["one", "one", "two"]


async def test_what_waits_at_the_end_goes_at_the_next_start(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.service.LAST_WORDS", 0.2)
    preview.world.fail_next("sendMessage", 502, "Bad Gateway", times=1)
    async with running(preview, knowledge, tmp_path / "advisor.db") as service:
        preview.world.say("alex", FORMAT)
        while not preview.world.calls_of("sendMessage"):
            await asyncio.sleep(0.01)
        assert service.sender.waiting == 1
    async with running(preview, knowledge, tmp_path / "advisor.db"):
        assert "100 multiple-choice" in (await preview.world.next_bot_message("alex"))["text"]


async def test_a_slow_picture_delays_nobodys_words_and_a_failed_one_costs_none(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge
) -> None:
    go_on = asyncio.Event()

    async def slow(picture: Picture) -> bytes:
        await go_on.wait()
        if picture.key == "broken":
            raise ValueError("can't draw this")
        return PNG

    world = preview.world
    async with sending(preview, outbox, knowledge, Manner(draw=slow)) as service:
        await put(outbox, 1, 1001, Reply("alex 1", picture=PICTURE))
        await put(outbox, 2, 1002, Reply("sam 1", picture=Picture("band", {}, "x", "broken")))
        await put(outbox, 3, 1001, Reply("alex 2"))
        service.sender.wake()
        assert [(await world.next_bot_message("alex"))["text"] for _ in range(2)] == ["alex 1", "alex 2"]
        assert (await world.next_bot_message("sam"))["text"] == "sam 1"
        go_on.set()
        assert (await world.next_bot_message("alex"))["photo"]
        while (await outbox.counts())["outbox"]:
            await asyncio.sleep(0.01)
    assert (await outbox.counts())["dead_letters"] == 1


async def test_a_picture_is_drawn_once_and_drawn_again_when_telegram_lost_it(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge
) -> None:
    drawn: list[str] = []

    async def draw(picture: Picture) -> bytes:
        drawn.append(picture.key)
        return PNG

    world = preview.world
    async with sending(preview, outbox, knowledge, Manner(draw=draw)) as service:
        for number, who in ((1, 1001), (2, 1002)):
            await put(outbox, number, who, Reply("x", picture=PICTURE))
            service.sender.wake()
            await world.next_event(who, "message", fits=lambda e: "photo" in e["message"])
        assert drawn == ["band:us"]
        world.fail_next("sendPhoto", 400, "Bad Request: wrong file identifier/HTTP URL specified")
        await put(outbox, 3, 1001, Reply("x", picture=PICTURE))
        service.sender.wake()
        await world.next_event("alex", "message", fits=lambda e: "photo" in e["message"])
    assert drawn == ["band:us", "band:us"]


async def test_a_file_follows_its_words(preview: Preview, outbox: SqliteStore, knowledge: Knowledge) -> None:
    async with sending(preview, outbox, knowledge) as service:
        await put(outbox, 1, 1001, Reply("your plan", file=File("plan.ics", "BEGIN:VCALENDAR")))
        service.sender.wake()
        assert (await preview.world.next_bot_message("alex"))["text"] == "your plan"
        document = (await preview.world.next_bot_message("alex"))["document"]
    assert document["file_name"] == "plan.ics"


async def test_a_parcel_that_no_version_wrote_is_set_aside(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge
) -> None:
    await outbox.apply(1, Key(1001, 1001), lambda state: Outcome(state, [Parcel({"what": "?"})]))
    await put(outbox, 2, 1001, Reply("next"))
    async with sending(preview, outbox, knowledge):
        assert (await preview.world.next_bot_message("alex"))["text"] == "next"
    assert (await outbox.counts())["dead_letters"] == 1


async def test_a_message_that_fails_for_ever_gives_way_when_others_get_through(
    preview: Preview, outbox: SqliteStore, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.sender.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.handlers.sender.LONGEST_PAUSE", 0.01)
    world = preview.world
    deliver = Post.deliver

    async def cursed(self: Post, chat: int, parcel: Any) -> None:
        from telegram.error import NetworkError

        if isinstance(parcel, Words) and parcel.html == "cursed":
            raise NetworkError("Internal Server Error")
        await deliver(self, chat, parcel)

    monkeypatch.setattr(Post, "deliver", cursed)
    rates = Rates(chat=(1000, 1000))
    async with sending(preview, outbox, knowledge, Manner(rates=rates)) as service:
        await put(outbox, 1, 1001, Reply("cursed"), Reply("blessed"))
        service.sender.wake()
        for number in range(2, 40):
            await put(outbox, number, 1002, Reply("hello"))
            service.sender.wake()
            await world.next_bot_message("sam")
            await asyncio.sleep(0.02)
        assert (await world.next_bot_message("alex"))["text"] == "blessed"
    assert (await outbox.counts())["dead_letters"] == 1


async def test_a_question_answered_by_typing_loses_its_buttons_when_the_next_one_is_asked(stage: Stage) -> None:
    stage.world.say("alex", "/enroll")
    first = await stage.world.next_bot_message("alex")
    assert first["reply_markup"]["inline_keyboard"]
    stage.world.say("alex", "I work somewhere else")
    second = await stage.world.next_bot_message("alex")
    await stage.world.until(lambda: bool(stage.world.calls_of("editMessageReplyMarkup")))
    (call,) = stage.world.calls_of("editMessageReplyMarkup")
    assert call.params["message_id"] == first["message_id"]
    assert second["reply_markup"]["inline_keyboard"]


async def test_an_ordinary_answer_keeps_its_buttons(stage: Stage) -> None:
    for text in ("how much does a coder make", "how long does training take"):
        stage.world.say("alex", text)
        await next_words(stage.world, "alex")
    assert not stage.world.calls_of("editMessageReplyMarkup")
