"""A price that is paid in parts: "99 down, then 149 a month for 14 months", "4 payments of 600"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.amounts.amount import Amount, find_amounts

PAYMENT = r"(?:re)?(?:payments?|pmts?|instal?lments?)"
COUNTS = re.compile(
    rf"[\s-]{{0,8}}(?:more |other |equal |easy |further )?(?:(?:bi-?)?weekly |monthly )?(?:{PAYMENT}|times)\b",
    re.IGNORECASE,
)
TIMES = re.compile(r"\s*(?:x|×|\*|times)\s*$", re.IGNORECASE)
TIMES_BEHIND = re.compile(r"\s*(?:x|×|\*|times)(?=[\s$\d])", re.IGNORECASE)
FIRST = re.compile(
    r"\s*(?:(?:dollars?|bucks) )?(?:down\b|up ?-?front|(?:as (?:a|the) )?deposit\b|to (?:start|begin|enroll|sign up)\b"
    r"|today\b|now\b|at (?:signing|first|the start)|(?:as (?:a|the) )?down ?payment|initially|for the first\b"
    r"|first\b)",
    re.IGNORECASE,
)
FIRST_BEFORE = re.compile(
    r"\b(?:down ?payment|deposit|first payment|registration fee|start(?:ing)? with|pay first|sign ?up fee)"
    r"(?: (?:of|is|was|for))?(?: (?:like|about|only|just))*\s*$",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\b(?:in|into|over|across|split|divided)\b(?: in| into| over| by)?\s*$", re.IGNORECASE)
THEN = re.compile(r"\s*(?:dollars |bucks )?(?:(?:and|then|plus|the|,|\+|&|n)\s*)+$", re.IGNORECASE)
OR = re.compile(r"\bor\b", re.IGNORECASE)
IN = re.compile(r"\b(?:in|after|within|every|takes?|lasts?)\s*$", re.IGNORECASE)
A_YEAR = re.compile(r"\b(?:for|over) (?:a|one) (?:whole |full )?year\b", re.IGNORECASE)
EARNED = re.compile(
    r"\b(?:i|we|my|he|she)(?:['’]?m|['’]?ll| am| will| would|['’]?d)?(?: only| just)? "
    r"(?:make|earn|get|save|bring|clear|saved|made|earned|put (?:away|aside))"
    r"|\b(?:they|who|he|she|it|job|clinic) (?:will |would |only )?pays? me\b|\b(?:salary|wages?|stipend|benefits?|rent"
    r"|unemployment|severance|offer(?:ed|ing)? me)\b",
    re.IGNORECASE,
)
PER_YEAR = {"week": 52, "two weeks": 26, "month": 12, "year": 1}  # payments
MOST, LEAST_EACH, LEAST = 120, 5.0, 100.0  # payments; dollars of one, and of all
TOTAL_IS_NEAR = 1.0  # dollars, between the sum and a total that is said along with it


@dataclass(frozen=True, slots=True)
class Instalments:
    """`first` is paid at the start, then `each` so many times; `span` are the letters from the first to the last."""

    first: float
    each: float
    count: int
    span: tuple[int, int]

    @property
    def total(self) -> float:
        return round(self.first + self.each * self.count, 2)


@lru_cache(maxsize=16)
def instalments(text: str) -> Instalments | None:
    """None where there are none, or it can't be told which figure is what."""
    amounts = find_amounts(text)
    if not 1 <= len(amounts) <= 5 or any(a.foreign or a.low != a.high for a in amounts) or EARNED.search(text):
        return None
    first = next((a for a in amounts if not a.unit and _is_first(text, a)), None) or _before_count(text, amounts)
    others = [a for a in amounts if a is not first]
    count = _count(text, others)
    lasting = None if count else _length(text, others)
    if first and any(OR.search(text[first.span[1] : a.span[0]]) for a in others[:1]):
        return None  # "3,000 now or 300 a month": one or the other
    each = [a for a in others if a is not count and a is not lasting and not a.unit and a.low >= LEAST_EACH]
    times = count.low if count else _times(text, each[:1], lasting, named=first is not None)
    if not each or not float(times).is_integer() or not 2 <= times <= MOST or (count and _is_split(text, each[0])):
        return None
    used = [a for a in (first, each[0], count or lasting) if a]
    last = _end(text, used, lasting)
    plan = Instalments(first.low if first else 0.0, each[0].low, int(times), (min(a.span[0] for a in used), last))
    return plan if plan.total >= LEAST and all(abs(a.low - plan.total) <= TOTAL_IS_NEAR for a in each[1:]) else None


def in_one_sum(text: str) -> str:
    """The text with what is paid in parts written as the one sum that it comes to; itself for any other."""
    plan = instalments(text)
    return f"{text[: plan.span[0]]}${plan.total:.2f}{text[plan.span[1] :]}".replace(".00", "", 1) if plan else text


def _is_first(text: str, amount: Amount) -> bool:
    start, end = amount.span
    if amount.per and not FIRST_BEFORE.search(text[:start]):
        return False
    return bool(FIRST.match(text[end:]) or FIRST_BEFORE.search(text[:start]))


def _before_count(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """ "The 99 and then fourteen payments of 149"."""
    count = _count(text, amounts)
    before = [a for a in amounts if count and a.span[1] <= count.span[0]]
    lone = len(before) == 1 and not before[0].per and not before[0].unit and len(amounts) > len(before) + 1
    return before[0] if lone and count and THEN.match(text[before[0].span[1] : count.span[0]]) else None


def _count(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """The number of payments, where it is called so or stands beside a times."""
    for amount in amounts:
        if amount.currency or not float(amount.low).is_integer():
            continue
        behind, before = text[amount.span[1] :], text[: amount.span[0]]
        monthly = amount.per and text[slice(*amount.span)].lower().endswith("ly")  # "12 monthly payments"
        if (not amount.per or monthly) and COUNTS.match(behind):
            return amount
        if not amount.per and not amount.unit and TIMES_BEHIND.match(behind) and amount.low <= MOST:
            return amount
        if not amount.per and TIMES.search(before):
            return amount
    return None


def _length(text: str, amounts: Sequence[Amount]) -> Amount | None:
    """For how long it is paid."""
    spans = (a for a in amounts if a.unit in PER_YEAR and not a.per)
    return next((a for a in spans if not IN.search(text[: a.span[0]])), None)


def _times(text: str, each: Sequence[Amount], lasting: Amount | None, *, named: bool) -> float:
    """The number of payments in the length of time they go on; 0 where it is no matter of payments."""
    per = each[0].per if each else ""
    if per not in PER_YEAR and not (named and lasting):
        return 0
    if lasting is None:
        return PER_YEAR[per] if per != "year" and A_YEAR.search(text) else 0
    return round(lasting.low * PER_YEAR.get(per, 12) / PER_YEAR[lasting.unit]) if lasting.unit in PER_YEAR else 0


def _is_split(text: str, each: Amount) -> bool:
    """ "$2,000 in 4 payments", "the 99 and the 14 payments": the sum is all of it or the first, not one of those."""
    behind = text[each.span[1] :]
    number = find_amounts(behind)
    between = behind[: number[0].span[0]] if number else ""
    apart = SPLIT.search(between) or (THEN.match(between) and "," not in between)
    return not each.per and apart is not None


def _end(text: str, used: Sequence[Amount], lasting: Amount | None) -> int:
    end = max(a.span[1] for a in used)
    year = None if lasting else A_YEAR.search(text, end)
    for found in (COUNTS.match(text, end), FIRST.match(text, end), year):
        if found:
            return found.end()
    return end
