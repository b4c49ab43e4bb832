"""What the places of one message say about each other: a state or ZIP code settles which Springfield is meant."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.nearer import in_states, only
from bot.conversation.places.place import Found, Place
from bot.conversation.places.reading import Reading

APART = frozenset({"or", "vs", "versus", "and", "than", "compared", "against", "v", "to", "from", "between", "with"})
MOST = 24  # places that are looked at together; a list of more settles nothing in it

DENIED = re.compile(r"\bnot (?:(?:in|from|the|near|no|like|about|around|for) ){0,2}$", re.IGNORECASE)


def joined(found: Sequence[Place], abroad: Sequence[Place], reading: Reading) -> Found:
    """The places of a message, each once, those settled that another settles."""
    kept = [place for place in found if not _is_abroad(place, abroad, reading)]
    starts = {place: at for place in kept if (at := _denied_from(place, reading)) is not None}
    denied = starts if len(starts) < len(kept) else {}
    kept = [place for place in kept if place not in denied]
    kept = _settled(kept[:MOST], reading) + kept[MOST:]
    ruled_out = tuple(dataclasses.replace(place, start=at) for place, at in denied.items())
    return Found(tuple(_once(kept)), abroad[0].written if abroad else "", (), ruled_out)


def _settled(places: Sequence[Place], reading: Reading) -> list[Place]:
    """The places after each of them said its part about each other."""
    near = (in_states(place, _states_beside(place, places, reading), reading.index) for place in places)
    kept = [place for place in near if place]
    for other in list(kept):
        kept = _settled_by(other, kept, reading)
    return kept


def _is_abroad(place: Place, abroad: Sequence[Place], reading: Reading) -> bool:
    """ "birmingham uk", "hamilton ontario canada"."""
    return any(0 <= a.start - place.end <= 2 and "\n" not in reading.text[place.end : a.start] for a in abroad)


def _denied_from(place: Place, reading: Reading) -> int | None:
    """Where the "not" stands that says this place is not meant: "ohio not iowa"; None for any other."""
    found = DENIED.search(reading.text[: place.start])
    return found.start() if found else None


def _states_beside(place: Place, places: Sequence[Place], reading: Reading) -> list[str]:
    """The states named with this place, not against it."""
    states = [other for other in places if len(other.states) == 1 and not other.town and other.choice == "clear"]
    return [other.states[0] for other in states if other is not place and not _apart(place, other, reading)]


def _settled_by(other: Place, places: Sequence[Place], reading: Reading) -> list[Place]:
    """`places` after `other`, a state or ZIP code, said its part: it picks among others and then is no place itself."""
    if other not in places or other.choice != "clear":
        return list(places)
    for number, place in enumerate(places):
        named_too = place.choice == "ask" and other.codes[0] in place.codes
        if place is other or (_apart(place, other, reading) and not named_too):
            continue
        picked = _pick(place, other, reading.index)
        if picked:
            return [picked if p is place else p for i, p in enumerate(places) if p is not other or i == number]
    return list(places)


def _pick(place: Place, other: Place, index: PlaceIndex) -> Place | None:
    """`place` as `other` settles it, or None where they have nothing to do with each other."""
    if place.choice == "ask" and other.codes[0] in place.codes and not other.states:
        return only(place, place.codes.index(other.codes[0]))
    is_state = len(other.states) == 1 and not other.town
    if not is_state:
        return None
    if place.choice == "ask" and not place.states:
        there = [i for i, code in enumerate(place.codes) if other.states[0] in index.area_states[code]]
        return only(place, there[0]) if there else None
    if not place.town or other.states[0] not in place.states:
        return None
    return only(place, place.states.index(other.states[0])) if place.choice == "ask" else place


def _apart(one: Place, other: Place, reading: Reading) -> bool:
    """Whether "or", "vs" and the like stand between the two, so that they are compared."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    first = bisect_left(reading.words, start, key=lambda word: word.start)
    return any(word.plain in APART for word in takewhile(lambda word: word.start < end, reading.words[first:]))


def _once(places: Sequence[Place]) -> list[Place]:
    return list({place.codes: place for place in reversed(places)}.values())[::-1]
