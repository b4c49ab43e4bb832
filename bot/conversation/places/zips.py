"""A ZIP code, told from money and from procedure codes by what stands around it."""

from __future__ import annotations

import re

from bot.conversation.places.place import Place
from bot.conversation.places.reading import Reading

DIGITS = 5
PEOPLE = frozenset({"im", "am", "live", "living", "based", "located", "moved", "were", "here"})  # "I'm in 60614"
BEFORE = frozenset({"zip", "zipcode", "postal", "zips"})
NOT_AFTER = re.compile(
    r"^\s*(?:k\b|%|/|a\s+(?:year|yr)|an?\s+hour|per\b|dollars?|bucks|usd|salary|yearly|annually|pay\b|is\b)", re.I
)
NOT_BEFORE = frozenset({"code", "codes", "number", "make", "making", "earn", "earning", "pay", "paid", "for"})


def zip_at(reading: Reading, at: int) -> tuple[int, Place | None]:
    """The area of a ZIP code at this word; digits that read like money or a procedure code are left alone."""
    typed = reading.words[at].typed
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return 0, None
    area = reading.index.zips.area_of(typed)
    if not (_asked_for(reading, at) or (_looks_like_one(reading, at) and not _is_code(typed, reading))):
        return 0, None
    if not area:
        return (0, None) if _is_round(typed) else (1, Place("", (), "unknown", town=typed))
    return 1, Place("", (area,), town=typed)


def _is_round(typed: str) -> bool:
    """A number that could as well be pay."""
    return typed.endswith("00")


def _asked_for(reading: Reading, at: int) -> bool:
    """ "zip 60540", "zip code is 60540"."""
    return any(reading.plain(at - back) in BEFORE for back in (1, 2, 3))


def _is_code(typed: str, reading: Reading) -> bool:
    return any(first <= typed <= last for first, last in reading.index.codes_not_zips)


def _looks_like_one(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    before, after = reading.text[: word.start], reading.text[word.end :]
    if before.endswith(("$", "$ ", "#", ".", "-")) or NOT_AFTER.match(after) or reading.plain(at - 1) in NOT_BEFORE:
        return False
    at_one = (
        reading.plain(at - 1) == "at" and not _is_round(word.typed) and bool(reading.index.zips.area_of(word.typed))
    )
    said = reading.cued(at) and (
        reading.plain(at - 1) != "in" or reading.about_place or reading.plain(at - 2) in PEOPLE
    )
    return at_one or said or reading.alone(at, 1) or _after_a_place(reading, at)


def _after_a_place(reading: Reading, at: int) -> bool:
    """ "naperville il 60540", "springfield 62701"."""
    before = reading.plain(at - 1)
    return (
        before in reading.index.states or before in reading.index.towns or before.upper() in reading.index.state_areas
    )
