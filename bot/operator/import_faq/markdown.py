"""Markdown -> pairs (a heading asks, the text below answers), and -> the few tags that Telegram knows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.operator.import_faq.tables import CannotImport, Pair, text_of

PARSER = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
INLINE = {
    "strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>",
    "s_open": "<s>", "s_close": "</s>", "softbreak": " ", "hardbreak": "\n",
}  # fmt: skip
JINJA = re.compile(r"(\{\{|\{%|\{#)")


def read_markdown(path: Path) -> list[Pair]:
    """The pairs of a Markdown file. Raises CannotImport.

    A heading with nothing below it is a title if it is the first, or if smaller headings follow.
    """
    text = text_of(path)
    pairs = list(_pairs(path, text.splitlines(), PARSER.parse(text)))
    if bare := [pair for pair in pairs if not pair.answer]:
        what = "has no answer below it; write one or delete the heading"
        raise CannotImport("\n".join(f"{pair.file}:{pair.line}: “{pair.question}” {what}" for pair in bare))
    if not pairs:
        raise CannotImport(f"{path}:1: has no question: write each as a heading (## How long is it?) over its answer")
    return pairs


def _pairs(path: Path, lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Pair]:
    """A pair for each heading but titles; the answer of one with nothing below it is empty."""
    headings = [(at, token) for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    if not headings:
        return
    ends = [token.map[0] for _, token in headings[1:] if token.map] + [len(lines)]
    sizes = [token.tag for _, token in headings[1:]] + [""]  # h1 is the largest
    for (at, token), end, next_size in zip(headings, ends, sizes, strict=True):
        first, below = token.map or (0, 0)
        answer = "\n".join(lines[below:end]).strip()
        if answer or (at and next_size <= token.tag):
            yield Pair(str(path), first + 1, _plain(tokens[at + 1]), answer)


def _plain(inline: Token) -> str:
    return "".join(child.content or " " for child in inline.children or ()).strip()


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
