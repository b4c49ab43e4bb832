"""The question log -> what went wrong in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.store import Logged

NOT_OURS = "not_ours"
NONE = "none"  # what the log calls "none of these"
KINDS = {
    "none": "none of those offered",
    "refused": "not understood",
    "down": "thumb down",
    "again": "asked again",
    "left": "choice left open",
    NOT_OURS: "taken for not ours",
}


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that did not get its answer: `kind` is one of KINDS, `answers` what was said or offered instead."""

    text: str
    day: str
    kind: str
    answers: tuple[str, ...] = ()


def misses(lines: Iterable[Logged]) -> Iterator[Miss]:
    """One for each line that went wrong and still has its words."""
    for line in lines:
        kind = _kind(line)
        if kind and line.question.text:
            yield Miss(line.question.text, line.question.day, kind, line.question.answers)


def _kind(line: Logged) -> str:
    asked = line.question
    if line.chosen == NONE:
        return "none"
    if asked.outcome == "refused":
        return "refused"
    if line.vote == "down":
        return "down"
    if asked.again:
        return "again"
    if asked.outcome == NOT_OURS:
        return NOT_OURS
    return "left" if asked.outcome == "offered" and not line.chosen else ""
