"""`knowledge/places/` -> the index that places are recognised with. Built once at start."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from sys import intern  # thousands of towns share some hundred codes
from typing import Any

from bot.conversation.area import Area
from bot.conversation.numbered import Numbered
from bot.conversation.places.compass import direction_of
from bot.conversation.places.index import (
    FREE,
    IN_CAPITALS,
    NEEDS_COMMA,
    NEEDS_IN,
    NEEDS_STATE,
    Choice,
    Named,
    PlaceIndex,
    Town,
    Towns,
    Zips,
)
from bot.conversation.places.text import name_of, sound_of
from bot.conversation.vocabulary import PlaceNames, Vocabulary
from bot.load_knowledge.problems import Problem
from bot.load_knowledge.tables import cells_of
from bot.load_knowledge.yaml_lines import Document

ByName = dict[str, list[Town]]
LEAST_SPELT = 5  # letters; shorter names are too easily a slip of another word
WORTH_SPELLING = 20_000  # people
REST = "nonmetropolitan area"


def place_index(
    path: Callable[[str], Path],
    areas: Mapping[str, Area],
    given: PlaceNames,
    vocabulary: Vocabulary,
    familiar: Container[str],
    document: Document,
) -> tuple[PlaceIndex, list[Problem]]:
    """Everything known of names of places, and what is wrong with the files.

    `path` finds a file of places/; `familiar` words are never repaired.
    """
    problems: list[Problem] = []
    cities = _read(path("places/cities.csv"), _town, problems)
    known = [town for town in cities if town.area in areas]
    towns = _by_name(known, given)
    counties = _by_name([t for t in _read(path("places/counties.csv"), _county, problems) if t.area in areas], given)
    states = _states(areas)
    rest = _rest(areas, known)
    named = _named(areas, given, states, document)
    states |= {name: state for name, state in _abbreviations(named, areas) if name not in given.needs_in}
    foreign = [name_of(name) for name in vocabulary.kinds.get(given.abroad, ())]
    elsewhere = [*foreign, *map(name_of, given.not_places)]
    spelt = _spelt(towns, named, states, foreign)
    first_words, first_pairs = _beginnings((counties, towns, named, states, elsewhere))
    index = PlaceIndex(
        towns=Towns(towns),
        counties=Towns(counties),
        named=named,
        states=states,
        state_areas={a.states[0]: code for code, a in areas.items() if a.type in {"state", "territory"}},
        regions=_regions(path, areas, rest, problems),
        rest=rest,
        zips=_zips(path, areas, problems),
        codes_not_zips=given.codes_not_zips,
        postal_needs_in=frozenset(given.postal_needs_in),
        abroad=frozenset(foreign),
        not_places=frozenset(name_of(name) for name in given.not_places),
        rural=frozenset(name_of(name) for name in given.rural),
        contexts=frozenset(given.contexts),
        first_words=first_words | {name.partition(" ")[0] for name in counties},
        first_pairs=Numbered(first_pairs),
        spelt=spelt,
        by_state=_by_state(towns),
        sounds=_sounds(spelt),
        familiar=familiar,
        area_states={code: area.states for code, area in areas.items()},
        nation=next((code for code, area in areas.items() if area.type == "nation"), ""),
        titles={code: area.name for code, area in areas.items()},
    )
    return index, problems


def _read(path: Path, shape: Callable[[Sequence[str]], Any], problems: list[Problem]) -> list[Any]:
    """The rows of a table. A missing table means fewer names, not a bot that can't start; a bad row is a problem."""
    if not path.exists():
        return []
    shown = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    found = []
    for line, row in islice(cells_of(path, shown, problems), 1, None):
        try:
            found.append(shape(row))
        except (ValueError, IndexError) as error:
            problems.append(Problem(shown, line, "row", f"can't be read ({error}); run build-places again"))
    return found


def _town(row: Sequence[str]) -> Town:
    name, state, area, people, cue = row
    return Town(name, intern(state), intern(area), int(people), intern(cue))


def _county(row: Sequence[str]) -> Town:
    name, state, area, people = row
    return Town(name, intern(state), intern(area), int(people))


def _by_name(towns: Iterable[Town], given: PlaceNames) -> ByName:
    """Towns under their plain names, in the order given, with the cues of `names.yaml` in place of the table's."""
    alone, needs_in = set(map(name_of, given.alone)), set(map(name_of, given.needs_in))
    found: ByName = {}
    for town in towns:
        plain = name_of(town.name)
        if plain in alone:
            town = town._replace(cue=FREE)
        elif plain in needs_in and town.cue not in {NEEDS_STATE, NEEDS_COMMA}:
            town = town._replace(cue=NEEDS_IN)
        found.setdefault(plain, []).append(town)
    return found


def _states(areas: Mapping[str, Area]) -> dict[str, str]:
    return {name_of(a.name): a.states[0] for a in areas.values() if a.type in {"state", "territory"}}


def _abbreviations(named: Mapping[str, Named], areas: Mapping[str, Area]) -> list[tuple[str, str]]:
    """Nicknames of states serve behind a town too: "fresno calif"."""
    return [
        (name, areas[n.codes[0]].states[0])
        for name, n in named.items()
        if n.choice == "clear" and areas[n.codes[0]].type in {"state", "territory"}
    ]


