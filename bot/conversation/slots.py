"""What a message names beside a place: occupations, credentials, an amount of pay, the time it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.amounts import Amount, find_amounts, read_hours, read_pay, yearly
from bot.conversation.knowledge import Career, Knowledge
from bot.conversation.matching.text import WORD, folded
from bot.conversation.percentiles import POINT_WORDS, point_in, without_points
from bot.conversation.places import Place
from bot.conversation.prices import is_price

PER = {
    "hour": re.compile(r"\b(?:(?:an?|per|by the|each) ?h(?:ou)?r|hourly|/ ?h(?:ou)?r|p/?h)\b", re.IGNORECASE),
    "week": re.compile(r"\b(?:(?:a|per|by the|each) ?w(?:ee)?k|weekly|/ ?w(?:ee)?k)\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:(?:a|per|by the|each) ?month|monthly)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:(?:a|per|by the|each) ?y(?:ea)?r|yearly|annual(?:ly)?|annum)\b", re.IGNORECASE),
}
# What any match of these holds: looked for first, since most messages name no time.
PER_SIGNS = {"hour": ("hr", "hour", "ph", "p/h"), "week": ("wk", "week"), "month": ("month",),
             "year": ("yr", "year", "annu")}  # fmt: skip
PER_WORDS = frozenset({
    "a", "an", "per", "by", "the", "each", "hour", "hr", "hourly", "ph", "p", "h", "wk", "week", "weekly", "month",
    "monthly", "yr", "year", "yearly", "annual", "annually", "annum",
})  # fmt: skip
# Most messages hold no number at all, and reading amounts is the slowest step here.
NUMBER = re.compile(r"\d|teen\b|ty\b|\b(?:ten|twelve|eleven|hundred|thousand|grand)\b", re.IGNORECASE)
AGE = re.compile(
    r"\b(?:(?:(?:i'?m|i am|he'?s|she'?s|age[ds]?|turn(?:ing|ed)?|(?:i|me|to) start(?:ing)? (?:this )?at"
    r"|(?:laid off|let go|fired|retired|widowed|divorced) at"
    r"|start(?:ing)? (?:over|out|again) at|over at|percentile|age (?:is|of)|at age"
    r"|(?:i|he|she)(?:'?d|'?ll| would| will)(?: still| already| only)? be"
    r"|(?:when|before|until|till?) (?:i|he|she) (?:hit|reach|was))"
    r" (?:only |already |almost |just |about |around |near |nearly |close to |like |past |over |under )*[1-9]\d"
    r"|[1-9]\d(?: is my age|[ -]?(?:years?|yrs?)[ -]old| ?y/?o\b"
    r"|(?=,? (?:be?fore?|when|by the time) (?:i|he|she)\b)))\b)"
    r"(?![.,]\d| ?(?:%|k\b|grand|bucks|dollars?|an?\b|per\b|/|hours?|hrs?|months?))",
    re.IGNORECASE,
)  # "start over at 57" names no pay
MONEY = re.compile(
    r"[$]|\b(?:pays?|paying|paid|earn\w*|ma[dk]es?|making|offer\w*|salar\w+|wages?|raise|income|hour\w*|hr|year\w*|yr"
    r"|(?:i|you|we|they) (?:only |just )?(?:get|got) (?=\d)|start\w* at)\b",
    re.IGNORECASE,
)
# What stands before a sum that is a price or a debt.
SPENT = re.compile(
    r"\b(?:cover(?:s|ed|ing)?|costs?|owe[sd]?|borrow(?:ed)?|loan of|saved?(?: up)?"
    r"|(?:i|i've|ive|we|we've) (?:only |just )?(?:got|have|had)) "
    r"(?:the |that |all |my |about |like |around |almost |only |maybe |just )*[$]?$",
    re.IGNORECASE,
)
HOURS = re.compile(r"\b(?:hours?|hrs?|h)\b|\dh(?:rs?)?\b", re.IGNORECASE)
MOST_HOURS = 100  # of a week
SAYS_LITTLE = 8  # words around a bare number, which is then what is asked about; in more it may be anything
PAID = frozenset({"hour", "week", "month", "year"})
LEAST_A_YEAR = 10_000.0  # of full-time work, hardly five dollars an hour: less is a grant, a fee, a price


@dataclass(frozen=True, slots=True)
class Slots:
    """`amount` in dollars is paid `per` year, month, week or hour; `a_year` is the same for full-time work.

    Without an amount, `per` is the time that pay was asked for. `assumed` names what of the amount was not written:
    the time it is paid "per", or "thousands". `point` is the published point of pay that was asked for by name,
    `study` the hours of a week from and to that are told by the day or the week.
    """

    roles: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    amount: float | None = None
    per: str = ""
    a_year: float | None = None
    assumed: str = ""
    point: str = ""
    study: tuple[float, float] | None = None

    def to_plain(self) -> dict[str, object]:
        """JSON-ready, only what is known."""
        named: dict[str, object] = {"roles": list(self.roles), "credentials": list(self.credentials), "per": self.per}
        named |= {"point": self.point, "study": list(self.study or ())}
        if self.amount is not None:
            named |= {"amount": self.amount, "a_year": self.a_year, "assumed": self.assumed}
        return {name: value for name, value in named.items() if value or name == "amount"}

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Slots:
        """The inverse of `to_plain`; other keys are left alone."""
        known = {name: plain[name] for name in cls.__dataclass_fields__ if name in plain}
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in known.items()})  # type: ignore[arg-type]


NOTHING = Slots()


def find_slots(text: str, knowledge: Knowledge, *, bare_numbers: bool = False) -> Slots:
    """What `text` names. A number without dollars or a time ("19") is an amount only with `bare_numbers`."""
    occupations, credentials = _names_of(knowledge.career)
    text = AGE.sub(" ", text)
    point, text = point_in(text), without_points(text)
    named = Slots(
        occupations.named_in(text), credentials.named_in(text), per=_per(text), point=point, study=_study(text)
    )
    pay = read_pay(text) if NUMBER.search(text) else None
    if not isinstance(pay, Amount) or pay.foreign or pay.per not in PAID or pay.low <= 0:
        return named
    told = bare_numbers and (len(text.split()) <= SAYS_LITTLE or MONEY.search(text))
    if pay.assumed and not pay.currency and not told:
        return named
    if pay.assumed and (SPENT.search(text[: pay.span[0]]) or is_price(text, pay.span)):
        return named
    if pay.assumed and _a_piece(knowledge.career.pieces).match(text, pay.span[1]):
        return named
    a_year = yearly(pay).middle
    if a_year < LEAST_A_YEAR:
        return named
    return Slots(named.roles, named.credentials, pay.middle, pay.per, a_year, pay.assumed, point, named.study)


def _study(text: str) -> tuple[float, float] | None:
    """Hours of a week that are told as such, or by the day; a bare number may count anything."""
    amounts = find_amounts(text) if HOURS.search(text) else ()
    if not HOURS.search(text) or any(amount.currency or amount.per == "hour" for amount in amounts):
        return None  # pay by the hour, or beside it the hours that are worked for it
    hours = read_hours(text)
    told = isinstance(hours, Amount) and not hours.assumed and 0 < hours.low <= hours.high <= MOST_HOURS
    return (hours.low, hours.high) if isinstance(hours, Amount) and told else None


def names_ours(text: str, knowledge: Knowledge) -> bool:
    """Whether `text` names an occupation or a credential of this career."""
    named = find_slots(text, knowledge)
    return bool(named.credentials) or not knowledge.career.occupations.keys().isdisjoint(named.roles)


def ages_in(text: str) -> list[float]:
    """The numbers that the text says are somebody's age."""
    return [float(number) for said in AGE.finditer(text) for number in re.findall(r"\d+", said[0])]


