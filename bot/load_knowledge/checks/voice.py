"""The advisor's own lines: those that the rooms say, all there and none too many."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2.meta import find_undeclared_variables

import bot
from bot.conversation.pictures.lines import WORDS
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.problems import did_you_mean, nearest
from bot.load_knowledge.templates import parsed

# What the program fills into lines, whichever they are.
FILLED_IN = {
    "voice.yaml": frozenset({
        "answer", "assumed", "because", "before", "bot_name", "code", "contact", "count", "counts", "date", "days",
        "entries", "facts", "figures", "full", "hours", "items", "kept", "kind", "left_out", "link", "longest",
        "by_hour", "by_year", "each", "first", "less", "offered", "own", "percent", "same", "week",
        "months", "name", "newest", "number", "oldest", "operator", "other", "pay", "per", "place", "question", "read",
        "rows", "skip", "states", "sure", "text", "title", "told", "topic", "total", "understood", "up", "username",
        "version",
    }),
    "pictures.yaml": frozenset({
        "amount", "change", "first", "jobs", "label", "last", "measure", "median", "no_figure", "note", "p10", "p25",
        "p75", "p90", "points", "rank", "rising", "states", "subtitle", "told", "where", "who", "year",
    }),
}  # fmt: skip


@cache
def spoken_lines() -> frozenset[str]:
    """Keys of voice.yaml that some room says: each room that speaks lists its own in a `lines.py`."""
    house = Path(bot.__path__[0])
    rooms = [".".join(file.parent.relative_to(house.parent).parts) for file in house.rglob("lines.py")]
    return frozenset().union(*(getattr(importlib.import_module(f"{room}.lines"), "LINES", ()) for room in rooms))


@rule(
    "missing-line",
    why="Where this line should be said, the person would get an apology instead.",
    fix="Add it; docs/content-check.md says how to see what a line is for.",
)
def missing_lines(content: Content) -> Iterator[Found]:
    for file, words, wanted in _files(content):
        for key in sorted(wanted - words.keys()):
            yield Found(file, f"'{key}' is missing", fix=f'{key}: "What to say here."')


@rule(
    "unknown-line",
    why="A line that nothing says is either a slip in its name, or left over.",
    fix="Delete it.",
)
def unknown_lines(content: Content) -> Iterator[Found]:
    for file, words, wanted in _files(content):
        for key in sorted(words.keys() - wanted):
            near = nearest(key, wanted - words.keys())
            fix = f"Write {near} instead of {key}." if near else ""
            yield Found(file, f"unknown key '{key}'{did_you_mean(key, wanted)}", (key,), fix)


@rule(
    "line-names",
    why="Where this line should be said, the person would get an apology instead.",
    fix="Between {{ and }} stands a name that the program fills in; the same line of knowledge/ shows which.",
)
def names_in_lines(content: Content) -> Iterator[Found]:
    for file, words, _ in _files(content):
        given = FILLED_IN[file]
        for key, text in words.items():
            if "{" not in text:
                continue
            tree = parsed(text)
            yield from (Found(file, flaw.what, (key,)) for flaw in tree.flaws)
            for name in sorted(find_undeclared_variables(tree.tree) - given) if tree.tree else ():
                near = nearest(name, given)
                fix = f"Write {near} instead of {name}." if near else ""
                yield Found(file, f"nothing is known by the name '{name}'{did_you_mean(name, given)}", (key,), fix)


def _files(content: Content) -> tuple[tuple[str, Mapping[str, str], frozenset[str]], ...]:
    return (
        ("voice.yaml", content.knowledge.voice, spoken_lines()),
        ("pictures.yaml", content.knowledge.picture_words, WORDS),
    )
