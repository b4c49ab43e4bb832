"""Sums that are said to be no longer to be had: "it was 900 a week, but I can't go back to it"."""

from __future__ import annotations

import re

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.shape import Step

PART = splitter("but")
CANT = re.compile(
    r"\b(?:(?:couldn|can|won|wouldn)['’]?t|could not|cannot|can not|not able to|unable to|never)"
    r"(?: (?:even|ever|really|physically|possibly|just))* (?:do|go back|work|handle|take|manage|stand)\b"
    r"(?: (?:to|at|in))?(?: (?:it|that|this|them|there|those|the|my|job|work|kind of|like|old)\b)*"
    r"(?: (?:again|anymore|any more|any longer|no more|now|these days|with my|because|on my)\b|\W*$)",
    re.IGNORECASE,
)


def without_gone(step: Step, text: str) -> str | None:
    """The message without them and the words that say so ("" if nothing is left); None where none is gone."""
    parts = [part for part in PART.split(text) if part]
    gone = [i for i, part in enumerate(parts) if step.gone and _is_gone(step, part)]
    if not gone:
        return None
    out = {j for i in gone for j in (i, _sum_of(parts, i))}
    return ", ".join(part for i, part in enumerate(parts) if i not in out)


def _is_gone(step: Step, part: str) -> bool:
    return bool(CANT.search(part)) or any(stands(form(phrase), part) for phrase in step.gone)


def _sum_of(parts: list[str], i: int) -> int:
    """The part that names the sum which part `i` speaks of: itself, or the last one before it."""
    return next((j for j in range(i, -1, -1) if find_amounts(parts[j])), i)
