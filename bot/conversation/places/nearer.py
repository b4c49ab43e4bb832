"""A state that was said decides which town a name is: an exact one of that state before a slip of one elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.place import Found, Place
from bot.conversation.places.spelling import misspelt_in
from bot.conversation.places.text import name_of
from bot.conversation.places.towns import CITY, in_state, place_of


def nearer(found: Found, states: Collection[str], index: PlaceIndex) -> Found:
    """`found` with its towns in these states (postal codes) where they can be; a slip of a small town elsewhere is
    then a name that no list holds."""
    if not states or not found.places:
        return found
    placed = [(place, in_states(place, states, index)) for place in found.places]
    kept = tuple(near for _, near in placed if near)
    lost = tuple(dataclasses.replace(p, codes=(), town=p.written.title()) for p, near in placed if near is None)
    return dataclasses.replace(found, places=kept, unknown=(*found.unknown, *lost))


def in_states(place: Place, states: Collection[str], index: PlaceIndex) -> Place | None:
    """The place as it lies in one of these states; itself where they say nothing of it, None where they rule it out."""
    there = [number for number, state in enumerate(place.states) if state in states]
    if place.choice == "ask" and there:
        return only(place, there[0])
    typed, town = name_of(place.written), name_of(place.town.partition(",")[0])
    as_written = typed == town or len(typed.split()) > len(town.split())  # the latter with a state of its own
    if not states or not place.town or not place.states or there or place.choice == "ask" or as_written:
        return place
    for state in states:
        name = typed if in_state(index.towns.of(typed), state) else misspelt_in(typed.replace(" ", ""), state, index)
        towns = in_state(index.towns.of(name), state) if name else []
        if towns:
            near = place_of(towns[:1], index)
            return dataclasses.replace(near, written=place.written, start=place.start, end=place.end)
    return place if _is_city(place, index) else None


def _is_city(place: Place, index: PlaceIndex) -> bool:
    """Whether so many live there that it is meant by people of other states, too."""
    towns = in_state(index.towns.of(name_of(place.town.partition(",")[0])), place.states[0])
    return not towns or towns[0].people >= CITY


def only(place: Place, number: int) -> Place:
    """The place as the one of its areas with this number."""
    states = place.states[number : number + 1]
    town = f"{place.town.partition(',')[0]}, {states[0]}" if states else place.town
    return dataclasses.replace(place, codes=(place.codes[number],), choice="clear", labels=(), states=states, town=town)


def settled(found: Found, text: str, codes: Collection[str]) -> Found:
    """`found` without asking once more which town a name means, where one of that name was talked of before.

    A name and nothing else may well be another of that name.
    """
    if not codes or not found.places or name_of(text) == name_of(found.places[0].written):
        return found
    places = []
    for place in found.places:
        before = [number for number, code in enumerate(place.codes) if code in codes]
        places.append(only(place, before[0]) if place.choice == "ask" and len(before) == 1 else place)
    return dataclasses.replace(found, places=tuple(places))
