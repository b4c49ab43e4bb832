"""What a person on Telegram lives through: the real bot over real HTTP, only Telegram itself is the local one."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.logs import WithoutToken
from bot.preview import LOCAL_TOKEN, Preview
from tests.handlers.conftest import Stage, next_words, running


def labels(message: dict[str, Any]) -> list[str]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]


async def test_a_question_gets_its_answer_with_a_source(stage: Stage) -> None:
    stage.world.say("alex", "how much does a coder make")
    answer = await stage.world.next_bot_message("alex")
    assert "$51,140" in answer["text"]
    assert "BLS" in answer["text"].splitlines()[-1]


async def test_start_greets_and_offers_first_questions(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", "/start")
    greeting = await stage.world.next_bot_message("alex")
    assert knowledge.voice["menu_button"] in labels(greeting)
    assert len(labels(greeting)) == len(knowledge.career.starters) + 1


async def test_a_deep_link_goes_straight_to_its_question(stage: Stage) -> None:
    stage.world.say("alex", "/start q_exam_cost")
    assert "$425" in (await stage.world.next_bot_message("alex"))["text"]


@pytest.mark.parametrize("payload", ["q_nonsense", "x", "q_", "f_nonsense", "r_nonsense"])
async def test_an_unknown_deep_link_still_greets(stage: Stage, knowledge: Knowledge, payload: str) -> None:
    stage.world.say("alex", f"/start {payload}")
    assert knowledge.voice["menu_button"] in labels(await stage.world.next_bot_message("alex"))


async def test_a_press_is_answered_and_leads_on(stage: Stage) -> None:
    stage.world.say("alex", "/start")
    greeting = await stage.world.next_bot_message("alex")
    stage.world.press_label("alex", labels(greeting)[0])
    answer = await stage.world.next_bot_message("alex")
    assert answer["message_id"] > greeting["message_id"]
    assert stage.world.calls_of("answerCallbackQuery")


async def test_the_menu_changes_in_place(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", "/menu")
    menu = await stage.world.next_bot_message("alex")
    stage.world.press_label("alex", knowledge.career.menu[0].title)
    edited = await stage.world.next_edit("alex")
    assert edited["message_id"] == menu["message_id"]
    assert knowledge.voice["menu_button"] in labels(edited)


async def test_the_same_menu_button_twice_is_no_error(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", "/menu")
    menu = await stage.world.next_bot_message("alex")
    stage.world.press("alex", menu["message_id"], "m:0")
    stage.world.press("alex", menu["message_id"], "m:0", check=False)
    edited = await stage.world.next_edit("alex")
    assert knowledge.career.menu[0].title in edited["text"]
    stage.world.say("alex", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("alex"))["text"]
    assert len(stage.world.calls_of("answerCallbackQuery")) == 2


@pytest.mark.parametrize(
    "data", ["from_last_year", "q:no_such_question", "q:", "m:99", "m:x", "q:salary_by_state:0", "²"]
)
async def test_a_button_nobody_knows_is_answered_and_leads_to_the_menu(
    stage: Stage, knowledge: Knowledge, data: str
) -> None:
    stage.world.say("alex", "/menu")
    menu = await stage.world.next_bot_message("alex")
    stage.world.press("alex", menu["message_id"], data, check=False)
    reply = await stage.world.next_bot_message("alex")
    assert knowledge.career.menu[0].title in labels(reply)
    assert stage.world.calls_of("answerCallbackQuery")


async def test_an_edited_message_is_answered_anew(stage: Stage) -> None:
    sent = stage.world.say("alex", "what does a biller do")
    await stage.world.next_bot_message("alex")
    stage.world.edit("alex", sent["message_id"], "how much is the cpc exam")
    assert "$425" in (await stage.world.next_bot_message("alex"))["text"]


@pytest.mark.parametrize(
    ("send", "key"),
    [("send_sticker", "sent_sticker"), ("send_voice", "sent_voice"), ("send_location", "sent_location")],
)
async def test_what_is_not_text_is_told_kindly_what_works(
    stage: Stage, knowledge: Knowledge, send: str, key: str
) -> None:
    getattr(stage.world, send)("alex")
    assert (await stage.world.next_bot_message("alex"))["text"] == knowledge.voice[key]


async def test_an_unknown_command_leads_to_the_menu(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", "/frobnicate <b>")
    reply = await stage.world.next_bot_message("alex")
    assert "/frobnicate" in reply["text"]
    assert knowledge.career.menu[0].title in labels(reply)


@pytest.mark.parametrize("command", ["help", "menu", "about", "privacy", "mydata", "forget", "cancel"])
async def test_every_command_answers(stage: Stage, command: str) -> None:
    stage.world.say("alex", f"/{command}")
    reply = await stage.world.next_bot_message("alex")
    assert len(reply["text"]) > 40
    assert labels(reply)


async def test_commands_and_description_are_set_at_start(stage: Stage, knowledge: Knowledge) -> None:
    (call,) = stage.world.calls_of("setMyCommands")
    assert [c["command"] for c in call.params["commands"]] == list(knowledge.career.commands)
    assert stage.world.calls_of("setMyDescription")
    assert stage.world.calls_of("setMyShortDescription")


async def test_markup_typed_by_a_person_is_shown_as_typed(stage: Stage) -> None:
    stage.world.say("alex", "/<b>x</b>&amp; <script>alert(1)</script>")
    assert (await stage.world.next_bot_message("alex"))["text"]


async def test_refused_markup_is_sent_again_as_plain_text(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.world.fail_next("sendMessage", 400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1")
    stage.world.say("alex", "how much does a coder make")
    answer = await stage.world.next_bot_message("alex")
    assert "$51,140" in answer["text"]
    assert not answer.get("entities")
    assert "refused our markup" in caplog.text


async def test_a_reply_survives_being_told_to_wait(stage: Stage) -> None:
    stage.world.fail_next("sendMessage", 429, "Too Many Requests: retry after 0", retry_after=0)
    stage.world.say("alex", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("alex"))["text"]


async def test_a_group_is_answered_only_when_the_bot_is_addressed(stage: Stage) -> None:
    stage.world.say("group", "how much does a coder make")
    asked = stage.world.say("group", f"@{stage.service.bot.username} how much does a coder make")
    answer = await stage.world.next_bot_message("group")
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert len(stage.world.bot_messages("group")) == 1


async def test_someone_who_blocked_the_bot_does_not_stop_it(stage: Stage) -> None:
    stage.world.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    stage.world.say("alex", "how much does a coder make")
    stage.world.say("sam", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("sam"))["text"]


async def test_an_error_inside_gets_an_apology_and_the_bot_goes_on(
    stage: Stage, knowledge: Knowledge, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    with monkeypatch.context() as patch:
        patch.setattr("bot.handlers.turns.respond", broken)
        stage.world.say("alex", "how much does a coder make")
        apology = await stage.world.next_bot_message("alex")
    assert apology["text"] == knowledge.voice["error"]
    assert "RuntimeError" in caplog.text
    assert "broken" in caplog.text, "the log names the place"
    assert "a bug of ours" not in caplog.text, "the words of an error may quote what a person wrote"
    stage.world.say("alex", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("alex"))["text"]


async def test_a_follow_up_is_understood_after_a_restart(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    world = preview.world
    async with running(preview, knowledge, tmp_path / "advisor.db"):
        world.say("alex", "pay in texas")
        assert "Texas" in (await next_words(world, "alex"))["text"]
    async with running(preview, knowledge, tmp_path / "advisor.db"):
        world.say("alex", "and in ohio?")
        assert "Ohio" in (await next_words(world, "alex"))["text"]


async def test_many_people_at_once_each_get_their_own_answers_in_order(stage: Stage) -> None:
    questions = ["how much does a coder make", "how much is the cpc exam"]
    for question in questions:
        for who in ("alex", "sam", "rosa"):
            stage.world.say(who, question)
    for who in ("alex", "sam", "rosa"):
        first, second = [await next_words(stage.world, who) for _ in questions]
        assert "$51,140" in first["text"]
        assert "$425" in second["text"]


async def test_an_update_of_a_kind_we_never_saw_does_not_stop_polling(stage: Stage) -> None:
    stage.world.inject({"something_from_next_year": {"id": 1}})
    stage.world.inject({"message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}})
    stage.world.say("alex", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("alex"))["text"]


async def test_no_log_line_holds_the_token_or_the_words(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(preview, knowledge, tmp_path / "advisor.db"):
            preview.world.say("alex", "my name is Zebedee, how much does a coder make")
            await preview.world.next_bot_message("alex")
    lines = [WithoutToken("%(message)s").format(record) for record in caplog.records]
    assert any("turn chat=" in line for line in lines)
    assert not [line for line in lines if LOCAL_TOKEN in line or "Zebedee" in line]
