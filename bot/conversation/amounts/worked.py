"""How much of a year pay is for: "13 an hour, 30 hours, not summers"."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.amounts.amount import Amount, find_amounts
from bot.conversation.amounts.tokens import plain

MOST_HOURS: Final = 80  # of work in a week
LEAST_HOURS: Final = 5  # a smaller figure of hours is hardly a week's
HOURS_A_YEAR: Final = 2080  # 40 hours, 52 weeks: how BLS turns hourly into yearly pay
WEEKS_A_YEAR: Final = 52
FULL_WEEK: Final = HOURS_A_YEAR // WEEKS_A_YEAR  # hours that are taken where none are said
MONTHS_A_YEAR: Final = 12
SCHOOL_MONTHS: Final = 9
LEAST_MONTHS: Final = 6

_SHIFT = re.compile(r"[- ]*(?:shifts?|days?|nights?|a day|per day)\b")
_SCHOOL = re.compile(
    r"\b(?:not (?:in |over |during )?(?:the )?summers?|no summers?|summers? off"
    r"|(?:except|without|minus) (?:the )?summers?|(?:only |just )?school (?:months|year))\b"
)
_SO_LONG = re.compile(r"\b(?:been|since|ago|started|there|last|past|over|in|after|left|until)\b")  # tells since when
_DENIED = re.compile(r"\b(?:not|no|instead of|rather than) (?:the |for |a )?$")


def hours_a_week(text: str) -> float | None:
    """Hours a week that stand beside pay ("16.50 but only 25 hrs a week", "13 an hour, 30 hours")."""
    amounts = find_amounts(text)
    weekly = [a.high for a in amounts if a.unit == "hour" and a.per == "week" and 0 < a.high <= MOST_HOURS]
    if not weekly and any(a.unit != "hour" for a in amounts):
        weekly = [a.high for a in amounts if _may_be_a_week(text, a)]
    return weekly[0] if len(weekly) == 1 else None


def _may_be_a_week(text: str, amount: Amount) -> bool:
    hours = amount.unit == "hour" and not amount.per and LEAST_HOURS <= amount.high <= MOST_HOURS
    return hours and not _SHIFT.match(plain(text[amount.span[1] :])[0])


def week_worked(text: str) -> float | None:
    """Hours of a week's work said without any pay: "36 hours, not 40", "not 40 hours but 36", "my hours are 36 a week".

    Where several are said or none, None.
    """
    said = plain(text)[0]
    amounts = [a for a in find_amounts(text) if not a.currency and LEAST_HOURS <= a.high <= MOST_HOURS]
    denied = [a for a in amounts if _DENIED.search(said[: a.span[0]])]
    held = [a for a in amounts if a not in denied]
    hours = [a.high for a in held if _may_be_a_week(text, a) or (a.unit == "hour" and a.per == "week")]
    if not hours and re.search(r"\b(?:hours|hrs)\b", said):
        hours = [a.high for a in held if not a.unit and (a.per == "week" or (denied and not a.per))]
    return hours[0] if len(set(hours)) == 1 else None


def months_a_year(text: str) -> float | None:
    """The months of a year that are worked, where they are said to be fewer than all."""
    said = plain(text)[0]
    months = [a.high for a in find_amounts(text) if a.unit == "month" and LEAST_MONTHS <= a.high < MONTHS_A_YEAR]
    if len(months) == 1 and not _SO_LONG.search(said):
        return months[0]
    return SCHOOL_MONTHS if _SCHOOL.search(said) else None


def hours_worked(text: str) -> float:
    """Hours a year; those of full time, all year round, where nothing else is said."""
    weekly, months = hours_a_week(text), months_a_year(text)
    hours = HOURS_A_YEAR if weekly is None else weekly * WEEKS_A_YEAR
    return hours if months is None else hours * months / MONTHS_A_YEAR
