"""Markdown -> pairs (a heading, a bold question or "Q:" asks, the text below answers)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from markdown_it.token import Token

from bot.operator.import_faq.tables import CannotImport, Pair, Read, text_of
from bot.operator.import_faq.telegram import PARSER

FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
MARKED = re.compile(r"Q(?:uestion)?\s?\d*[:.)]\s*(?P<asks>\S.*)", re.IGNORECASE)
BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<asks>.+?)(?P=mark):?\s*(?P<answers>.*)")
BELOW_HEADINGS = "q"  # sorts after h1 to h6, as a size


@dataclass(frozen=True, slots=True)
class Asker:
    """What asks: its first line and the first below it, from 0; its size, h1 the largest; an answer begun beside it."""

    line: int
    below: int
    size: str
    text: str
    answer: str = ""


def read_markdown(path: Path) -> Read:
    """The pairs of a Markdown file, and what was left out. Raises CannotImport.

    A heading with nothing below it is a title if it is the first, or if smaller ones follow; the first of all is one
    too if it asks nothing and stands over the others.
    """
    text = text_of(path).replace("\r\n", "\n")
    left = []
    if front := FRONT_MATTER.match(text):
        left.append(f"{path}:1: the lines between --- and --- on top were left out")
        text = "\n" * front[0].count("\n") + text[front.end() :]
    lines = text.splitlines()
    tokens = PARSER.parse(text)
    askers = [one for at, token in enumerate(tokens) for one in _askers(token, tokens, at, lines)]
    before = next((at for at, line in enumerate(lines[: askers[0].line]) if line.strip()), None) if askers else None
    if before is not None:
        left.append(f"{path}:{before + 1}: the text above the first question was left out")
    pairs: list[Pair] = []
    for index, (one, answer) in enumerate(_with_answers(askers, lines)):
        at, after = f"{path}:{one.line + 1}: “{one.text}”", askers[index + 1 : index + 2]
        if not index and _is_title(one, askers[1:]):
            left += [f"{at} was taken for the title of the page; the text below it was left out"] if answer else []
        elif answer:
            pairs.append(Pair(str(path), one.line + 1, one.text, answer))
        elif index and not (after and after[0].size > one.size):
            left.append(f"{at} has no answer below it, and was left out")
    if not pairs:
        what = f"{path}:1: has no question: write each as a heading (## How long is it?) over its answer"
        raise CannotImport("\n".join((*left, what)))
    return Read(pairs, left)


def _is_title(first: Asker, others: Sequence[Asker]) -> bool:
    asks = first.text.endswith("?") or not others
    return not asks and all(other.size > first.size or other.text.endswith("?") for other in others)


def _askers(token: Token, tokens: Sequence[Token], at: int, lines: Sequence[str]) -> Iterator[Asker]:
    """A heading, or the lines of a paragraph that are marked as questions or are bold ones."""
    if token.level or token.map is None:
        return
    first, below = token.map
    if token.type == "heading_open":
        yield Asker(first, below, token.tag, _plain(tokens[at + 1]))
    elif token.type == "paragraph_open":
        for number in range(first, below):
            line = lines[number].strip()
            bold = BOLD.fullmatch(line)
            marked = MARKED.fullmatch(bold["asks"].strip() if bold else line)
            if bold and (marked or bold["asks"].rstrip().endswith("?")):
                asks = marked["asks"] if marked else bold["asks"]
                yield Asker(number, number + 1, BELOW_HEADINGS, asks.strip(), bold["answers"])
            elif marked:
                yield Asker(number, number + 1, BELOW_HEADINGS, marked["asks"])
            elif bold and (split := MARKED.fullmatch(f"{bold['asks'].strip()} {bold['answers']}")):  # **Q:** Is it far?
                yield Asker(number, number + 1, BELOW_HEADINGS, split["asks"])


def _with_answers(askers: Sequence[Asker], lines: Sequence[str]) -> Iterator[tuple[Asker, str]]:
    for one, next_one in zip_longest(askers, askers[1:]):
        end = next_one.line if next_one else len(lines)
        yield one, "\n".join((one.answer, *lines[one.below : end])).strip()


def _plain(inline: Token) -> str:
    return "".join(child.content or " " for child in inline.children or ()).strip()
