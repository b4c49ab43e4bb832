"""Finds the places named in a message: one walk over its words, longest names first."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from bot.conversation.places.compass import direction_of
from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.joining import joined
from bot.conversation.places.place import Found, Place
from bot.conversation.places.reading import AFTER, Reading
from bot.conversation.places.spelling import misspelt, misspelt_in
from bot.conversation.places.states import named_state, postal_state, state_after
from bot.conversation.places.towns import county_name, in_state, place_of, without_state
from bot.conversation.places.zips import zip_at

LONGEST = 8
Hit = tuple[int, Place | None]  # words taken, and the place if they are one
NOTHING: Hit = (0, None)


def recognise(text: str, index: PlaceIndex) -> Found:
    """All places named in `text`. Never raises; time grows with the number of words, not of places known."""
    reading = Reading.of(text, index)
    found: list[Place] = []
    abroad: list[Place] = []
    at = 0
    while at < len(reading.words):
        size, place = _at(reading, at)
        if place and not place.codes:
            abroad.append(_spanned(place, reading, at, size))
        elif place:
            found.append(_spanned(place, reading, at, size))
        at += max(size, 1)
    return joined(found, abroad, reading)


def _at(reading: Reading, at: int) -> Hit:
    for look in (zip_at, _skipped, _direction, _listed, _postal, _mended):
        hit = look(reading, at)
        if hit[0]:
            return hit
    return NOTHING


def _spanned(place: Place, reading: Reading, at: int, size: int) -> Place:
    start, end = reading.words[at].start, reading.words[at + size - 1].end
    return dataclasses.replace(place, written=reading.text[start:end], start=start, end=end)


def _skipped(reading: Reading, at: int) -> Hit:
    """Names of schools and the like that only sound like a place."""
    for size in range(min(4, len(reading.words) - at), 1, -1):
        if reading.key(at, size) in reading.index.not_places:
            return size, None
    return NOTHING


def _listed(reading: Reading, at: int) -> Hit:
    """A name from the lists, the longest that fits."""
    longest = LONGEST if reading.plain(at) in reading.index.first_words else 1
    for size in range(min(longest, len(reading.words) - at), 0, -1):
        key = reading.key(at, size)
        for look in (_abroad, _state, _named, _county, _town):
            hit = look(reading, at, size, key)
            if hit[0]:
                return hit
    return NOTHING


def _abroad(reading: Reading, at: int, size: int, key: str) -> Hit:
    if key not in reading.index.abroad:
        return NOTHING
    with_state = _with_state(reading, at, size, key)
    return with_state if with_state[0] else (size, Place("", ()))


def _named(reading: Reading, at: int, size: int, key: str) -> Hit:
    named = reading.index.named.get(key)
    if named is None:
        return NOTHING
    with_state = _with_state(reading, at, size, key)
    if with_state[0] and named.choice in {"ask", "likely"}:
        return with_state
    if not reading.allows(named.cue, at, size):
        return NOTHING
    return _and_its_state(reading, at, size, Place("", named.codes, named.choice, town=""))


def _and_its_state(reading: Reading, at: int, size: int, place: Place) -> Hit:
    """ "philly pa" is one place."""
    state, more = state_after(reading, at + size)
    title = reading.index.titles.get(place.codes[0], "")
    return (size + more if more and state in title.rpartition(",")[2] else size), place


def _state(reading: Reading, at: int, size: int, key: str) -> Hit:
    state = reading.index.states.get(key)
    if not state or key in reading.index.named:
        return NOTHING
    return size, _whole_state(reading, state)


def _whole_state(reading: Reading, state: str) -> Place:
    """The state; or its areas outside the cities where the message speaks of the country."""
    index = reading.index
    rest = index.rest.get(state, ())
    if reading.rural and rest:
        return Place("", rest, "parts" if len(rest) > 1 else "clear", states=(state,))
    return Place("", (index.state_areas[state],), states=(state,))


def _county(reading: Reading, at: int, size: int, key: str) -> Hit:
    name = county_name(key, reading.index.counties) if size > 1 else ""
    if not name:
        return NOTHING
    counties = reading.index.counties[name]
    state, more = state_after(reading, at + size)
    chosen = in_state(counties, state) if state else []
    if chosen:
        return size + more, place_of(chosen[:1], reading.index, county=True)
    if key.endswith(" co"):
        return NOTHING
    return size, place_of(without_state(counties), reading.index, county=True)


def _town(reading: Reading, at: int, size: int, key: str) -> Hit:
    with_state = _with_state(reading, at, size, key)
    if with_state[0]:
        return with_state
    towns = reading.index.towns.get(key, ())
    worth = without_state(towns)
    if not worth or not reading.allows(worth[0].cue, at, size):
        return NOTHING
    return size, place_of(worth, reading.index)


def _with_state(reading: Reading, at: int, size: int, key: str) -> Hit:
    """ "naperville il", "portland, oregon", "dallas area, texas"."""
    towns = reading.index.towns.get(key, ())
    if not towns:
        return NOTHING
    behind = at + size + (reading.plain(at + size) in AFTER)
    state, more = state_after(reading, behind)
    chosen = in_state(towns, state) if state else []
    return (behind + more - at, place_of(chosen[:1], reading.index)) if chosen else NOTHING


def _postal(reading: Reading, at: int) -> Hit:
    state = postal_state(reading, at)
    return (1, _whole_state(reading, state)) if state else NOTHING


def _direction(reading: Reading, at: int) -> Hit:
    """ "eastern washington", "north west minnesota", "southern part of ohio": a part of a state by its direction."""
    parts, size = "", 0
    while size < 2 and direction_of(reading.plain(at + size)):
        parts += direction_of(reading.plain(at + size))
        size += 1
    if not size or any(reading.key(at, n) in reading.index.states for n in (2, 3)):
        return NOTHING
    if any(reading.key(at, n) in reading.index.named for n in (5, 4, 3, 2)):
        return NOTHING
    if reading.plain(at + size) in {"part", "region", "end", "side"} and reading.plain(at + size + 1) == "of":
        size += 2
    state, more = named_state(reading, at + size)
    if not more and len(reading.plain(at + size)) == 2 and reading.words[at + size].typed.isupper():
        state, more = state_after(reading, at + size)
    codes = _part_of(state, parts, reading) if state else ()
    if not codes:
        return NOTHING
    return size + more, Place("", codes, "parts" if len(codes) > 1 else "clear", states=(state,))


def _part_of(state: str, parts: str, reading: Reading) -> tuple[str, ...]:
    codes = reading.index.regions.get((state, parts), ())
    rest = reading.index.rest.get(state, ())
    if reading.rural:
        codes = tuple(c for c in codes if c in rest) or rest
    return codes


def _mended(reading: Reading, at: int) -> Hit:
    """A misspelt name; where a state follows, of any of its towns."""
    for size in (1, 2):
        word = reading.key(at, size).replace(" ", "")
        if at + size < len(reading.words) and word.isalpha() and reading.plain(at) not in reading.index.familiar:
            state, more = state_after(reading, at + size)
            name = misspelt_in(word, state, reading.index) if state else ""
            if name:
                towns = in_state(reading.index.towns[name], state)
                return size + more, place_of(towns[:1], reading.index)
    name, size = misspelt(reading, at)
    if not name:
        return NOTHING
    for look in MENDED:
        hit = look(reading, at, size, name)
        if hit[0]:
            return hit
    return NOTHING


MENDED: tuple[Callable[[Reading, int, int, str], Hit], ...] = (_abroad, _state, _named, _town)
