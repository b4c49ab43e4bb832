"""One answer to one question: money, pay, hours a week, length of time, share, number, or "I don't know"."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, Literal

from bot.conversation.amounts.adding import LEAST, added, with_differential
from bot.conversation.amounts.amount import Amount, Span, find_amounts, in_thousands
from bot.conversation.amounts.instalments import instalments
from bot.conversation.amounts.numbers import word_at
from bot.conversation.amounts.tokens import plain, tokens
from bot.conversation.amounts.week import day_or_week, read_week
from bot.conversation.amounts.worked import HOURS_A_YEAR

_A_YEAR: dict[str, float] = {"day": 260, "week": 52, "two weeks": 26, "month": 12, "year": 1, "": 1}
_MONTHS: dict[str, float] = {"day": 12 / 365, "week": 12 / 52, "two weeks": 24 / 52, "month": 1, "year": 12}
_WEEKS: dict[str, float] = {"day": 7, "week": 1, "two weeks": 1 / 2, "month": 12 / 52, "year": 1 / 52}


class Unknown(Enum):
    """An answer that says there is none: "dunno", "skip", "rather not say"."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
Read = Amount | Literal[Unknown.UNKNOWN] | None  # None: nothing of the kind was said

_NOTHING = re.compile(
    r"\b(nothing|n[ou]th?in|nuttin|none|nada|nil|zip|no (job|income|pay|money|savings|aid|grants?|help|cash|debt)|broke"
    r"|(couldn'?t|can'?t|could not|cannot) (earn|make|get) (anything|any money|a (dime|cent|penny))"
    r"|unemployed|not working|out of work|don'?t (work|have any)|stay at home|jobless)\b"
)
_UNKNOWN = re.compile(
    r"\b(dunno|idk|don'?t know|do not know|not sure|unsure|no (idea|clue)|skip|pass|who knows|prefer not|rather not"
    r"|can'?t say|hard to say|not certain|haven'?t (decided|thought|asked|checked|called|looked|heard)|undecided|no se"
    r"|n/a|next question|whatever|not a clue|beats me|search me|how (would|should) i know"
    r"|(couldn'?t|can'?t) (even )?tell (you|u)|(they|he|she|it|nobody|no one|school|there|office|advisor)"
    r" (never|didn'?t|did not|won'?t|wouldn'?t|don'?t|doesn'?t|hasn'?t|haven'?t)?"
    r"\s?(say|says|said|tell|told)( me| us)?( yet)?$)\b"
)
_OTHER_COUNT = re.compile(r"\b(semesters?|terms?|quarters?|class(es)?|credits?|courses?)\b")
_OF_DAYS = re.compile(
    r"^\s*(?:week ?)?(?:nights?|nites?|evenings?|mornings?|days?|weekends?|times?|kids?|jobs?|shifts?|class(?:es)?)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"(?:\b(?:so|total|equals?|makes|maybe|probably|altogether|say|call it|that'?s)\b|=)\W*"
    r"(?:(?:like|about|around|maybe|a|of|is|it)\W+)*$",
    re.IGNORECASE,
)
_FULL_TIME = re.compile(r"\bfull[- ]?time\b")
_PART_TIME = re.compile(r"\b(part|half)[- ]?time\b")


def is_unknown(text: str) -> bool:
    """Whether the text says "I don't know" or "skip", and names no amount beside it."""
    letters = plain(text)[0].strip(" .!")
    if letters and not letters.strip("? "):
        return True
    return bool(_UNKNOWN.search(letters)) and not find_amounts(text)


def says_no_pay(text: str) -> bool:
    """Whether it says that there is nothing: "so I guess nothing really"."""
    return bool(_NOTHING.search(plain(text)[0]))


def _first(text: str, *units: str) -> Read:
    """The first amount counted in one of `units` ("" for none said), else what is said instead of an amount."""
    for amount in find_amounts(text):
        if amount.unit in units:
            return amount
    if is_unknown(text):
        return UNKNOWN
    return Amount(0, 0) if says_no_pay(text) else None


def read_number(text: str) -> Read:
    """Any plain number: "about 15", "a dozen", "zero"."""
    return _first(text, "")


def read_count(text: str, unit: Span) -> Read:
    """A number of `unit` (one of time): "36", "36 weeks", and "9 months" as the weeks they hold."""
    amounts = find_amounts(text)
    counted = [a for a in amounts if a.unit == unit and not a.per]
    if counted:
        return counted[0]
    length = read_months(text) if _article_span(text) or any(a.unit in _MONTHS for a in amounts if a.unit) else None
    if isinstance(length, Amount):
        per = _MONTHS[unit]
        return length.but(low=round(length.low / per), high=round(length.high / per), unit=unit)
    return None if _OTHER_COUNT.search(plain(text)[0]) else _first(text, "")


def read_money(text: str) -> Read:
    """A sum of money, in dollars unless `foreign`: "2.5k", "between 2 and 3 grand", "99 down and 149 for 14 months"."""
    amounts = find_amounts(text)
    plan = instalments(text)
    if plan:
        return Amount(plan.total, plan.total, currency=True, span=plan.span)
    total = added(text, amounts)
    if total:
        return total
    said = [a for a in amounts if a.currency] or [a for a in amounts if not a.unit and (a.high >= LEAST or not a.high)]
    return said[0] if said else _first(text, "")


def read_share(text: str) -> Read:
    """A share in percent: "60%", "half", "one in three" is not read. A bare number is taken as percent."""
    read = _first(text, "percent", "")
    return read.but(unit="percent") if isinstance(read, Amount) else read


def read_pay(text: str) -> Read:
    """Pay with the time it is for. Where that is not said, `assumed` tells it was taken from the size of the figure.

    Below 7 nothing sensible can be assumed, and `per` stays empty.
    """
    amounts = [a for a in find_amounts(text) if a.unit not in ("percent", "month", "week", "year", "day")]
    more = with_differential(text, amounts)
    if more:
        return more
    paid = [a for a in amounts if a.per and a.unit == ""] or [a for a in amounts if a.currency] or amounts
    if not paid:
        return _first(text, "")
    pay = paid[0]
    if pay.unit == "hour":  # "18 hr"; "40 hours a week" and "a couple hours" tell no pay
        hours = pay.per or text[slice(*pay.span)].lower().rstrip().endswith("s")
        return None if hours else pay.but(unit="", per="hour")
    return pay if pay.per else _assume_rate(pay)


def _assume_rate(pay: Amount) -> Amount:
    """Nineteen is an hour's pay, forty-five is thousands a year, 3,000 a month's, 45,000 a year's."""
    size = pay.high
    if size == 0:
        return pay.but(per="year")
    if 40 <= size < 400 and not pay.currency:
        return in_thousands(pay).but(per="year")
    steps: tuple[tuple[float, Span], ...] = ((7, ""), (150, "hour"), (400, ""), (1000, "week"), (10_000, "month"))
    per = next((name for below, name in steps if size < below), "year")
    return pay.but(per=per, assumed="per" if per else "")


def yearly(amount: Amount, hours: float = HOURS_A_YEAR) -> Amount:
    """The same pay for a year; `hours` are those worked in a year. What names no time is taken as a year's."""
    factor = hours if amount.per == "hour" else _A_YEAR[amount.per]
    return amount.times(factor).but(per="year")


def monthly(amount: Amount, hours: float = HOURS_A_YEAR) -> Amount:
    """The same sum for a month. What names no time is taken as a month's."""
    return amount if amount.per in ("", "month") else yearly(amount, hours).times(1 / 12).but(per="month")


def read_hours(text: str) -> Read:
    """Hours a week: "15 hrs a week", "like 15", "2 hours a day" (seven days), "full time" (40), "part time" (20).

    None as well where they may be a day's or a week's: "2 hours after work".
    """
    week = read_week(text)
    if week or day_or_week(text):
        return week and week.but(unit="hour", per="week")
    read = _told_hours(text) or _first(text, "hour", "")
    if isinstance(read, Amount) and (read.high > 0 or find_amounts(text)):
        return read.times(_WEEKS.get(read.per, 1)).but(unit="hour", per="week", assumed="" if read.per else "per")
    letters = plain(text)[0]
    for words, hours in ((_FULL_TIME, 40), (_PART_TIME, 20)):
        if words.search(letters):
            return Amount(hours, hours, per="week", unit="hour", assumed="per")
    return read


def _told_hours(text: str) -> Amount | None:
    """The hours among other figures: "weekends + 1 night, maybe 8-10" tells no hour, "4 on my days off so 8" eight."""
    amounts = [a for a in find_amounts(text) if a.unit in ("hour", "")]
    hours = [a for a in amounts if a.unit or not _OF_DAYS.match(text[a.span[1] :])]
    if len(amounts) < 2 or not hours:
        return None
    return hours[-1] if _IN_ALL.search(text[: hours[-1].span[0]]) else hours[0]


def read_months(text: str) -> Read:
    """A length of time in months: "6 months", "a year and a half", "8-10 weeks"; a bare number counts months."""
    for amount in find_amounts(text):
        if amount.unit in _MONTHS and amount.unit:
            extra = 0.5 if _and_a_half(text, amount.span[1]) else 0.0
            longer = amount.but(low=amount.low + extra, high=amount.high + extra)
            return longer.times(_MONTHS[longer.unit]).but(unit="month")
    spoken = _article_span(text)
    if spoken:
        return spoken
    read = _first(text, "")
    return read.but(unit="month", assumed="per") if isinstance(read, Amount) else read


def _and_a_half(text: str, start: int) -> bool:
    return plain(text[start:])[0].lstrip().startswith("and a half")


def _article_span(text: str) -> Amount | None:
    """ "A year", "a year and a half", "a month": one, said with an article."""
    parts = tokens(text)
    for i, part in enumerate(parts):
        one = find_amounts(f"1 {word_at(parts, i + 1)}")
        if part.text in ("a", "an", "another") and one and one[0].unit in _MONTHS and one[0].unit:
            length = 1.5 if _and_a_half(text, parts[i + 1].end) else 1.0
            months = length * _MONTHS[one[0].unit]
            return Amount(months, months, unit="month", span=(part.start, parts[i + 1].end))
    return None
