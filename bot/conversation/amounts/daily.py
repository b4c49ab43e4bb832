"""Pay told by the day: "120 dollar one day, work 5 day" is 600 a week, which is what all else can count with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.amounts.amount import Amount, find_amounts
from bot.conversation.amounts.numbers import SCALES, WORDS

LEAST, MOST = 20, 1500  # dollars of a day; "60k one day" is a hope
MOST_DAYS = 7
WORKING_DAYS = 5.0  # where nobody says how many
BEFORE = 60  # letters before a sum that say what it is
NEAR = 1.0  # dollars, between the days added up and a total that is said along with them

DAY = r"(?:(?:whole|full|single|work(?:ing)?) )?(?:days?|shift)\b(?!\s*(?:off|diff))"
JOINT = r"(?:(?:\s*[,=]|\s+(?:is|was|are|it'?s|its|for|in|only|just|cash|about))*)"
A_DAY = re.compile(
    rf"{JOINT}(?:\s*/\s*|\s+(?:(?:an?|per|each|every|one|1|the|by the)\s+))(?P<day>{DAY})", re.IGNORECASE
)
DAILY = re.compile(  # before the sum: "each day I get 120"
    r"\b(?:(?:(?:one|1|per|each|every|in an?) (?:work(?:ing)? )?day)|daily)"
    r"(?:[\s,:]+(?:i|we|they|it|is|get|make|earn|pays?|me|about|like|around|only|maybe|my|pay))*[\s,:]+$",
    re.IGNORECASE,
)
LOOSELY = re.compile(r"\s+(?:one|1)\s+day\b", re.IGNORECASE)  # "make 60 one day" may be of a day to come
ONE = re.compile(
    r"(?P<joint>\s+(?:in|for))?\s+(?:one|1)\s+(?P<span>hour|hr|week|wk|month|year)\b(?! \w*\s*old)", re.IGNORECASE
)
COUNT = r"(?:[1-7](?:\.5)?|one|two|three|four|five|six|seven)"
WEEK = r"(?:\s*(?:a|per|each|every|in an?|in the|in one|in 1|in|one|1|the|/)?\s*(?:week|wk)(?:ly)?\b)"
DAYS = re.compile(
    rf"[,.]?(?:\s*(?:x|×|\*|times|and|i|we))*(?:\s*work(?:ing|s)?)?\s*(?<![\w$.])(?P<low>{COUNT})"
    rf"(?:\s*(?:-|–|to|or)\s*(?P<high>{COUNT}))?[\s-]*(?:days?|shifts?)\b(?P<week>{WEEK})?"
    r"(?!\s*(?:off|ago|old|after|before|until|notice|left|later|vacation|course|free))",
    re.IGNORECASE,
)
TIMES = re.compile(rf"\s*(?:x|×|\*|times)\s*(?P<low>{COUNT})(?:\s*days?\b{WEEK}?)?", re.IGNORECASE)
WEEKDAYS = re.compile(r"\b(?:mon(?:day)?s?\s*(?:-|to|thru|through)\s*fri(?:day)?s?|week ?days)\b", re.IGNORECASE)
BEHIND = re.compile(rf"(?:\s*(?:dollars?|bucks|\$))?(?:{WEEK})?", re.IGNORECASE)
PAID = re.compile(
    r"[$]|\b(?:dollars?|bucks|ma[dk]es?|making|gets?|got|getting|earn\w*|paid|pays?|paying|salary|wages?|cash|tips?"
    r"|income|take home|bring home|clear)\b",
    re.IGNORECASE,
)
EARNED = re.compile(r"\b(?:ma[dk]es?|making|gets?|got|getting|earn\w*|paid|pays? me|paying me)\b", re.IGNORECASE)
HOPED = re.compile(
    r"\b(?:hop(?:e|ing)|want|wish|goal|dream\w*|would|could|like to|plan|will|gonna|going to)\b", re.IGNORECASE
)
LITTLE = frozenset({
    "no", "nope", "not", "wrong", "wait", "sorry", "ok", "yes", "is", "it", "its", "that", "thats", "i", "im", "we",
    "said", "meant", "for", "in", "a", "an", "the", "one", "per", "each", "every", "day", "days", "shift", "hour",
    "hours", "hr", "hrs", "week", "month", "year", "about", "around", "like", "maybe", "only", "just", "usually",
    "plus", "some", "full", "time", "work", "working", "x", "so", "equals", "and", "or", "more", "dollar", "dollars",
    "now",
})  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


class ByTheWeek(NamedTuple):
    """The text with the pay in it written by the week; `each` is a day's, `assumed` whether the days were not told."""

    text: str
    each: float
    days: float
    assumed: bool


