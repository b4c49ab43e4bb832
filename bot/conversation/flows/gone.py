"""Sums that are said to be no longer to be had: "it was 900 a week, but I can't go back to it"."""

from __future__ import annotations

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.shape import Step

PART = splitter("but")


def without_gone(step: Step, text: str) -> str | None:
    """The message without them and the words that say so ("" if nothing is left); None where none is gone."""
    parts = [part for part in PART.split(text) if part]
    gone = [i for i, part in enumerate(parts) if any(stands(form(phrase), part) for phrase in step.gone)]
    if not gone:
        return None
    out = {j for i in gone for j in (i, _sum_of(parts, i))}
    return ", ".join(part for i, part in enumerate(parts) if i not in out)


def _sum_of(parts: list[str], i: int) -> int:
    """The part that names the sum which part `i` speaks of: itself, or the last one before it."""
    return next((j for j in range(i, -1, -1) if find_amounts(parts[j])), i)