def _rest(areas: Mapping[str, Area], towns: Sequence[Town]) -> dict[str, tuple[str, ...]]:
    people = Counter[str]()
    for town in towns:
        people[town.area] += town.people
    rest: dict[str, list[str]] = defaultdict(list)
    for code, area in areas.items():
        if area.type == "nonmetro":
            rest[area.states[0]].append(code)
    return {state: tuple(sorted(codes, key=lambda c: -people[c])) for state, codes in rest.items()}


def _named(
    areas: Mapping[str, Area], given: PlaceNames, states: Mapping[str, str], document: Document
) -> dict[str, Named]:
    named: dict[str, Named] = {}
    needs_in, capitals = set(map(name_of, given.needs_in)), set(map(name_of, given.in_capitals))
    for code, area in areas.items():
        for title in _titles(area, states):
            if name_of(title) not in states:
                named.setdefault(name_of(title), Named((code,)))
    for section, choice in (("nicknames", "clear"), ("ask", "ask"), ("likely", "likely"), ("regions", "parts")):
        for name, codes in getattr(given, section).items():
            wanted = (codes,) if isinstance(codes, str) else codes
            unknown = [c for c in wanted if c not in areas]
            if unknown:
                document.report((section, name), f"unknown area code {', '.join(unknown)}")
                continue
            cue = NEEDS_IN if name_of(name) in needs_in else IN_CAPITALS if name_of(name) in capitals else FREE
            found: Choice = choice if len(wanted) > 1 else "clear"  # type: ignore[assignment]
            named[name_of(name)] = Named(wanted, found, cue)
    return named


def _titles(area: Area, states: Mapping[str, str]) -> list[str]:
    """The official name and its shorter forms. One city's name alone is left to the table of towns."""
    if area.type == "metro":
        cities = area.name.partition(",")[0]
        return [area.name, *([cities] if "-" in cities else [])]
    if area.type == "nonmetro":
        plain = area.name.replace("(noncontiguous)", "").strip()
        short = plain.removesuffix(REST).strip()
        return [area.name, plain, *([] if _part(area, states) else [short, f"rural {short}"])]
    return []


def _part(area: Area, states: Mapping[str, str]) -> str:
    """The direction in a title, "northwest" or "eastcentral"; a title that says something else has none."""
    words = name_of(area.name.removesuffix("(noncontiguous)").strip().removesuffix(REST)).split()
    parts = [direction_of(word) for word in words]
    rest = " ".join(word for word, part in zip(words, parts, strict=True) if not part)
    return "".join(parts) if rest.removeprefix("region of ") in states else ""


def _regions(
    path: Callable[[str], Path], areas: Mapping[str, Area], rest: Mapping[str, Sequence[str]], problems: list[Problem]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """(state, direction) -> areas: first the part of the state's rest with that title, then those that lie there."""
    found = {(state, part): tuple(c for c in codes if c in areas)
             for state, part, codes in _read(path("places/regions.csv"), _region, problems)}  # fmt: skip
    names = _states(areas)
    for state, codes in rest.items():
        for code in codes:
            part = _part(areas[code], names)
            if part:
                others = [c for c in found.get((state, part), ()) if c != code]
                found[state, part] = (code, *others)
    return found


def _region(row: Sequence[str]) -> tuple[str, str, list[str]]:
    state, part, codes = row
    return state, part, codes.split()


def _zips(path: Callable[[str], Path], areas: Mapping[str, Area], problems: list[Problem]) -> Zips:
    rows = [row for row in _read(path("places/zips.csv"), _zip, problems) if row[2] in areas]
    if not rows:
        return Zips()
    first, last, area = zip(*rows, strict=True)
    return Zips(array("i", first), array("i", last), area)


def _zip(row: Sequence[str]) -> tuple[int, int, str]:
    first, last, area = row
    return int(first), int(last), intern(area)


def _beginnings(names: Iterable[Iterable[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """The first words, and the first two, of names of several."""
    split = [name.split(" ", 2) for listed in names for name in listed if " " in name]
    return frozenset(words[0] for words in split), frozenset(f"{words[0]} {words[1]}" for words in split)


def _spelt(
    towns: ByName, named: Mapping[str, Named], states: Mapping[str, str], foreign: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Names that are worth a repair, largest first, so that of two equally close ones the larger is found."""
    doubtful = {NEEDS_STATE, NEEDS_COMMA}
    worth = [name for name, (most, *_) in towns.items() if most.cue not in doubtful and most.people >= WORTH_SPELLING]
    nicknames = [name for name, n in named.items() if n.cue == FREE and len(name) > LEAST_SPELT + 1]
    spelt: dict[str, dict[str, str]] = {}
    for name in (*states, *worth, *nicknames, *foreign):
        compact = name.replace(" ", "")
        if len(compact) >= LEAST_SPELT - 1 and compact.isalpha():
            spelt.setdefault(compact[0], {}).setdefault(compact, name)
    return spelt


def _sounds(spelt: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for names in spelt.values():
        for compact, name in names.items():
            if len(compact) > LEAST_SPELT:
                found.setdefault(sound_of(compact), name)
    return found


def _by_state(towns: ByName) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for plain, listed in towns.items():
        compact = plain.replace(" ", "")
        for town in listed if compact else ():
            found.setdefault((town.state, compact[0]), {})[compact] = plain
    return {where: "\n".join(names.values()) for where, names in found.items()}
