"""A report in words and as a page. The words are in `words.jinja` and `page.jinja` beside this file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import jinja2

from bot.conversation.knowledge import Knowledge
from bot.operator.stats.misses import ENOUGH
from bot.operator.stats.report import Report

FEW = 10  # a share of fewer is told as a count alone
OUTCOMES: Mapping[str, str] = {
    "answered": "answered",
    "offered": "asked back “did you mean”",
    "place": "asked back which place",
    "refused": "not understood",
    "not_ours": "not ours to answer",
}
REASONS: Mapping[str, str] = {
    "wrong": "wrong", "old": "out of date", "unclear": "unclear", "not_mine": "not the question",
}  # fmt: skip


def share(part: int, whole: int) -> str:
    """ "81% (252 of 312)"."""
    counted = f"{part:,} of {whole:,}"
    return counted if whole < FEW else f"{part / whole:.0%} ({counted})"


def day(date: dt.date) -> str:
    return f"{date:%b} {date.day}, {date.year}"


def plural(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def environment() -> jinja2.Environment:
    loaded = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.globals |= {
        "share": share, "day": day, "plural": plural, "OUTCOMES": OUTCOMES, "REASONS": REASONS, "ENOUGH": ENOUGH,
    }  # fmt: skip
    return loaded


def in_words(report: Report) -> str:
    """The report as Telegram HTML, short enough for a chat."""
    return environment().get_template("words.jinja").render(r=report).strip()


def as_page(report: Report, knowledge: Knowledge) -> str:
    """The report as one HTML page that needs nothing else: no script, no picture, no network."""
    return environment().get_template("page.jinja").render(r=report, career=knowledge.career)