class _Days(NamedTuple):
    a_week: float
    start: int
    end: int


def by_the_week(text: str) -> ByTheWeek | None:
    """None where no pay is told by the day, or another time that it is paid for is told as well."""
    amounts = find_amounts(text) if _of_pay(text) else ()
    daily = [(amount, end) for amount in amounts if (end := _end_of_day(text, amount))]
    if len(daily) != 1:
        return None
    each, end = daily[0]
    told = _days_told(text, each.span[0], end)
    others = [a for a in amounts if a is not each and not a.unit]
    total = next((a for a in others if a.per in ("", "week") and _is_total(a, each, told)), None)
    if any(other.per for other in others if other is not total):
        return None
    days = told.a_week if told else total.low / each.low if total else WORKING_DAYS
    cuts = [(each.span[0], end), *([(told.start, told.end)] if told else [])]
    if total:
        cuts.append((total.span[0], _behind(text, total.span[1])))
        cuts = [(min(cuts[0][0], cuts[-1][0]), max(cuts[0][1], cuts[-1][1])), *cuts[1:-1]]
    return ByTheWeek(_written(text, cuts, each.times(days)), each.middle, days, not (told or total))


def by_one(text: str) -> str:
    """The text with "600 in one week" written as "600 a week"; itself for any other."""
    for amount in reversed(find_amounts(text)) if _of_pay(text) else ():
        found = ONE.match(text, amount.span[1]) if not (amount.per or amount.unit) else None
        if found and (not found["joint"] or EARNED.search(text) or _says_little(text)):
            text = f"{text[: found.start()]} a {found['span']}{text[found.end() :]}"
    return text


def _of_pay(text: str) -> bool:
    return PAID.search(text) is not None or _says_little(text)


def _says_little(text: str) -> bool:
    """Whether there is hardly a word beside the figures, as in an answer."""
    return all(word in LITTLE or word in WORDS or word in SCALES for word in WORD.findall(text.lower()))


def _end_of_day(text: str, amount: Amount) -> int:
    """Where the words end that say it is a day's pay; 0 if none do."""
    if amount.unit or amount.foreign or not LEAST <= amount.low <= amount.high <= MOST:
        return 0
    if amount.per == "day":
        return amount.span[1]
    if amount.per:
        return 0
    before = text[max(0, amount.span[0] - BEFORE) : amount.span[0]]
    if DAILY.search(before) and not HOPED.search(before):
        return amount.span[1]
    found = A_DAY.match(text, amount.span[1])
    hoped = found and LOOSELY.match(text, amount.span[1]) and HOPED.search(before)
    return found.end() if found and not hoped else 0


def _days_told(text: str, start: int, end: int) -> _Days | None:
    """The days of a week that are worked, outside of the day's pay itself."""
    times = TIMES.match(text, end)
    if times:
        return _Days(_number(times["low"]), times.start(), times.end())
    for found in DAYS.finditer(text):
        inside = found.start() < end and found.end() > start
        low = _number(found["low"])
        if not inside and (low > 1 or found["week"]):
            high = _number(found["high"]) if found["high"] else low
            return _Days((low + high) / 2, found.start(), found.end())
    weekdays = WEEKDAYS.search(text)
    return _Days(WORKING_DAYS, end, end) if weekdays else None


def _number(said: str) -> float:
    return WORDS[said.lower()] if said.lower() in WORDS else float(said)


def _is_total(amount: Amount, each: Amount, told: _Days | None) -> bool:
    """Whether it is what the days come to, by those told or by any number of them."""
    days = told.a_week if told else round(amount.low / each.low)
    return 1 < days <= MOST_DAYS and abs(amount.low - each.low * days) <= NEAR


def _behind(text: str, end: int) -> int:
    found = BEHIND.match(text, end)
    return found.end() if found else end


def _written(text: str, cuts: Sequence[tuple[int, int]], week: Amount) -> str:
    """The text without the cuts, and the week's pay in place of the first of them."""
    figure = f"${_figure(week.low)}" + (f" to ${_figure(week.high)}" if week.high > week.low else "")
    for number, (start, end) in sorted(enumerate(cuts), key=lambda cut: -cut[1][0]):
        text = text[:start] + ("" if number else f"{figure} a week") + text[end:]
    return text


def _figure(dollars: float) -> str:
    return f"{dollars:.2f}".removesuffix(".00")
