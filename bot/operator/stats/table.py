"""The log line by line, as a table that a spreadsheet may open: no cell of it is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.operator.stats.people import who
from bot.store import Logged

COLUMNS = (
    "number", "day", "hour", "person", "how", "outcome", "text", "intent", "answers", "probability", "chosen", "vote",
    "reason", "again", "flow", "step", "verdict", "milliseconds", "version",
)  # fmt: skip
# What Excel, LibreOffice and others begin a formula with, also in the width of East Asian type.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def rows(lines: Sequence[Logged]) -> list[dict[str, Any]]:
    """A line each. People are numbered anew in every export, so that two exports can't be laid side by side."""
    people: dict[str, int] = {}
    told = []
    for line in lines:
        asked = line.question
        person = people.setdefault(who(line), len(people) + 1)
        own = {"number": line.number, "person": person, "chosen": line.chosen, "vote": line.vote, "reason": line.reason}
        plain = {name: getattr(asked, name) for name in COLUMNS if name not in own}
        plain |= own | {"answers": " ".join(asked.answers), "again": int(asked.again), "text": whole(asked.text)}
        told.append({name: plain[name] for name in COLUMNS})
    return told


def cells(lines: Sequence[Logged]) -> Iterable[list[object]]:
    return ([safe(value) for value in row.values()] for row in rows(lines))


def safe(value: object) -> object:
    """A number as it is; text on one line, with an apostrophe before what a spreadsheet would take for a formula.

    A carriage return inside a cell would begin a new row for some of them.
    """
    if not isinstance(value, str):
        return value
    told = CONTROL.sub(" ", value)
    return f"'{told}" if value.lstrip(" \u00a0").startswith(FORMULA) else told


def whole(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
