"""Lines of a question log to add up, written by hand."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from bot.store import Logged, Question

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 3)
NUMBERS = itertools.count(1)


def line(person: str = "ann", outcome: str = "answered", answers: str = "program_cost", **more: Any) -> Logged:
    """One line; `text`, `day`, `vote` and so on as keywords."""
    marks = {name: more.pop(name) for name in ("vote", "reason", "chosen") if name in more}
    names = tuple(answers.split())
    plain: dict[str, Any] = {"text": "", "day": "2026-11-02", "probability": 1.0, "intent": next(iter(names), "")}
    plain |= more
    return Logged(next(NUMBERS), person, Question(outcome=outcome, answers=names, **plain), **marks)


def step(person: str, name: str, verdict: str = "") -> Logged:
    return line(person, "flow", "", flow="enroll", step=name, verdict=verdict)
