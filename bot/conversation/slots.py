"""What a message names beside a place: occupations, credentials, an amount of pay, the time it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.amounts import Amount, read_pay, yearly
from bot.conversation.knowledge import Knowledge
from bot.conversation.places import Place

PER = {
    "hour": re.compile(r"\b(?:(?:an?|per|by the|each) ?h(?:ou)?r|hourly|/ ?h(?:ou)?r|p/?h)\b", re.IGNORECASE),
    "week": re.compile(r"\b(?:(?:a|per|by the|each) ?w(?:ee)?k|weekly|/ ?w(?:ee)?k)\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:(?:a|per|by the|each) ?month|monthly)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:(?:a|per|by the|each) ?y(?:ea)?r|yearly|annual(?:ly)?|annum)\b", re.IGNORECASE),
}
# Most messages hold no number at all, and reading amounts is the slowest step here.
NUMBER = re.compile(r"\d|teen\b|ty\b|\b(?:ten|twelve|eleven|hundred|thousand|grand)\b", re.IGNORECASE)
PAID = frozenset({"hour", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class Slots:
    """`amount` in dollars is paid `per` year, month, week or hour; `a_year` is the same for full-time work.

    Without an amount, `per` is the time that pay was asked for. `assumed` names what of the amount was not written:
    the time it is paid "per", or "thousands".
    """

    roles: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    amount: float | None = None
    per: str = ""
    a_year: float | None = None
    assumed: str = ""

    def to_plain(self) -> dict[str, object]:
        """JSON-ready, only what is known."""
        named: dict[str, object] = {"roles": list(self.roles), "credentials": list(self.credentials), "per": self.per}
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
    career = knowledge.career
    occupations = {role: occupation.names for role, occupation in career.known_occupations.items()}
    credentials = {key: credential.names for key, credential in career.credentials.items()}
    named = Slots(_named(text, occupations), _named(text, credentials), per=_per(text))
    pay = read_pay(text) if NUMBER.search(text) else None
    if not isinstance(pay, Amount) or pay.foreign or pay.per not in PAID or pay.low <= 0:
        return named
    if pay.assumed and not pay.currency and not bare_numbers:
        return named
    if pay.assumed and _a_piece(career.pieces).match(text, pay.span[1]):
        return named
    return Slots(named.roles, named.credentials, pay.middle, pay.per, yearly(pay).middle, pay.assumed)


def outside(text: str, places: Sequence[Place]) -> str:
    """The text without its places, whose ZIP codes are no amounts."""
    for place in reversed(places):
        text = f"{text[: place.start]} {text[place.end :]}"
    return text


def without(text: str, knowledge: Knowledge) -> str:
    """The text without the names and times that `find_slots` finds."""
    career = knowledge.career
    for listed in (career.known_occupations, career.credentials):
        for item in listed.values():
            text = _pattern(item.names).sub(" ", text)
    for pattern in PER.values():
        text = pattern.sub(" ", text)
    return text


def _per(text: str) -> str:
    return next((per for per, pattern in PER.items() if pattern.search(text)), "")


def _named(text: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys whose names stand in the text, in the order they stand there; the longest name wins."""
    owner = {name.lower(): key for key, listed in names.items() for name in listed}
    found = _pattern(tuple(owner)).finditer(text)
    return tuple(dict.fromkeys(owner[match[0].lower()] for match in found))


@lru_cache(maxsize=8)
def _a_piece(names: tuple[str, ...]) -> re.Pattern[str]:
    """ "A chart", "per er claim", "/record": what stands behind a sum that is paid for a piece of work."""
    return re.compile(
        rf" *(?:an?|per|each|every|/|for (?:an?|each|every)) *(?:\w+ )?{_pattern(names).pattern}", re.IGNORECASE
    )


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; nothing where there are none."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)", re.IGNORECASE)
