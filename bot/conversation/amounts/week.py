"""Hours of a week told by the day: "2 hours after work and 4 on sunday", "a couple hours a night"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.amounts.amount import Amount, find_amounts
from bot.conversation.amounts.tokens import plain

Days = tuple[int, int]  # at least and at most so many in a week

DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
BREAK = re.compile(r"\s*(?:[,;+]|[.!?\n]+(?!\d)|\band\b(?! a half)|\bplus\b|\bthen\b|\bbut\b)\s*")
TEXTED = {"nite": "night", "nigth": "night", "nght": "night", "evry": "every", "wkend": "weekend", "wkday": "weekday"}
AS_TEXTED = re.compile(rf"\b(?:{'|'.join(TEXTED)})(?=s?\b)")
BETWEEN = re.compile(r"\bbetween (\S+) and\b")
ONE_HOUR = re.compile(r"(?<!half )(?<!\d )\ban? (?:hour|hr)\b(?P<half> and a half)?")
OR_TWO = re.compile(r"\b(?:an?|one|1) (?:hour|hr) or (?:two|2)\b(?: hours?)?")
WEEKDAYS = re.compile(
    r"\b(?:week ?(?:day|night)s?|work(?:ing)? ?days|school (?:day|night)s?"
    r"|(?:is|are|r|m|re|s|kids|kid|son|daughter|they) (?:at|in) (?:pre ?)?school|during school|school hours"
    r"|mon(?:day)? ?(?:-|to|through|thru) ?fri(?:day)?)\b"
)
AROUND_WORK = re.compile(r"\b(?:after (?:my |i get off )?work|before work)\b")
WEEKEND = re.compile(r"\bweek ?ends?\b")
EACH_DAY = re.compile(r"(?:\b(?:a|per|each|every) |/ ?)day\b|\bdaily\b")
EACH_NIGHT = re.compile(r"\b(?:a|per|each|every|most) (?:night|evening|morning)s?\b|\bnightly\b")
EVERY = re.compile(r"\bevery (?:single )?(?:night|evening|morning)\b(?! (?:of|in) the (?:work|week))")  # all seven
SOME_TIME = re.compile(
    r"\b(?:at|in the) (?:night|evening|morning)s?\b|\b(?:after|before|once|when) (?:the|my) (?:kid|bab)\w*"
)
SO_MANY = re.compile(
    r"\b(?:days|nights|evenings|mornings|times)(?: a| per| each| every)? week\b|\b(?:days|nights|evenings|mornings)\b"
)
NAMED = re.compile(rf"\b{DAY}\b")
A_NUMBER = 9  # letters before "days" within which their number ends
WEEK = 7  # days
MOST_A_DAY = 6  # hours that are said of a day; more are those of all such days together


class _Part(NamedTuple):
    """What is said between two commas: hours, if any, on how many days, and whether each of them is meant."""

    hours: Amount | None
    days: Days | None
    each: bool


class _Daily(NamedTuple):
    hours: Amount
    days: Days
    each: bool

    @property
    def is_a_day(self) -> bool:
        return self.days == (1, 1) or self.hours.high <= MOST_A_DAY


def read_week(text: str) -> Amount | None:
    """The hours of a week, where they are told by the day and can be added up; None otherwise."""
    said = _spoken(text)
    counted = _counted(said)
    if counted or any(amount.per == "week" for amount in find_amounts(said)):
        return counted
    parts = [_part(part) for part in BREAK.split(said) if part]
    daily = _with_lone_days(parts)
    sure = len(daily) > 1 or any(part.each for part in daily)
    if not sure or not all(part.is_a_day for part in daily):
        return None
    return _added(daily, parts[-1])


def _added(daily: Sequence[_Daily], last: _Part) -> Amount | None:
    """The days added up, unless the message ends in a sum of its own, "so like 14"."""
    low, high = 0.0, 0.0
    for part in daily:
        least, most = _left_for(part, daily)
        low, high = low + part.hours.low * least, high + part.hours.high * most
    total = None if last.days else last.hours
    if total is None:
        return Amount(low, high)
    return Amount(total.low, total.high) if total.low >= low else None


def _left_for(part: _Daily, daily: Sequence[_Daily]) -> Days:
    """The days of a part: of "2 a day, 3 on sunday" every day is every other day."""
    if part.days[1] < WEEK:
        return part.days
    others = sum(other.days[1] for other in daily if other.days[1] < WEEK)
    return (min(part.days[0], WEEK - others), WEEK - others) if others < WEEK else part.days


def day_or_week(text: str) -> Amount | None:
    """Hours of which it can't be told whether they are a day's or a week's: "2 hours after work"."""
    said = _spoken(text)
    if read_week(text) or any(amount.per for amount in find_amounts(said)):
        return None
    parts = [_part(part) for part in BREAK.split(said) if part]
    unsure = (part.hours for part in _with_lone_days(parts) if part.days[1] > 1 and part.is_a_day)
    return next(unsure, None)


def _spoken(text: str) -> str:
    said = AS_TEXTED.sub(lambda found: TEXTED[found[0]], plain(text)[0])
    said = OR_TWO.sub("1 to 2 hours", BETWEEN.sub(r"\1 to", said))
    return ONE_HOUR.sub(lambda found: "1.5 hours" if found["half"] else "1 hour", said)


def _part(said: str) -> _Part:
    days, each = _days(said)
    hours = [amount for amount in find_amounts(said) if amount.unit in ("hour", "") and amount.per in ("", "day")]
    return _Part(hours[0] if hours else None, days, each)


def _days(said: str) -> tuple[Days | None, bool]:
    named = len(NAMED.findall(said))
    each = bool(EACH_DAY.search(said) or EACH_NIGHT.search(said))
    if WEEKDAYS.search(said):
        return (5, 5), each
    if EVERY.search(said) and not named:  # "every night after work" is said of all seven
        return (7, 7), True
    if AROUND_WORK.search(said):
        return (5, 5), each
    if named:
        return (named, named), True
    if WEEKEND.search(said):
        return ((2, 2) if each else (1, 2)), each
    if EACH_DAY.search(said):
        return (7, 7), True
    if EACH_NIGHT.search(said):
        return (5, 7), True
    return ((5, 7), False) if SOME_TIME.search(said) else (None, False)


def _with_lone_days(parts: Sequence[_Part]) -> list[_Daily]:
    """The parts with hours and days; a day by itself ("2 on saturday and sunday") counts with the part before."""
    daily: list[_Daily] = []
    for part in parts:
        if part.hours and part.days:
            daily.append(_Daily(part.hours, part.days, part.each))
        elif part.days == (1, 1) and daily and daily[-1].days == (1, 1):
            daily.append(_Daily(daily[-1].hours, part.days, each=True))
    return daily


def _counts(amount: Amount, days: int) -> bool:
    """Whether it is the number of the word that begins there: "4 days", "four or five evenings"."""
    return amount.span[0] <= days and days - amount.span[1] <= A_NUMBER


def _counted(said: str) -> Amount | None:
    """ "3 evenings a week, 2 hours each": so many days with so many hours."""
    found = SO_MANY.search(said)
    if not found:
        return None
    amounts = find_amounts(said)
    days = [a for a in amounts if a.unit in ("", "day") and _counts(a, found.start())]
    hours = [a for a in amounts if a.unit == "hour" and a.per in ("", "day")]
    if len(days) != 1 or len(hours) != 1 or days[0].high > 7 or hours[0].high > MOST_A_DAY:
        return None
    return Amount(hours[0].low * days[0].low, hours[0].high * days[0].high)