def outside(text: str, places: Sequence[Place]) -> str:
    """The text without its places, whose ZIP codes are no amounts."""
    for place in reversed(places):
        text = f"{text[: place.start]} {text[place.end :]}"
    return text


def without(text: str, knowledge: Knowledge) -> str:
    """The text without the names, points and times that `find_slots` finds."""
    for names in _names_of(knowledge.career):
        for pattern in names.each:
            text = pattern.sub(" ", text)
    text = without_points(text)
    for pattern in PER.values():
        text = pattern.sub(" ", text)
    return text


def may_be_without(words: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether `without` could leave none of these words, each of which is in some name, point or time."""
    occupations, credentials = _names_of(knowledge.career)
    listed = PER_WORDS | POINT_WORDS
    return all(word in occupations.words or word in credentials.words or word in listed for word in words)


def _per(text: str) -> str:
    letters = text.lower()
    for per, pattern in PER.items():
        if any(sign in letters for sign in PER_SIGNS[per]) and pattern.search(text):
            return per
    return ""


class _Names:
    """What has names of its own in a text: occupations, or credentials. `each` finds those of one of them."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._owner = {folded(name): key for key, listed in names.items() for name in listed}
        self._any = _pattern(tuple(self._owner))
        self._first = frozenset(word for name in self._owner for word in WORD.findall(name)[:1])
        self.words = frozenset(word for name in self._owner for word in WORD.findall(name))
        self.each = [_pattern(listed) for listed in names.values()]

    def named_in(self, text: str) -> tuple[str, ...]:
        """The keys whose names stand in the text, in the order they stand there; the longest name wins."""
        if text.isascii() and self._first.isdisjoint(WORD.findall(text.lower())):
            return ()  # as for most messages, and a hundred names take long to look for
        found = (self._owner.get(folded(match[0])) for match in self._any.finditer(text))  # "CODİNG" is found as well
        return tuple(dict.fromkeys(key for key in found if key))


@lru_cache(maxsize=4)
def _names_of(career: Career) -> tuple[_Names, _Names]:
    return (
        _Names({role: occupation.names for role, occupation in career.known_occupations.items()}),
        _Names({key: credential.names for key, credential in career.credentials.items()}),
    )


@lru_cache(maxsize=8)
def _a_piece(names: tuple[str, ...]) -> re.Pattern[str]:
    """ "A chart", "per er claim", "/record": what stands behind a sum that is paid for a piece of work."""
    return re.compile(
        rf" *(?:an?|per|each|every|/|for (?:an?|each|every)) *(?:\w+ )?{_pattern(names).pattern}", re.IGNORECASE
    )


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; nothing where there are none."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)", re.IGNORECASE)
