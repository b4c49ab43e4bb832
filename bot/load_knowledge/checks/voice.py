"""The advisor's own lines: those that the rooms say, all there and none too many."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import bot
from bot.conversation.pictures.lines import WORDS
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.problems import did_you_mean, nearest


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


def _files(content: Content) -> tuple[tuple[str, Mapping[str, str], frozenset[str]], ...]:
    return (
        ("voice.yaml", content.knowledge.voice, spoken_lines()),
        ("pictures.yaml", content.knowledge.picture_words, WORDS),
    )
