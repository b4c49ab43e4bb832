"""A town's or county's name, with or without its state -> the areas it may mean."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from bot.conversation.places.index import NEEDS_COMMA, NEEDS_STATE, Choice, PlaceIndex, Town
from bot.conversation.places.place import Place

OVERWHELMING = 10  # times as many people as the next of that name: nobody means the other without saying so
OVER_A_CITY = 15  # the same where the next is a city by itself
CITY = 100_000
WORTH_ASKING = 40  # a place with fewer than one in so many of the largest is not offered
FEWEST_PEOPLE = 2_000
MOST_ASKED = 5
COUNTY_WORDS = ("county", "parish", "co", "borough")


def in_state(towns: Iterable[Town], state: str) -> list[Town]:
    return [town for town in towns if town.state == state]


def without_state(towns: Sequence[Town]) -> list[Town]:
    """The towns worth thinking of when no state is named, one for each area, largest first; one if it dwarfs all."""
    if not towns or towns[0].cue in {NEEDS_STATE, NEEDS_COMMA}:
        return []
    first_of_area: dict[str, Town] = {}
    for town in towns:
        first_of_area.setdefault(town.area, town)
    listed = list(first_of_area.values())
    most = listed[0].people
    worth = [t for t in listed if t.people * WORTH_ASKING >= most and t.people >= FEWEST_PEOPLE] or listed[:1]
    if len(worth) > 1 and most >= worth[1].people * (OVER_A_CITY if worth[1].people >= CITY else OVERWHELMING):
        return worth[:1]
    return worth[:MOST_ASKED]


def place_of(towns: Sequence[Town], index: PlaceIndex, *, county: bool = False) -> Place:
    """The place that these towns of one name stand for; written and span are filled in by the caller."""
    towns = towns[:MOST_ASKED]
    kind = " County" if county and not towns[0].name.endswith("County") else ""
    names = [f"{town.name}{kind}, {town.state}" for town in towns]
    choice: Choice = "clear"
    codes = tuple(town.area for town in towns)
    if len(towns) > 1:
        choice = "ask"
    elif index.is_outside(towns[0].area, towns[0].state):
        choice = "outside"
        codes += tuple(code for code in index.rest[towns[0].state] if code != towns[0].area)
    labels = tuple(_label(n, t.area, index) for n, t in zip(names, towns, strict=True)) if choice == "ask" else ()
    return Place("", codes, choice, labels, tuple(t.state for t in towns), names[0])


def _label(name: str, area: str, index: PlaceIndex) -> str:
    """The area's own name where it begins with the town's, else the town and its state."""
    title = index.titles.get(area, "")
    return title if title.startswith(name.partition(",")[0]) else name


def county_name(key: str, counties: Container[str]) -> str:
    """ "cook county" -> "cook" if there is such a county."""
    name, _, last = key.rpartition(" ")
    return name if last in COUNTY_WORDS and name in counties else ""
