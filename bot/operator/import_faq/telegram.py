"""Markdown -> the few tags that Telegram knows, and what of it these can't show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
FULL = MarkdownIt("commonmark", {"html": True}).enable("table")  # reads as such what people then see as it was typed
LOST = {"table_open": "a table", "html_block": "HTML", "html_inline": "HTML", "image": "a picture"}
INLINE = {
    "strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>",
    "s_open": "<s>", "s_close": "</s>", "softbreak": " ", "hardbreak": "\n",
}  # fmt: skip
JINJA = re.compile(r"(\{\{|\{%|\{#)")


def lost(text: str) -> list[str]:
    """What in Markdown Telegram can't show, in plain words: a table, HTML, a picture."""
    tokens = [inner for token in FULL.parse(text) for inner in (token, *(token.children or ()))]
    return list(dict.fromkeys(LOST[token.type] for token in tokens if token.type in LOST))


def to_telegram(text: str) -> str:
    """Markdown as Telegram HTML: bold, italic, struck, code, links; all lists with bullets; everything else escaped.

    What a template would take for its own ("{{") is written so that it stays text.
    """
    return JINJA.sub(r"{{ '\1' }}", "\n\n".join(_blocks(PARSER.parse(text))))


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """One text a paragraph; the items of a list are one text, a line each."""
    items: list[str] = []
    depth = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            if not depth:
                yield "\n".join(items)
                items = []
        elif token.type == "inline" and depth:
            items.append(f"• {_inline(token)}")
        elif token.type == "inline":
            yield _inline(token)
        elif token.type in {"fence", "code_block"}:
            yield f"<code>{html.escape(token.content.rstrip(), quote=False)}</code>"


def _inline(inline: Token) -> str:
    return "".join(_piece(child) for child in inline.children or ())


def _piece(token: Token) -> str:
    if token.type == "link_open":
        return f'<a href="{html.escape(str(token.attrGet("href")))}">'
    if token.type == "link_close":
        return "</a>"
    if token.type == "code_inline":
        return f"<code>{html.escape(token.content, quote=False)}</code>"
    return INLINE.get(token.type, html.escape(token.content, quote=False))
