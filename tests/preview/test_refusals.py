"""The preview refuses what Telegram refuses, in Telegram's words, so that the library raises the right error."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter

from bot.preview import LOCAL_TOKEN, Preview, World
from bot.preview.faults import Rates
from bot.preview.images import sample_picture
from bot.preview.refusal import Refused
from tests.preview.conftest import ONE_BUTTON, App, build_bot


def keyboard(*rows: int, data: str = "x", text: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] * count for count in rows])


async def refused(call: Awaitable[Any]) -> str:
    with pytest.raises(BadRequest) as caught:
        await call
    return caught.value.message


@pytest.mark.parametrize("text", ["x" * 4097, "\N{GRINNING FACE}" * 2049])
async def test_a_long_message_is_refused_with_telegrams_own_words(quiet: App, text: str) -> None:
    assert await refused(quiet.bot.send_message(1001, text)) == "Message is too long"


async def test_length_is_measured_once_the_markup_is_gone(quiet: App) -> None:
    sent = await quiet.bot.send_message(1001, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert sent.text == "<" * 4096


async def test_a_long_caption_is_refused(quiet: App) -> None:
    call = quiet.bot.send_photo(1001, sample_picture(40, 40), caption="x" * 1025)
    assert await refused(call) == "Message caption is too long"


@pytest.mark.parametrize("text", [" ", "<b></b>", "<b> \n</b>"])
async def test_an_empty_message_is_refused(quiet: App, text: str) -> None:
    assert await refused(quiet.bot.send_message(1001, text, parse_mode="HTML")) == "Message text is empty"


@pytest.mark.parametrize("chat", [4711, 1002, "@nobody"])
async def test_who_never_wrote_to_the_bot_is_unknown_to_it(quiet: App, chat: int | str) -> None:
    assert await refused(quiet.bot.send_message(chat, "hello")) == "Chat not found"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard(1, data="x" * 65), "Button_data_invalid"),
        (keyboard(1, data="\N{CYRILLIC SMALL LETTER ZHE}" * 33), "Button_data_invalid"),
        (keyboard(*[8] * 13), "Reply_markup_too_long"),
        (keyboard(9), "Reply_markup_invalid: 9 buttons in a row, at most 8 fit"),
        (keyboard(1, text=" "), "Can't parse inline keyboard button: text must be non-empty"),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("x")]]),
            "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        (
            InlineKeyboardMarkup([[InlineKeyboardButton("x", url="not a link")]]),
            "Inline keyboard button url 'not a link' is invalid: wrong http url",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(quiet: App, markup: InlineKeyboardMarkup, words: str) -> None:
    told = await refused(quiet.bot.send_message(1001, "choose", reply_markup=markup))
    assert told.lower() == words.lower()


async def test_a_keyboard_at_the_limits_is_taken(quiet: App) -> None:
    sent = await quiet.bot.send_message(1001, "choose", reply_markup=keyboard(*[8] * 12, 4, data="x" * 64))
    assert sent.reply_markup is not None


async def test_editing_without_a_change_is_refused(quiet: App) -> None:
    sent = await quiet.bot.send_message(1001, "<b>same</b>", parse_mode="HTML", reply_markup=ONE_BUTTON)
    told = await refused(sent.edit_text("<b>same</b> ", parse_mode="HTML", reply_markup=ONE_BUTTON))
    assert told.startswith("Message is not modified: specified new message content and reply markup are exactly")
    assert await sent.edit_text("same", reply_markup=ONE_BUTTON)


async def test_only_a_message_of_its_own_that_is_still_there_can_be_edited(quiet: App, world: World) -> None:
    said = world.say("alex", "mine")
    picture = await quiet.bot.send_photo(1001, sample_picture(40, 40))
    text = await quiet.bot.send_message(1001, "text")
    edit = quiet.bot.edit_message_text
    assert await refused(edit("x", 1001, 99)) == "Message to edit not found"
    assert await refused(edit("x", 1001, said["message_id"])) == "Message can't be edited"
    assert await refused(edit("x", 1001, picture.message_id)) == "There is no text in the message to edit"
    assert await refused(text.edit_caption("x")) == "There is no caption in the message to edit"
    assert await refused(quiet.bot.delete_message(1001, 99)) == "Message to delete not found"


async def test_a_message_older_than_two_days_stays(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_message(1001, "old")
    now = world.clock()
    world.clock = lambda: now + 48 * 3600 + 2
    assert await refused(sent.delete()) == "Message can't be deleted for everyone"


async def test_a_button_press_can_be_answered_once_and_in_time(quiet: App, world: World) -> None:
    words = "Query is too old and response timeout expired or query id is invalid"
    sent = await quiet.bot.send_message(1001, "choose", reply_markup=ONE_BUTTON)
    first = world.press("alex", sent.message_id, "more")
    assert await quiet.bot.answer_callback_query(first)
    assert await refused(quiet.bot.answer_callback_query(first)) == words
    late = world.press("alex", sent.message_id, "more")
    now = world.clock()
    world.clock = lambda: now + 200
    assert await refused(quiet.bot.answer_callback_query(late)) == words


async def test_an_answer_to_a_message_that_is_gone_is_refused_unless_allowed(quiet: App) -> None:
    gone, allowed = ReplyParameters(99), ReplyParameters(99, allow_sending_without_reply=True)
    assert await refused(quiet.bot.send_message(1001, "x", reply_parameters=gone)) == "Message to be replied not found"
    assert await quiet.bot.send_message(1001, "x", reply_parameters=allowed)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda bot: bot.send_photo(1001, b"not a picture"), "Image_process_failed"),
        (lambda bot: bot.send_photo(1001, sample_picture(2000, 10)), "Photo_invalid_dimensions"),
        (lambda bot: bot.send_photo(1001, "https://example.org/x.png"), "Failed to get http url content"),
        (lambda bot: bot.send_document(1001, "no_such_file"), "Wrong file identifier/http url specified"),
        (lambda bot: bot.send_document(1001, b""), "File must be non-empty"),
        (lambda bot: bot.get_file("no_such_file"), "Invalid file_id"),
        (lambda bot: bot.set_my_commands([("Start", "x")]), "Bot_command_invalid"),
        (lambda bot: bot.set_my_commands([("x", "y")] * 101), "Bot_commands_too_much"),
        (lambda bot: bot.set_my_name("x" * 65), "Name has 65 characters, 0-64 are allowed"),
        (lambda bot: bot.send_chat_action(1001, "dancing"), "Wrong parameter action in request"),
        (lambda bot: bot.send_message(1001, "*x*", parse_mode="Markup"), "Unsupported parse_mode"),
        (lambda bot: bot.send_dice(1001), "Senddice is not part of the local preview"),
        (
            lambda bot: bot.send_media_group(1001, [InputMediaPhoto(sample_picture(40, 40)), InputMediaDocument(b"x")]),
            "Document can't be mixed with other media types",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused(quiet: App, call: Callable[[Any], Awaitable[Any]], words: str) -> None:
    assert (await refused(call(quiet.bot))).lower() == words.lower()


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": [1], "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "txet": "y"}, 'unknown parameter "txet" of sendMessage'),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": 1}, "object expected as reply markup"),
        ("editMessageText", {"chat_id": 1001, "text": "x"}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001, "message_id": "x"}, "message identifier is not specified"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": 1, "url": "x.org"}]]}},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
    ],
)
async def test_parameters_are_held_against_the_schema(
    quiet: App, http: aiohttp.ClientSession, method: str, params: dict[str, Any], words: str
) -> None:
    async with http.post(f"/bot{LOCAL_TOKEN}/{method}", json=params) as answer:
        body = await answer.json()
    assert (answer.status, body["error_code"], body["description"]) == (400, 400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("ids", "payload", "words"),
    [
        (["1", "1"], "start", "Result_id_duplicate"),
        (["x" * 65], "start", "Result_id_invalid"),
        (["1"], "no spaces", "Start_param_invalid"),
    ],
)
async def test_inline_results_are_held_to_telegrams_rules(
    quiet: App, world: World, ids: list[str], payload: str, words: str
) -> None:
    key = world.ask_inline("alex", "x")
    results = [InlineQueryResultArticle(one, "Title", InputTextMessageContent("Text")) for one in ids]
    button = InlineQueryResultsButton("In private", start_parameter=payload)
    assert await refused(quiet.bot.answer_inline_query(key, results, button=button)) == words


async def test_a_person_who_blocked_the_bot_is_closed_to_it(quiet: App, world: World) -> None:
    world.block("alex")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await quiet.bot.send_message(1001, "hello?")
    world.say("alex", "I am back")
    assert await quiet.bot.send_message(1001, "welcome")


async def test_a_token_that_is_not_the_first_one_is_refused(quiet: App, http: aiohttp.ClientSession) -> None:
    async with http.get("/bot123456:some_other_token/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    async with http.get("/botnonsense/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")


async def test_an_unknown_method_is_not_found(quiet: App, http: aiohttp.ClientSession) -> None:
    async with http.get(f"/bot{LOCAL_TOKEN}/sendNothing") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found: method not found")


async def test_a_planned_failure_happens_as_often_as_asked(
    quiet: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    words = "Too Many Requests: retry after 7"
    world.fail_next("sendMessage", 429, words, retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await quiet.bot.send_message(1001, "x")
        assert caught.value.retry_after == dt.timedelta(seconds=7)
    assert await quiet.bot.send_message(1001, "x")
    assert [call.error for call in world.calls_of("sendMessage")] == [words, words, None]


async def test_a_lost_answer_leaves_the_message_sent(quiet: App, world: World) -> None:
    world.fail_next("sendMessage", 502, "Bad Gateway", done_first=True)
    with pytest.raises(NetworkError):
        await quiet.bot.send_message(1001, "twice?")
    assert [message["text"] for message in world.bot_messages("alex")] == ["twice?"]


async def test_too_many_messages_to_one_chat_must_wait(
    quiet: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    world.rates.enabled = True
    burst = [quiet.bot.send_message(1001, "again") for _ in range(7)]
    answers = await asyncio.gather(*burst, return_exceptions=True)
    waits = [answer.retry_after for answer in answers if isinstance(answer, RetryAfter)]
    assert len(world.bot_messages("alex")) == 7 - len(waits)
    assert set(waits) == {dt.timedelta(seconds=1)}


def test_thirty_messages_a_second_go_to_all_chats_together() -> None:
    now = [0.0]
    rates = Rates(enabled=True, clock=lambda: now[0])
    for chat in range(1, 31):
        rates.spend(chat)
    with pytest.raises(Refused, match="retry after 1"):
        rates.spend(99)
    now[0] += 1
    rates.spend(99)


async def test_of_two_pollers_one_is_ended(preview: Preview) -> None:
    async with build_bot(preview) as first, build_bot(preview) as second:
        polls = {asyncio.create_task(bot.bot.get_updates(timeout=20)) for bot in (first, second)}
        done, waiting = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        (ended,), (other,) = done, waiting
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            ended.result()
        preview.world.say("alex", "for the other")
        assert len(await other) == 1
