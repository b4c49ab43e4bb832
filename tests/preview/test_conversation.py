"""A real bot talks with test people through the preview."""

from __future__ import annotations

import io

import pytest
from telegram import (
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.preview import World
from bot.preview.images import sample_picture
from tests.preview.conftest import ONE_BUTTON, App

PICTURE = sample_picture(60, 40)


async def test_a_message_is_answered(running: App, world: World) -> None:
    world.say("alex", "hello <there>")
    answer = await world.next_bot_message("alex")
    assert answer["text"] == "You said hello <there>"
    assert answer["entities"] == [{"type": "bold", "offset": 0, "length": 8}]


async def test_a_button_press_changes_the_message_and_is_answered(running: App, world: World) -> None:
    world.say("alex", "hello")
    asked = await world.next_bot_message("alex")
    world.press_label("alex", "More")
    changed = await world.next_edit("alex")
    assert (changed["message_id"], changed["text"]) == (asked["message_id"], "This is more")
    assert "reply_markup" not in changed
    assert (await world.next_event("alex", "answer"))["text"] == "Here is more"


async def test_a_message_that_a_person_changes_reaches_the_bot(running: App, world: World) -> None:
    said = world.say("alex", "helo")
    await world.next_bot_message("alex")
    world.edit("alex", said["message_id"], "hello")
    assert (await world.next_bot_message("alex"))["text"] == "You changed it to hello"


@pytest.mark.parametrize("send", ["send_sticker", "send_voice", "send_photo", "send_location", "send_contact"])
async def test_what_is_not_text_reaches_the_bot(running: App, world: World, send: str) -> None:
    getattr(world, send)("rosa")
    assert (await world.next_bot_message("rosa"))["text"] == "You said something that is not text"


async def test_a_deep_link_brings_its_payload(running: App, world: World) -> None:
    world.say("sam", "/start q_cost")
    assert (await world.next_bot_message("sam"))["text"] == "Hello q_cost"


def test_a_text_that_is_too_long_for_one_message_goes_in_several() -> None:
    world = World()
    world.say("alex", "x" * 5000)
    assert [len(message["text"]) for message in world.messages("alex")] == [4096, 904]


async def test_people_are_kept_apart(running: App, world: World) -> None:
    world.say("alex", "mine")
    world.say("sam", "also mine")
    assert (await world.next_bot_message("sam"))["text"] == "You said also mine"
    assert (await world.next_bot_message("alex"))["text"] == "You said mine"
    assert len(world.messages("sam")) == len(world.bot_messages("alex")) * 2 == 2


async def test_in_a_group_the_bot_sees_only_what_is_meant_for_it(running: App, world: World) -> None:
    world.say("group", "nobody asks the bot")
    world.say("group", "/start@some_other_bot")
    world.say("group", "/start", by="sam")
    hello = await world.next_bot_message("group")
    world.say("group", "thank you @local_preview_bot", by="rosa")
    world.say("group", "and this?", reply_to=hello["message_id"])
    heard = [(await world.next_bot_message("group"))["text"] for _ in range(2)]
    assert hello["text"] == "Hello"
    assert heard == ["You said thank you @local_preview_bot", "You said and this?"]


async def test_a_photo_can_be_sent_downloaded_and_sent_again(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_photo(1001, PICTURE, caption="<i>A chart</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (60, 40, "A chart")
    file = await sent.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PICTURE
    again = await quiet.bot.send_photo(1001, sent.photo[-1].file_id)
    assert again.photo == sent.photo


async def test_a_document_keeps_its_name(quiet: App) -> None:
    sent = await quiet.bot.send_document(1001, io.BytesIO(b"a,b\n"), filename="table.csv")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("table.csv", 4)


async def test_an_album_is_several_messages_of_one_group(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_media_group(1001, [InputMediaPhoto(PICTURE, caption="One"), InputMediaPhoto(PICTURE)])
    assert [message.caption for message in sent] == ["One", None]
    assert len({message.media_group_id for message in sent}) == 1


async def test_media_caption_and_keyboard_can_be_changed(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_photo(1001, PICTURE, caption="Before")
    await sent.edit_caption("After", reply_markup=ONE_BUTTON)
    await sent.edit_reply_markup(None)
    changed = await sent.edit_media(InputMediaDocument(b"now a file", filename="x.txt"))
    assert not isinstance(changed, bool)
    assert changed.document is not None
    assert not changed.photo
    assert changed.caption is None


async def test_a_deleted_message_is_gone(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_message(1001, "for a moment")
    assert await sent.delete()
    assert world.bot_messages("alex") == []


async def test_a_reply_keyboard_belongs_to_the_chat_until_it_is_removed(quiet: App, world: World) -> None:
    await quiet.bot.send_message(1001, "choose", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    keyboard = world.chat("alex").keyboard
    assert keyboard is not None
    assert keyboard["keyboard"] == [[{"text": "Yes"}, {"text": "No"}]]
    await quiet.bot.send_message(1001, "thanks", reply_markup=ReplyKeyboardRemove())
    assert world.chat("alex").keyboard is None


async def test_typing_is_seen(quiet: App, world: World) -> None:
    await quiet.bot.send_chat_action(1001, "typing")
    assert (await world.next_event("alex", "action"))["action"] == "typing"


async def test_a_reaction_of_the_bot_is_seen(quiet: App, world: World) -> None:
    said = world.say("alex", "thank you")
    await quiet.bot.set_message_reaction(1001, said["message_id"], "\N{HEAVY BLACK HEART}")
    assert (await world.next_event("alex", "reaction"))["emoji"] == ["\N{HEAVY BLACK HEART}"]


async def test_commands_depend_on_the_chat_and_the_language(quiet: App, world: World) -> None:
    await quiet.bot.set_my_commands([("start", "Begin"), ("help", "Help")])
    await quiet.bot.set_my_commands([("start", "Empezar")], language_code="es")
    await quiet.bot.set_my_commands([("ask", "Ask")], scope=BotCommandScopeAllGroupChats())
    world.say("sam", "hi")
    await quiet.bot.set_my_commands([("only", "Sam's")], scope=BotCommandScopeChat(1002))

    def seen(who: str) -> list[str]:
        chat = world.chat(who)
        return [command["description"] for command in world.profile.commands_in(chat, world.owner(chat))]

    assert [seen(who) for who in ("alex", "rosa", "sam", "group")] == [
        ["Begin", "Help"],
        ["Empezar"],
        ["Sam's"],
        ["Ask"],
    ]
    assert len(await quiet.bot.get_my_commands()) == 2
    await quiet.bot.delete_my_commands()
    assert await quiet.bot.get_my_commands() == ()


async def test_name_and_descriptions_are_kept_by_language(quiet: App) -> None:
    await quiet.bot.set_my_name("Helper")
    await quiet.bot.set_my_description("What I do")
    await quiet.bot.set_my_short_description("Briefly")
    await quiet.bot.set_my_description("Lo que hago", language_code="es")
    assert (await quiet.bot.get_my_name()).name == (await quiet.bot.get_me()).first_name == "Helper"
    assert (await quiet.bot.get_my_description("es")).description == "Lo que hago"
    assert (await quiet.bot.get_my_description("de")).description == "What I do"
    assert (await quiet.bot.get_my_short_description()).short_description == "Briefly"


async def test_inline_results_can_be_chosen(quiet: App, world: World) -> None:
    key = world.ask_inline("alex", "texas")
    result = InlineQueryResultArticle("1", "Texas", InputTextMessageContent("<b>Texas</b>", parse_mode="HTML"))
    await quiet.bot.answer_inline_query(key, [result])
    event = await world.next_event("alex", "inline")
    chosen = world.choose_inline("alex", event["results"][0])
    assert (chosen["text"], chosen["via_bot"]["is_bot"]) == ("Texas", True)


async def test_the_bot_hears_of_being_blocked_and_let_in_again(quiet: App, world: World) -> None:
    world.block("alex")
    world.unblock("alex")
    updates = await quiet.bot.get_updates()
    states = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert states == ["kicked", "member"]


async def test_clearing_the_history_leaves_an_empty_chat(quiet: App, world: World) -> None:
    await quiet.bot.send_message(1001, "hello")
    world.reset("alex")
    assert world.messages("alex") == []


async def test_who_waits_in_vain_is_told_the_last_calls(quiet: App, world: World) -> None:
    with pytest.raises(TimeoutError, match=r"no message in sam's chat within 0.01 s; the last calls: getMe ok"):
        await world.next_bot_message("sam", timeout=0.01)


def test_a_slip_in_a_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match="no chat 'alx'; there are alex, sam, rosa, group"):
        World().say("alx", "hi")


async def test_only_a_button_that_is_there_can_be_pressed_unless_asked_for(quiet: App, world: World) -> None:
    sent = await quiet.bot.send_message(1001, "choose", reply_markup=ONE_BUTTON)
    with pytest.raises(ValueError, match="no button 'forged'"):
        world.press("alex", sent.message_id, "forged")
    world.press("alex", sent.message_id, "forged", check=False)
    world.press("alex", 999, "of a message that is gone", check=False)
    first, second = await quiet.bot.get_updates()
    assert first.callback_query is not None
    assert first.callback_query.data == "forged"
    assert second.callback_query is not None
    assert second.callback_query.message is not None
    assert not second.callback_query.message.is_accessible
