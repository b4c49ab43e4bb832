"""Finds the places named in a message: one walk over its words, longest names first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.conversation.changing import changed
from bot.conversation.places.compass import direction_of
from bot.conversation.places.index import NEEDS_COMMA, PlaceIndex
from bot.conversation.places.joining import joined
from bot.conversation.places.place import Found, Place
from bot.conversation.places.reading import AFTER, LEADS, Reading
from bot.conversation.places.spelling import SHORTEST, misspelt, misspelt_in
from bot.conversation.places.states import named_state, postal_state, state_after
from bot.conversation.places.towns import county_name, in_state, place_of, without_state
from bot.conversation.places.unknown import unknown_at
from bot.conversation.places.zips import zip_at

LONGEST = 10  # words in the longest title
SCHOOLS = frozenset({"university", "college", "institute", "academy", "school", "foundation", "career", "health"})
LARGE = 200_000
Hit = tuple[int, Place | None]  # words taken, and the place if they are one
NOTHING: Hit = (0, None)
NO_PLACE = Found()
Look = Callable[[Reading, int], Hit]


@lru_cache(maxsize=64)  # a message is read by several parts of one turn
def recognise(text: str, index: PlaceIndex) -> Found:
    """All places named in `text`. Never raises; time grows with the number of words, not of places known."""
    reading = Reading(text, index)
    found: list[Place] = []
    abroad: list[Place] = []
    unknown: list[Place] = []
    at, words = 0, reading.plains
    while at < len(words):
        word = words[at]
        led = at > 0 and words[at - 1] in LEADS
        looks = _looks(word, led, word in index.first_words and reading.begins(at), index)
        size, place = _hit(looks, reading, at) if looks else NOTHING
        if place and not place.codes and place.choice == "unknown":
            unknown.append(_spanned(place, reading, at, size))
        elif place and not place.codes:
            abroad.append(_spanned(place, reading, at, size))
        elif place:
            found.append(_spanned(place, reading, at, size))
        at += size or 1
    if not (found or abroad or unknown):
        return NO_PLACE
    return changed(joined(found, abroad, reading), unknown=tuple(unknown))


@lru_cache(maxsize=8192)
def _looks(word: str, led: bool, begins: bool, index: PlaceIndex) -> tuple[Look, ...]:
    """The ways in which a place can begin with `word`, in order; most words begin none, whatever stands around them.

    `led` is whether a word such as "in" stands before it: then a word we know may be a misspelt town too. `begins` is
    whether it and the word behind it are the beginning of some name.
    """
    alone = any(word in names for names in (index.towns, index.states, index.named, index.abroad))
    first, odd = word in index.first_words, word not in index.familiar
    looks: tuple[tuple[Look, bool], ...] = (
        (zip_at, not word.isalpha()),
        (_skipped, begins),
        (_direction, bool(direction_of(word))),
        (_mended_longer, first),
        (_listed, alone or begins),
        (_postal, len(word) == 2 and word.upper() in index.state_areas),
        (_mended, word.isalpha() and (odd or first or led)),
        (unknown_at, led),
    )
    return tuple(look for look, possible in looks if possible)


def _hit(looks: Iterable[Look], reading: Reading, at: int) -> Hit:
    for look in looks:
        hit = look(reading, at)
        if hit[0]:
            return hit
    return NOTHING


def _spanned(place: Place, reading: Reading, at: int, size: int) -> Place:
    start, end = reading.words[at].start, reading.words[at + size - 1].end
    return changed(place, written=reading.text[start:end], start=start, end=end)


def _skipped(reading: Reading, at: int) -> Hit:
    """Names of schools and the like that only sound like a place."""
    for size in range(min(4, len(reading.plains) - at), 1, -1):
        if reading.key(at, size) in reading.index.not_places:
            return size, None
    return NOTHING


def _listed(reading: Reading, at: int) -> Hit:
    """A name from the lists, the longest that fits."""
    longest = LONGEST if reading.begins(at) else 1
    for size in range(min(longest, len(reading.plains) - at), 0, -1):
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
    if not with_state[0] and named.choice == "ask":
        with_state = _slip_with_state(reading, at, size, key)
    if with_state[0] and named.choice in {"ask", "likely"}:
        return with_state
    more = _its_state(reading, at + size, named.codes[0])
    if not more and not reading.allows(named.cue, at, size):
        return NOTHING
    return size + more, Place("", named.codes, named.choice)


def _its_state(reading: Reading, at: int, code: str) -> int:
    """How many words name the state of this area: "philly pa" and "the keys florida" are one place each."""
    state, more = state_after(reading, at)
    return more if state in reading.index.area_states[code] else 0


def _state(reading: Reading, at: int, size: int, key: str) -> Hit:
    state = reading.index.states.get(key)
    school = "university" in (reading.plain(at + size), reading.plain(at + size + 1))
    if not state or key in reading.index.named or school:
        return NOTHING
    return size, _whole_state(reading, state)


def _whole_state(reading: Reading, state: str) -> Place:
    """The state; or its areas outside the cities where the message speaks of the country."""
    index = reading.index
    rest = index.rest.get(state, ())
    if reading.rural and rest:
        title = index.titles[index.state_areas[state]]
        return Place("", rest, "parts" if len(rest) > 1 else "clear", states=(state,), town=f"rural {title}")
    return Place("", (index.state_areas[state],), states=(state,))


def _county(reading: Reading, at: int, size: int, key: str) -> Hit:
    name = county_name(key, reading.index.counties) if size > 1 else ""
    if not name:
        return NOTHING
    counties = reading.index.counties.of(name)
    state, more = state_after(reading, at + size)
    chosen = in_state(counties, state) if state else []
    if chosen:
        return size + more, place_of(chosen[:1], reading.index, county=True)
    if key.endswith(" co"):
        return NOTHING
    return size, place_of(without_state(counties), reading.index, county=True)


def _town(reading: Reading, at: int, size: int, key: str) -> Hit:
    with_state = _with_state(reading, at, size, key)
    if not with_state[0] and key in reading.index.towns:
        with_state = _slip_with_state(reading, at, size, key)
    if with_state[0]:
        return with_state
    towns = reading.index.towns.of(key)
    worth = without_state(towns)
    if not worth or not reading.allows(worth[0].cue, at, size) or _is_school(reading, at + size, worth[0].people):
        return NOTHING
    return size, place_of(worth, reading.index)


def _is_school(reading: Reading, behind: int, people: int) -> bool:
    """ "Crestview College": a name of a school; of a large city it says where the school is."""
    word = reading.plain(behind)
    capital = word in SCHOOLS and reading.words[behind].typed[0].isupper() and not reading.shouted
    return word == "university" or (capital and people < LARGE)


def _with_state(reading: Reading, at: int, size: int, key: str) -> Hit:
    """ "naperville il", "portland, oregon", "dallas area, texas"."""
    towns = reading.index.towns.of(key)
    if not towns:
        return NOTHING
    behind = at + size + (reading.plain(at + size) in AFTER)
    state, more = state_after(reading, behind)
    chosen = in_state(towns, state) if state else []
    if not chosen or (chosen[0].cue == NEEDS_COMMA and not _set_off(reading, at, behind, more)):
        return NOTHING
    return behind + more - at, place_of(chosen[:1], reading.index)


def _set_off(reading: Reading, at: int, state: int, more: int) -> bool:
    """Whether an everyday word before a state is its town: "Home, Kansas", "near home ks", not "from home kansas"."""
    comma = "," in reading.text[reading.words[at].end : reading.words[state].start]
    return comma or reading.capital(at) or reading.cued(at) or reading.alone(at, state + more - at)


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


def _slip_with_state(reading: Reading, at: int, size: int, key: str, most: int = 2) -> Hit:
    """ "naparville il", "pittsburg pa": a town of the state named behind it, misspelt."""
    word = key.replace(" ", "")
    state, more = state_after(reading, at + size) if word.isalpha() else ("", 0)
    name = misspelt_in(word, state, reading.index, most) if state else ""
    if not name or name == key:
        return NOTHING
    towns = in_state(reading.index.towns.of(name), state)
    return size + more, place_of(towns[:1], reading.index)


def _mended(reading: Reading, at: int) -> Hit:
    """A misspelt name; where a state follows, of any of its towns."""
    known = reading.plain(at) in reading.index.familiar and not reading.cued(at)
    for size in (1, 2):
        worth = not known or (size > 1 and reading.plain(at) in reading.index.first_words)
        if at + size < len(reading.plains) and worth:
            hit = _slip_with_state(reading, at, size, reading.key(at, size), 1 if known else 2)
            if hit[0]:
                return hit
    return _meant(reading, at, *misspelt(reading, at))


def _mended_longer(reading: Reading, at: int) -> Hit:
    """ "oklahoma citty" is no slip of the state: a name of several words with an odd one second comes first."""
    second = reading.plain(at + 1)
    if reading.plain(at) not in reading.index.first_words or len(second) < SHORTEST or second in reading.index.familiar:
        return NOTHING
    if _listed(reading, at)[0] > 1:
        return NOTHING
    name, size = misspelt(reading, at)
    return _meant(reading, at, name, size) if size > 1 else NOTHING


def _meant(reading: Reading, at: int, name: str, size: int) -> Hit:
    if not name or reading.plain(at + size) in SCHOOLS:
        return NOTHING
    as_typed = without_state(reading.index.towns.of(reading.key(at, size)))
    if as_typed:  # a town is spelt like this, so it is no slip of another
        return size, place_of(as_typed, reading.index)
    for look in MENDED:
        hit = look(reading, at, size, name)
        if hit[0]:
            return hit
    return NOTHING


MENDED: tuple[Callable[[Reading, int, int, str], Hit], ...] = (_abroad, _state, _named, _town)
