"""The Bot API methods about messages: send, edit, delete, answer. Each takes the state and checked parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.preview.files import StoredFile, Upload
from bot.preview.limits import CHAT_ACTIONS, MAX_ANSWER, caption_of, check_keyboard, text_of
from bot.preview.people import Chat, Json
from bot.preview.refusal import bad, forbidden
from bot.preview.state import Query, State, without_reply

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ANSWER_WITHIN = {"callback": 150.0, "inline": 30.0}
DELETABLE_FOR = 48 * 3600
CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "reply_markup")
FOLDERS = {"photo": "photos", "document": "documents"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a call asks for: its parameters with real types, and the files that came with it."""

    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)


def send_message(state: State, asked: Asked) -> Json:
    return post(state, asked.params, text_of(asked.params))


def send_photo(state: State, asked: Asked) -> Json:
    return send_media(state, asked, "photo")


def send_document(state: State, asked: Asked) -> Json:
    return send_media(state, asked, "document")


def send_media(state: State, asked: Asked, kind: str) -> Json:
    content = media_content(state, asked.uploads, kind, asked.params[kind]) | caption_of(asked.params)
    return post(state, asked.params, content)


def media_content(state: State, uploads: dict[str, Upload], kind: str, value: str) -> Json:
    """`photo` or `document` of a message, from an upload or a file that is known."""
    stored = state.files.taken(value, uploads, FOLDERS[kind])
    return {kind: shown(stored, kind)}


def shown(stored: StoredFile, kind: str) -> Any:
    return stored.as_photo() if kind == "photo" else stored.as_document()


def send_media_group(state: State, asked: Asked) -> list[Json]:
    """Several pictures or several documents, as one album."""
    kinds = {item["type"] for item in asked.params["media"]}
    if kinds - FOLDERS.keys():
        raise bad(f"the local preview has no albums of {min(kinds - FOLDERS.keys())}")
    if len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    contents = [item_content(state, asked, item) for item in asked.params["media"]]
    chat = target_chat(state, asked.params)
    album = {"media_group_id": f"{abs(chat.id)}{state.events.last}"}
    return [post(state, asked.params, content | album) for content in contents]


def item_content(state: State, asked: Asked, item: Json) -> Json:
    return media_content(state, asked.uploads, item["type"], item["media"]) | caption_of(item)


def post(state: State, params: Json, content: Json) -> Json:
    """Send as the bot: reply, keyboard, and what else can be said about any message."""
    markup = params.get("reply_markup")
    check_keyboard(markup)
    chat = target_chat(state, params)
    extras = reply_of(chat, params) | inline_keyboard(markup)
    if "text" in content and params.get("link_preview_options"):
        extras["link_preview_options"] = params["link_preview_options"]
    if params.get("protect_content"):
        extras["has_protected_content"] = True
    state.rates.spend(chat.id)
    message = state.new_message(chat, state.profile.as_user(), extras | content)
    apply_reply_keyboard(state, chat, markup)
    return message


def target_chat(state: State, params: Json) -> Chat:
    """Where to send; a person who never wrote is unknown to the bot, one who blocked it is closed to it."""
    chat = state.chats.get(params["chat_id"])
    if chat is None or not chat.started:
        raise bad("chat not found")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def reply_of(chat: Chat, params: Json) -> Json:
    wanted = params.get("reply_parameters")
    if not wanted:
        return {}
    quoted = chat.messages.get(wanted["message_id"])
    if quoted is None and not wanted.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return {"reply_to_message": without_reply(quoted)} if quoted else {}


def inline_keyboard(markup: Json | None) -> Json:
    """Part of the message; an empty one is none. The other keyboards belong to the chat."""
    return {"reply_markup": markup} if markup and markup.get("inline_keyboard") else {}


def apply_reply_keyboard(state: State, chat: Chat, markup: Json | None) -> None:
    if not markup or "inline_keyboard" in markup:
        return
    state.set_keyboard(chat, None if "remove_keyboard" in markup else markup)


def edit_message_text(state: State, asked: Asked) -> Json:
    message = editable(state, asked.params)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return change(state, asked.params, message, text_of(asked.params), ("text", "entities"))


def edit_message_caption(state: State, asked: Asked) -> Json:
    message = editable(state, asked.params)
    if not message.keys() & FOLDERS.keys():
        raise bad("there is no caption in the message to edit")
    return change(state, asked.params, message, caption_of(asked.params), ("caption", "caption_entities"))


