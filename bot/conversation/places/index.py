"""All that is known of the names of places, laid out so that a message is looked up word by word, never searched."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple

from bot.conversation.numbered import Numbered

# clear: one area. ask: several places of that name. likely: one far likelier than the others. parts: one region
# counted as several areas. outside: a town outside the metro areas, its part of the state judged by where it lies.
Choice = Literal["clear", "ask", "likely", "parts", "outside", "unknown"]

FREE, NEEDS_IN, IS_WORD, NEEDS_STATE, NEEDS_COMMA = "", "in", "word", "state", "comma"
IN_CAPITALS = "capitals"


class Town(NamedTuple):
    """A town or county. `cue` is what must be said for its name to be taken for it: see `places/names.yaml`."""

    name: str
    state: str  # postal code
    area: str
    people: int
    cue: str = FREE


class Towns:
    """Towns or counties by their names, those of one name in the order given.

    There are thirty thousand, and a message names two: they are kept as one text with a line for each, a tenth of what
    they would take as objects.
    """

    __slots__ = ("_ends", "_names", "_text")

    def __init__(self, listed: Mapping[str, Sequence[Town]] | None = None) -> None:
        listed = listed or {}
        self._names = Numbered(listed)
        lines = ["\n".join(["\t".join((n, s, a, str(p), c)) for n, s, a, p, c in t]).encode() for t in listed.values()]
        self._text = b"".join(lines)
        self._ends = array("i", accumulate(map(len, lines), initial=0))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def of(self, name: str) -> list[Town]:
        """All of that name."""
        number = self._names.number(name)
        if number < 0:
            return []
        lines = self._text[self._ends[number] : self._ends[number + 1]].decode().split("\n")
        return [
            Town(name, state, area, int(people), cue)
            for name, state, area, people, cue in (line.split("\t") for line in lines)
        ]


class Named(NamedTuple):
    """What a nickname, a title or a region stands for."""

    codes: tuple[str, ...]
    choice: Choice = "clear"
    cue: str = FREE


@dataclass(frozen=True, slots=True)
class Zips:
    """Runs of ZIP codes, sorted: from `first[i]` to `last[i]` all lie in `area[i]`."""

    first: Sequence[int] = ()
    last: Sequence[int] = ()
    area: Sequence[str] = ()

    def area_of(self, code: str) -> str:
        """The area of a five-digit code, "" for one that is not in use."""
        at = bisect_right(self.first, int(code)) - 1
        return self.area[at] if at >= 0 and int(code) <= self.last[at] else ""


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that readings can be remembered
class PlaceIndex:
    """Names are keyed as `text.name_of` writes them; towns of one name come largest first.

    `spelt` groups names worth a spelling repair by first letter, written without spaces -> the name.
    `by_state` has the names of all towns of a state (and first letter), a line each. `familiar` are words that are no
    slip of a place's name.
    """

    towns: Towns = field(default_factory=Towns)
    counties: Towns = field(default_factory=Towns)
    named: Mapping[str, Named] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)  # name or abbreviation -> postal code
    state_areas: Mapping[str, str] = field(default_factory=dict)  # postal code -> area code
    regions: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (state, direction)
    rest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # state -> nonmetro areas, biggest first
    zips: Zips = field(default_factory=Zips)
    codes_not_zips: Sequence[tuple[str, str]] = ()
    postal_needs_in: frozenset[str] = frozenset()  # postal codes that are also degrees or terms
    abroad: frozenset[str] = frozenset()
    not_places: frozenset[str] = frozenset()
    rural: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    first_words: frozenset[str] = frozenset()  # that begin a name of several words
    first_pairs: Container[str] = frozenset()  # the first two words of such names
    spelt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_state: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sounds: Mapping[str, str] = field(default_factory=dict)  # as `text.sound_of` writes it -> the name
    familiar: Container[str] = frozenset()
    area_states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nation: str = ""  # its area code
    titles: Mapping[str, str] = field(default_factory=dict)  # area code -> name

    def is_outside(self, area: str, state: str) -> bool:
        """Whether `area` is one of several for the towns of `state` outside its metro areas."""
        return area in self.rest.get(state, ()) and len(self.rest[state]) > 1
