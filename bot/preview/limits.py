"""What the schema cannot say: how long a text may be once its markup is gone, and what a keyboard may hold."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.preview.entities import formatted
from bot.preview.markup import utf16
from bot.preview.refusal import bad

Json = dict[str, Any]

MAX_TEXT, MAX_CAPTION, MAX_ANSWER = 4096, 1024, 200
MAX_BUTTONS, MAX_ROW = 100, 8
ACTIONLESS = {"text", "style", "icon_custom_emoji_id"}
STYLES = ("primary", "success", "danger")
CHAT_ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]
PARSED_BY_TELEGRAM = 1 << 15


def text_of(params: Json) -> Json:
    """`text` and `entities` of a message to be, within the limits."""
    text, entities = read(params, "text", "entities")
    if not text:
        raise bad("message text is empty")
    if utf16(text) > MAX_TEXT:
        raise bad("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_of(params: Json) -> Json:
    """`caption` and `caption_entities`, within the limits; nothing when there is none."""
    caption, entities = read(params, "caption", "caption_entities")
    if utf16(caption) > MAX_CAPTION:
        raise bad("message caption is too long")
    if not caption:
        return {}
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def read(params: Json, name: str, entities: str) -> tuple[str, list[Json]]:
    source = params.get(name, "")
    if len(source.encode("utf-8", "surrogatepass")) > PARSED_BY_TELEGRAM:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return formatted(source, params.get("parse_mode"), params.get(entities))


def check_keyboard(markup: Json | None) -> None:
    """Refuse an inline or reply keyboard that Telegram would refuse."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    if longest := max((len(row) for row in rows if len(row) > MAX_ROW), default=0):
        raise bad(f"REPLY_MARKUP_INVALID: {longest} buttons in a row, at most {MAX_ROW} fit")
    for row in (markup or {}).get("inline_keyboard") or []:
        for button in row:
            check_inline_button(button)


def check_inline_button(button: Json) -> None:
    actions = sorted(button.keys() - ACTIONLESS)
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"can't parse inline keyboard button: one action is allowed, found {' and '.join(actions)}")
    if button.get("style", STYLES[0]) not in STYLES:
        raise bad("can't parse inline keyboard button: invalid button style specified")
    if "url" in button and not can_be_opened(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def can_be_opened(url: str) -> bool:
    """Telegram opens web addresses with a real host, and its own `tg://` links."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and "." in (parts.hostname or ""))


def check_commands(commands: list[Json]) -> None:
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
