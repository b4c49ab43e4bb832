"""Long Telegram HTML -> several messages, cut between paragraphs where possible and never inside a tag."""

from __future__ import annotations

import re

from bot.conversation.plain_text import plain_text

LIMIT = 4096  # characters that people see; markup does not count
TOKEN = re.compile(r"<[^>]+>|&[#\w]+;|\s+|[^<&\s]+|[<&]")
TAG = re.compile(r"</?([a-z-]+)")


def split_html(html: str, limit: int = LIMIT) -> list[str]:
    """Pieces of at most `limit` visible characters, each with its own tags opened and closed."""
    if 2 * len(html) <= limit or visible(html) <= limit:  # no character counts more than twice
        return [html]
    pieces: list[str] = []
    open_tags: list[str] = []
    piece = ""
    for part in _parts(html, limit):
        opened = "".join(open_tags)
        if piece and visible(piece + part) > limit:
            pieces.append(_closed(piece, open_tags))
            piece = opened
            part = part.lstrip()
        piece += part
        _follow(part, open_tags)
    return [p for p in [*pieces, _closed(piece, open_tags)] if visible(p.strip())]


def visible(html: str) -> int:
    """How many characters a person sees, as Telegram counts them: an emoji is two."""
    return len(plain_text(html).encode("utf-16-le")) // 2


def _parts(html: str, limit: int) -> list[str]:
    """Paragraphs; those that are too long by themselves as words, and words too long as slices."""
    parts: list[str] = []
    for paragraph in re.split(r"(?<=\n\n)", html):
        if visible(paragraph) <= limit:
            parts.append(paragraph)
            continue
        for token in TOKEN.findall(paragraph):
            whole = token.startswith(("<", "&")) or visible(token) <= limit
            parts += [token] if whole else _slices(token, limit // 2)
    return parts


def _slices(word: str, size: int) -> list[str]:
    return [word[i : i + size] for i in range(0, len(word), size)]


def _follow(part: str, open_tags: list[str]) -> None:
    for tag in re.findall(r"<[^>]+>", part):
        if not tag.startswith("</"):
            open_tags.append(tag)
        elif open_tags:
            open_tags.pop()


def _closed(piece: str, open_tags: list[str]) -> str:
    names = [match[1] for tag in reversed(open_tags) if (match := TAG.match(tag))]
    return piece.rstrip() + "".join(f"</{name}>" for name in names)
