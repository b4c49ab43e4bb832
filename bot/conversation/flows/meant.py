"""Of several sums in one message, the one that the step asks for: "it was 84,000, I could get 75,000 now"."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.shape import Step

PIECE = splitter("but", "plus", r"and(?= (?:about |around |maybe )?\$?\d)")
TOP = r"(?:tips?|overtime|ot|bonus(?:es)?|commissions?)"
MORE = re.compile(
    rf"\b(?:with|w|counting|including|incl|after)\b[/ ]*(?:the |my |all )?{TOP}\b"
    rf"|\b{TOP}\b[^.;]*\b(?:so|makes?|comes? (?:out )?to|it'?s|that'?s)\b",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"\b(?:not|no|never|wont|cant|dont|\w+n['’]t) (?:\w+ ){0,4}(?:more than|over|above)\b|\bno more than\b|\bat most\b"
    r"|\bmax(?:imum)?\b|\btops\b|\bwould only (?:spend|pay)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|used to|(?<!say )(?<!said )(?<!told you )before(?! tax)|previously|back then|made|former(?:ly)?"
    r"|my (?:last|old) (?:job|pay|salary))\b",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:now|today|currently|could|might|can|would|these days|realistically)\b", re.IGNORECASE)
HOURS = re.compile(r"\b\d+ ?(?:hours|hrs)\b", re.IGNORECASE)
LONG_GONE = re.compile(
    r"(?<!say )(?<!said )\bbefore\W*$|\bused to (?:make|earn|get)\b"
    r"|\bmy (?:last|old|former) (?:job|pay|salary|wages?)\b",
    re.IGNORECASE,
)


def meant_sum(step: Step, text: str) -> str:
    """The part of the message whose sum answers the step; all of it where nothing tells the sums apart."""
    told = [piece for piece in PIECE.split(text) if piece and find_amounts(piece)]
    hours = [piece for piece in told if HOURS.search(piece) and len(find_amounts(piece)) == 1]
    pieces = [piece for piece in told if piece not in hours]
    if step.kind != "money" or len(pieces) < 2:
        return text
    rules: tuple[Callable[[str], bool], ...] = (_counts_now, _is_limit, _has_no_span)
    for rule in (_counts_now, _holds_more) if step.per else rules[:2] if step.over else rules:
        kept = [piece for piece in pieces if rule(piece)]
        if 0 < len(kept) < len(pieces):
            return ", ".join([*kept, *hours])
    return text


def _holds_more(piece: str) -> bool:
    """ "But with tips it's 19": what comes on top is in this one."""
    return MORE.search(piece) is not None


def _is_limit(piece: str) -> bool:
    return LIMIT.search(piece) is not None


def _counts_now(piece: str) -> bool:
    return PAST.search(piece) is None or NOW.search(piece) is not None


def _has_no_span(piece: str) -> bool:
    return not any(amount.per for amount in find_amounts(piece))


def is_of_before(step: Step, text: str) -> bool:
    """Whether the one sum that is said was pay of an earlier time, where something else is asked for."""
    return step.kind == "money" and step.per != "year" and LONG_GONE.search(text) is not None
