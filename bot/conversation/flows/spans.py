"""A length of time told in figures picks among options for lengths of time: "10 weeks", "a year and a half"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.amounts import Amount, find_amounts, read_months
from bot.conversation.flows.negation import CLAUSE, NOT
from bot.conversation.flows.shape import Option

WORD = re.compile(r"[^\W_]+")
AT_MOST = re.compile(
    r"\b(?:not?|never|(?:ca|wo|do|does|could|would)n['’]?t|cannot)\b(?:\W+\w+){0,4}?\W+"
    r"(?:more|longer|over|past|beyond)(?: than)?\b",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:been|since|ago|for the (?:last|past)|worked|already|old)\b", re.IGNORECASE)
LENGTHS = frozenset({"day", "week", "month", "year"})


def option_by_length(text: str, options: Mapping[str, Option]) -> str:
    """The option in whose span the one length of time lies that is said and not denied; "" where there is none.

    A figure says more than the words around it: "I can wait 3 months" is no "I can wait".
    """
    spans = {name: option.span for name, option in options.items() if option.span}
    told = [months for clause in CLAUSE.split(AT_MOST.sub(" ", text)) if (months := _months(clause)) is not None]
    if not spans or len(told) != 1:
        return ""
    return next((name for name, (least, below) in spans.items() if least <= told[0] < below), "")


def _months(clause: str) -> float | None:
    said = {word.replace("'", "").replace("’", "") for word in re.findall(r"[\w'’]+", clause.lower())}
    if PAST.search(clause) or not NOT.isdisjoint(said):
        return None
    amounts = find_amounts(clause)
    if any(a.per or a.unit == "hour" for a in amounts):  # "3 hours a week"
        return None
    read = read_months(clause)
    if not isinstance(read, Amount) or read.assumed:
        return None
    counted = [a for a in amounts if a.unit in LENGTHS]
    return read.high if len(counted) < 2 else None