def edit_message_reply_markup(state: State, asked: Asked) -> Json:
    return change(state, asked.params, editable(state, asked.params), {}, ())


def edit_message_media(state: State, asked: Asked) -> Json:
    item = asked.params["media"]
    if item["type"] not in FOLDERS:
        raise bad(f"the local preview has no {item['type']}")
    message = editable(state, asked.params)
    gone = tuple(name for name in CONTENT if name != "reply_markup")
    return change(state, asked.params, message, item_content(state, asked, item), gone)


def editable(state: State, params: Json) -> Json:
    """The bot's own message that the parameters name."""
    if "chat_id" not in params or "message_id" not in params:
        raise bad("message identifier is not specified")
    chat = target_chat(state, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if not message["from"]["is_bot"]:
        raise bad("message can't be edited")
    return message


def change(state: State, params: Json, message: Json, content: Json, gone: tuple[str, ...]) -> Json:
    """Replace the named parts. A keyboard that is not given again disappears, as in Telegram."""
    markup = params.get("reply_markup")
    check_keyboard(markup)
    kept = {key: value for key, value in message.items() if key not in (*gone, "reply_markup")}
    changed = kept | content | inline_keyboard(markup)
    if all(changed.get(name) == message.get(name) for name in CONTENT):
        raise bad(NOT_MODIFIED)
    state.rates.spend(params["chat_id"])
    changed["edit_date"] = state.now()
    state.change_message(state.chats[params["chat_id"]], changed)
    return changed


def delete_message(state: State, asked: Asked) -> bool:
    chat = target_chat(state, asked.params)
    message = chat.messages.get(asked.params["message_id"])
    if message is None:
        raise bad("message to delete not found")
    if state.now() - message["date"] > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    state.remove_message(chat, message["message_id"])
    return True


def set_message_reaction(state: State, asked: Asked) -> bool:
    chat = target_chat(state, asked.params)
    message = chat.messages.get(asked.params["message_id"])
    if message is None:
        raise bad("message to react not found")
    emoji = [reaction.get("emoji") for reaction in asked.params.get("reaction", [])]
    state.events.add("reaction", chat.id, message_id=message["message_id"], emoji=emoji)
    return True


def send_chat_action(state: State, asked: Asked) -> bool:
    if asked.params["action"] not in CHAT_ACTIONS:
        raise bad("wrong parameter action in request")
    chat = target_chat(state, asked.params)
    state.events.add("action", chat.id, action=asked.params["action"])
    return True


def answer_callback_query(state: State, asked: Asked) -> bool:
    text = asked.params.get("text", "")
    if len(text) > MAX_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    query = open_query(state, asked.params["callback_query_id"], "callback")
    told = {"text": text, "alert": asked.params.get("show_alert", False), "url": asked.params.get("url")}
    state.events.add("answer", query.chat, message_id=query.message_id, data=query.data, **told)
    return True


def answer_inline_query(state: State, asked: Asked) -> bool:
    results = asked.params["results"]
    ids = [result.get("id", "") for result in results]
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if not all(1 <= len(one.encode()) <= 64 for one in ids):
        raise bad("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    ready = [{**result, "shown": inline_content(result)} for result in results]
    check_inline_button(asked.params.get("button"))
    query = open_query(state, asked.params["inline_query_id"], "inline")
    state.events.add("inline", query.chat, query=query.data, results=ready, button=asked.params.get("button"))
    return True


def check_inline_button(button: Json | None) -> None:
    """The button over the results leads into the private chat, with a payload as in a deep link."""
    if button and "start_parameter" in button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
        raise bad("START_PARAM_INVALID")


def inline_content(result: Json) -> Json:
    """The message that choosing this result sends."""
    given = result.get("input_message_content", {})
    check_keyboard(result.get("reply_markup"))
    if "message_text" not in given:
        return {"text": str(result.get("title") or result["id"])}
    return text_of({**given, "text": given["message_text"]}) | inline_keyboard(result.get("reply_markup"))


def open_query(state: State, key: str, kind: str) -> Query:
    """Each query can be answered once, and soon."""
    query = state.queries.get(key)
    if query is None or query.kind != kind or state.clock() - query.at > ANSWER_WITHIN[kind]:
        raise bad(TOO_OLD)
    del state.queries[key]
    return query


MESSAGE_METHODS: dict[str, Callable[[State, Asked], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
