"""Telegram's HTML turned into plain text and entities, as Telegram's servers do it.

The same tags, the same nesting, and the same words when something is wrong. `byte offset` in those words counts UTF-8
bytes of the source; `offset` and `length` of an entity count UTF-16 units of the plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.preview.refusal import bad

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,9})|#[xX]([0-9a-fA-F]{1,8}));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
SPACES = re.compile(r"\s*")


def utf16(text: str) -> int:
    """How long Telegram says this text is: an emoji counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unescape(text: str) -> str:
    return CHARACTER.sub(character, text)


def character(found: re.Match[str]) -> str:
    """What `&lt;` or `&#8364;` stands for; anything Telegram does not know stays as it is written."""
    name, decimal, hexadecimal = found.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    known = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if known else found[0]


@dataclass
class Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    begins: int


@dataclass
class Parser:
    """Walks through the source once; `at` is where it is."""

    source: str
    at: int = 0
    offset: int = 0
    plain: list[str] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self.end_tag()
            elif self.source[self.at] == "<":
                self.start_tag()
            else:
                self.characters()
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.plain), tidy(self.entities)

    def characters(self) -> None:
        if found := CHARACTER.match(self.source, self.at):
            text = character(found)
            self.at = found.end()
        else:
            text = self.source[self.at]
            self.at += 1
        self.plain.append(text)
        self.offset += utf16(text)

    def byte_offset(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def take(self, pattern: re.Pattern[str]) -> str:
        """The text here that fits the pattern (each can be empty), stepping over it."""
        found = pattern.match(self.source, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def next_is(self, characters: str) -> bool:
        return self.source[self.at : self.at + 1] in tuple(characters)

    def start_tag(self) -> None:
        where = self.byte_offset(self.at)
        self.at += 1
        tag = self.take(TAG_NAME).lower()
        if self.at == len(self.source):
            raise unparsable(f"Unclosed start tag at byte offset {where}")
        if tag not in TAGS:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {where}')
        attributes = self.attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(Open(tag, attributes, self.offset, len(self.plain)))

    def attributes(self, tag: str, where: int) -> dict[str, str]:
        found: dict[str, str] = {}
        self.take(SPACES)
        while not self.next_is(">"):
            if self.at == len(self.source):
                raise unparsable(f'Unclosed start tag "{tag}" at byte offset {where}')
            name = self.take(ATTRIBUTE_NAME).lower()
            if not name:
                raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self.take(SPACES)
            found[name] = self.attribute_value() if self.next_is("=") else ""
            self.take(SPACES)
        self.at += 1
        return found

    def attribute_value(self) -> str:
        self.at += 1
        self.take(SPACES)
        if self.next_is("\"'"):
            return self.quoted()
        where = self.byte_offset(self.at)
        value = self.take(NAME_TOKEN).lower()
        if self.at < len(self.source) and not self.source[self.at].isspace() and not self.next_is(">"):
            raise unparsable(f"Unexpected end of name token at byte offset {where}")
        return value

    def quoted(self) -> str:
        begins = self.at + 1
        ends = self.source.find(self.source[self.at], begins)
        ends = len(self.source) if ends < 0 else ends
        self.at = min(ends + 1, len(self.source))
        return unescape(self.source[begins:ends])

    def end_tag(self) -> None:
        where = self.byte_offset(self.at)
        if not self.open:
            raise unparsable(f"Unexpected end tag at byte offset {where}")
        self.at += 2
        name = self.take(TAG_NAME).lower()
        self.take(SPACES)
        if not self.next_is(">"):
            raise unparsable(f"Unclosed end tag at byte offset {where}")
        expected = self.open[-1].tag
        if name and name != expected:
            raise unparsable(f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{name}>"')
        self.at += 1
        self.close(self.open.pop())

    def close(self, tag: Open) -> None:
        if self.offset == tag.offset:
            return  # nothing inside: Telegram makes no entity of it
        entity = {"type": TAGS[tag.tag], "offset": tag.offset, "length": self.offset - tag.offset}
        finish = FINISH.get(tag.tag)
        if finish is None or finish(self, tag, entity):
            self.entities.append(entity)


def finish_link(parser: Parser, tag: Open, entity: Entity) -> bool:
    """A link without an address takes its own text; one that can't be an address is only text."""
    url = (tag.attributes.get("href") or "".join(parser.plain[tag.begins :])).strip()
    if re.match(r"(?:https?|tg|tel|mailto|ton|tonsite):", url, re.I):
        entity["url"] = url
    elif re.fullmatch(r"[\w.-]+\.[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?", url):
        entity["url"] = f"http://{url}"
    return "url" in entity


def finish_quote(_parser: Parser, tag: Open, entity: Entity) -> bool:
    if "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    return True


def finish_emoji(_parser: Parser, tag: Open, entity: Entity) -> bool:
    entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
    if not re.fullmatch(r"[1-9]\d*", entity["custom_emoji_id"]):
        raise unparsable("Invalid custom emoji identifier specified")
    return True


def finish_code(_parser: Parser, tag: Open, entity: Entity) -> bool:
    """`<pre><code class="language-x">` is one entity, made when the `pre` ends."""
    language = tag.attributes.get("class", "")
    if language.startswith("language-"):
        entity["language"] = language.removeprefix("language-")
    return True


def finish_pre(parser: Parser, _tag: Open, entity: Entity) -> bool:
    last = parser.entities[-1] if parser.entities else {}
    inside = last.get("type") == "code" and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
    if inside and "language" in last:
        entity["language"] = parser.entities.pop()["language"]
    return True


FINISH = {
    "a": finish_link,
    "blockquote": finish_quote,
    "tg-emoji": finish_emoji,
    "code": finish_code,
    "pre": finish_pre,
}


def unparsable(words: str) -> Exception:
    return bad(f"can't parse entities: {words}")


def tidy(entities: list[Entity]) -> list[Entity]:
    """In reading order, the outer before the inner, and nothing inside `code` and `pre`."""
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    ordered = sorted(entities, key=lambda e: (e["offset"], -e["length"]))
    fixed = [e for e in ordered if e["type"] in ("code", "pre")]
    return [e for e in ordered if e in fixed or not any(overlap(e, f) and not around(e, f) for f in fixed)]


def overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def around(one: Entity, other: Entity) -> bool:
    """`one` holds `other` and more: a quote with code in it keeps both."""
    ends, other_ends = one["offset"] + one["length"], other["offset"] + other["length"]
    holds = one["offset"] <= other["offset"] and other_ends <= ends
    return holds and str(one["type"]).endswith("blockquote")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, or a refusal in Telegram's words."""
    return Parser(source).parse()
