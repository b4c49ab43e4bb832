"""Text as it is kept in a message: trimmed, its entities moved along, and what can be tapped found in it."""

from __future__ import annotations

import re
from typing import Any

from bot.preview.markup import Entity, overlap, parse_html, tidy, utf16
from bot.preview.refusal import bad

TOP_DOMAINS = "com|org|net|gov|edu|mil|io|me|dev|info|app|us|uk|eu|de|fr|es"
FOUND_IN_TEXT = {
    "url": re.compile(
        rf"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»]"
        rf"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:{TOP_DOMAINS})\b(?!\.\w)(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]'»])?",
        re.I,
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "bot_command": re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#[^\W\d]\w*"),
}
MAX_ENTITIES = 100


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Plain text and entities of what a bot sent, or a refusal in Telegram's words."""
    plain, marked = text, list(entities or [])
    if parse_mode and parse_mode.lower() == "html":
        plain, marked = parse_html(text)
    elif parse_mode:
        known = parse_mode.lower() in ("markdown", "markdownv2")
        raise bad("the local preview reads only the HTML parse mode" if known else "unsupported parse_mode")
    plain, marked = trimmed(plain, marked)
    return plain, tidy(marked + tappable(plain, marked))[:MAX_ENTITIES]


def typed(text: str) -> tuple[str, list[Entity]]:
    """What a person typed: no markup, but commands, links and mentions are found."""
    plain = text.strip()
    return plain, tappable(plain, [])


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space around a message; entities that then hang over are shortened."""
    start = utf16(text) - utf16(text.lstrip())
    plain = text.strip()
    end = utf16(plain)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] + entity["length"] - start, end)
        if first < last:
            kept.append({**entity, "offset": first, "length": last - first})
    return plain, kept


def tappable(text: str, taken: list[Entity]) -> list[Entity]:
    """Links, commands and the like, where nothing solid (code, a link) stands already."""
    solid = [e for e in taken if e["type"] in ("code", "pre", "text_link", "text_mention")]
    found: list[Entity] = []
    for kind, pattern in FOUND_IN_TEXT.items():
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
            if not any(overlap(entity, other) for other in solid + found):
                found.append(entity)
    return sorted(found, key=lambda e: int(e["offset"]))


def words_of(message: dict[str, Any], kind: str) -> list[str]:
    """The pieces of a message's text that are entities of this kind: its commands, or its mentions."""
    units = message.get("text", "").encode("utf-16-le")
    found = [e for e in message.get("entities", []) if e["type"] == kind]
    return [units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in found]
