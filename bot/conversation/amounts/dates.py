"""A day as people name it: "in march", "next spring", "asap", "3/15", "in 6 weeks"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from bot.conversation.amounts.amount import Amount
from bot.conversation.amounts.reading import UNKNOWN, Unknown, is_unknown, read_months
from bot.conversation.amounts.tokens import plain

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = (
    {name: n for n, name in enumerate(_NAMES, 1)} | {name[:3]: n for n, name in enumerate(_NAMES, 1)} | {"sept": 9}
)
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_NOW = re.compile(r"\b(asap|now|today|immediately|right away|straight away|anytime|any time|soon|yesterday|whenever)\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_US = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?\b")
_NAMED = re.compile(rf"\b({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?(?: +(\d{{1,2}})(?:st|nd|rd|th)?\b)?")
_YEAR = re.compile(r"\b(20\d\d)\b")
_NEXT = re.compile(r"\bnext (week|month|year)\b")
_EARLIEST, _LATEST = 0, 10  # years from today that a plan may start in

When = dt.date | Literal[Unknown.UNKNOWN] | None


def read_date(text: str, today: dt.date) -> When:
    """The day meant, on or after `today` where only a month, season or weekday is named; the first day of it.

    None when no day is named or it does not exist ("feb 31") or lies more than ten years off.
    """
    letters = plain(text)[0]
    readers = (_written_out, _month_name, _season, _relative, _weekday, _span_ahead)
    day = next((found for read in readers if (found := read(letters, today))), None)
    if day is None and _NOW.search(letters):
        day = today
    if day is None:
        return UNKNOWN if is_unknown(text) else None
    return day if today.year + _EARLIEST <= day.year <= today.year + _LATEST else None


def _date(year: int, month: int, day: int = 1) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _written_out(letters: str, today: dt.date) -> dt.date | None:
    if iso := _ISO.search(letters):
        return _date(*map(int, iso.groups()))
    us = _US.search(letters)
    if not us:
        return None
    month, day, year = int(us[1]), int(us[2]), int(us[3] or 0)
    if year:
        return _date(year + 2000 if year < 100 else year, month, day)
    return _coming(today, month, day)


def _coming(today: dt.date, month: int, day: int = 1) -> dt.date | None:
    """The next such day; the running month counts from today."""
    this_year = _date(today.year, month, day)
    if month == today.month and day == 1:
        return today
    return this_year if this_year and this_year >= today else _date(today.year + 1, month, day)


def _month_name(letters: str, today: dt.date) -> dt.date | None:
    named = _NAMED.search(letters)
    if not named or (named[1] in ("may", "mar") and re.search(r"\b(i|we) may\b", letters)):
        return None
    return _in_year(letters, today, _MONTHS[named[1]], int(named[2] or 1))


def _season(letters: str, today: dt.date) -> dt.date | None:
    for name, month in _SEASONS.items():
        if re.search(rf"\b{name}\b", letters):
            return _in_year(letters, today, month)
    return None


def _in_year(letters: str, today: dt.date, month: int, day: int = 1) -> dt.date | None:
    """ "March 2027", "march next year", and "march" alone for the coming one."""
    if year := _YEAR.search(letters):
        return _date(int(year[1]), month, day)
    return _date(today.year + 1, month, day) if "next year" in letters else _coming(today, month, day)


def _relative(letters: str, today: dt.date) -> dt.date | None:
    if "tomorrow" in letters:
        return today + dt.timedelta(days=1)
    if "new year" in letters or "christmas" in letters:
        return _date(today.year + 1, 1)
    found = _NEXT.search(letters)
    if not found:
        return None
    if found[1] == "week":
        return today + dt.timedelta(days=7 - today.weekday())
    first = _date(today.year + (today.month == 12), today.month % 12 + 1)
    return first if found[1] == "month" else _date(today.year + 1, 1)


def _weekday(letters: str, today: dt.date) -> dt.date | None:
    for name, number in _DAYS.items():
        if re.search(rf"\b{name}\b", letters):
            return today + dt.timedelta(days=(number - today.weekday()) % 7 or 7)
    return None


def _span_ahead(letters: str, today: dt.date) -> dt.date | None:
    """ "In 6 weeks", "a couple of months from now": a bare number is no date."""
    length = read_months(letters)
    if not isinstance(length, Amount) or length.assumed or not 0 < length.middle <= 120:
        return None
    return today + dt.timedelta(days=round(length.middle * 365 / 12))
