"""Sums in one message that belong together: "2000 from me and 800 from her", "16.50 plus 2 dollars night diff"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.conversation.amounts.amount import Amount
from bot.conversation.amounts.tokens import plain

PLUS = re.compile(r"\bplus\b|\+|\bon top\b")
FROM = re.compile(r"\bfrom (?:me|us|my|mine|him|her|them|mom|dad|our|his)\b.*\band\b")
GIVES = re.compile(
    r"\band (?:my )?(?:\w+ ){1,2}(?:has|have|had|saved|gives?|puts?|adds?|chips?|throws?|is giving"
    r"|(?:can|could|will|would) (?:give|put|add|chip|throw|help|pay))\b"
    r"|(?:\b(?:and|n|also)\b|[&,])\s*(?:[\w'’]+\s+){1,6}?(?:gives?|giving|puts?|adds?|adding|chips?|throws?|throwing"
    r"|chipping|kicks?|lends?|match(?:es)?)\b"
)
SPENDS = re.compile(
    r"\b(?:rent|bills?|costs?|owes?|debts?|loans?|tuition|books?|fees?|charges?|wants?|asks?|needs?|or|not|instead|if"
    r"|earns?|makes?|to pay|exam|month|week|kids?|years?|credits?)\b"
)
DIFFERENTIAL = re.compile(r"\b(?:diff|differential|shift|tips?)\b")
LEAST = 50  # dollars that are given; a smaller figure counts something else
NEAR = 30  # letters behind a figure that say what it is


def added(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """The sum of all amounts, where the words between them put them together; None otherwise."""
    if len(amounts) < 2 or any(a.per != amounts[0].per or a.foreign or a.unit or a.low < LEAST for a in amounts):
        return None
    said = plain(text)[0]
    pairs = pairwise(amounts)
    if not all(_puts_together(said[one.span[1] : other.span[0]]) for one, other in pairs):
        return None
    if SPENDS.search(_behind(said, amounts[-1])):
        return None
    return amounts[0].but(low=sum(a.low for a in amounts), high=sum(a.high for a in amounts))


def _puts_together(between: str) -> bool:
    joined = PLUS.search(between) or FROM.search(between) or GIVES.search(between)
    return joined is not None and not SPENDS.search(between)


def _behind(said: str, amount: Amount) -> str:
    return said[amount.span[1] : amount.span[1] + NEAR]


def with_differential(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """Pay by the hour with what a shift adds to it."""
    said = plain(text)[0]
    for pay, more in pairwise(amounts):
        between = said[pay.span[1] : more.span[0]]
        by_hour = pay.per in ("", "hour") and more.per in ("", "hour") and more.high < pay.low
        if by_hour and PLUS.search(between) and DIFFERENTIAL.search(_behind(said, more)):
            return pay.but(low=pay.low + more.low, high=pay.high + more.high, per="hour", unit="")
    return None
