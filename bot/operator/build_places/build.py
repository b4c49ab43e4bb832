"""Joins the packages' rows with our areas and writes towns, counties, ZIP codes and regions as CSV."""

from __future__ import annotations

import csv
import dataclasses
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.places.compass import PARTS
from bot.conversation.places.text import name_of
from bot.operator.build_places.cues import cue_needed
from bot.operator.build_places.rest_of_state import Spot, likely_area
from bot.operator.build_places.sources import Town, Zip, towns, zips
from bot.operator.writing import write_table

REGIONS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central")
COUNTY = re.compile(r" (County|Parish|Borough|Census Area|Municipality|Municipio|city)$")


@dataclass(slots=True)
class Ground:
    """The areas as published, and what is found out about them on the way."""

    areas: Mapping[str, Mapping[str, str]]
    rest: dict[str, dict[str, str]] = field(default_factory=dict)  # state -> code -> title of its nonmetro areas
    bounds: dict[str, tuple[Spot, Spot]] = field(default_factory=dict)
    by_state: dict[str, list[Zip]] = field(default_factory=lambda: defaultdict(list))

    def area_of(self, cbsa: str | None, state: str, spot: Spot) -> str:
        """The area code for a place: its metro area, else the likeliest rest of the state, else the state."""
        if cbsa and cbsa in self.areas:
            return cbsa
        rest = self.rest.get(state, {})
        if rest and state in self.bounds:
            middle, reach = self.bounds[state]
            return likely_area(spot, rest, middle, reach)[0]
        return next((c for c, a in self.areas.items() if a["states"] == state and a["type"] != "metro"), "")


def build_places(places: Path) -> dict[str, int]:
    """Write `cities.csv`, `counties.csv`, `zips.csv` and `regions.csv` into `places`. Returns how many rows each has.

    Raises CannotBuild where a package is missing.
    """
    with (places / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["code"]: row for row in csv.DictReader(file)}
    codes = _filled(zips())
    ground = _ground(areas, codes)
    listed, homes = _homes(towns(), codes, ground)
    people = Counter[str]()
    for town, (area, _) in zip(listed, homes, strict=True):
        people[area] += town.people
    tables: dict[str, list[tuple[object, ...]]] = {
        "cities": list(_cities(listed, homes, codes, ground, people)),
        "counties": list(_counties(listed, homes, codes, ground)),
        "zips": list(_zip_runs(codes, ground)),
        "regions": list(_regions(listed, homes, people)),
    }
    write_table(places / "cities.csv", ("name", "state", "area", "people", "cue"), tables["cities"])
    write_table(places / "counties.csv", ("name", "state", "area", "people"), tables["counties"])
    write_table(places / "zips.csv", ("first", "last", "area"), tables["zips"])
    write_table(places / "regions.csv", ("state", "part", "areas"), tables["regions"])
    return {name: len(rows) for name, rows in tables.items()}


def _filled(codes: Sequence[Zip]) -> list[Zip]:
    """Codes that the crosswalk leaves out get the area of the nearest one in their state that it has."""
    by_state: dict[str, list[Zip]] = defaultdict(list)
    for row in codes:
        if row.cbsa is not None:
            by_state[row.state].append(row)
    filled = []
    for row in codes:
        if row.cbsa is None:
            near = min(by_state.get(row.state, []), key=lambda z: _apart(row, z), default=None)
            row = dataclasses.replace(row, cbsa=near.cbsa if near else "")
        filled.append(row)
    return filled


def _ground(areas: Mapping[str, Mapping[str, str]], codes: Sequence[Zip]) -> Ground:
    ground = Ground(areas)
    for code, area in areas.items():
        if area["type"] == "nonmetro":
            ground.rest.setdefault(area["states"], {})[code] = area["name"]
    for row in codes:
        ground.by_state[row.state].append(row)
    for state, rows in ground.by_state.items():
        outside = [row for row in rows if row.cbsa not in areas]
        if outside:
            lats, lons = sorted(r.lat for r in outside), sorted(r.lon for r in outside)
            ground.bounds[state] = (_middle(lats, lons), _reach(lats, lons))
    return ground


def _middle(lats: Sequence[float], lons: Sequence[float]) -> Spot:
    return (_low(lats) + _high(lats)) / 2, (_low(lons) + _high(lons)) / 2


def _reach(lats: Sequence[float], lons: Sequence[float]) -> Spot:
    return (_high(lats) - _low(lats)) / 2, (_high(lons) - _low(lons)) / 2


def _low(values: Sequence[float]) -> float:
    return values[len(values) // 50]


def _high(values: Sequence[float]) -> float:
    return values[-1 - len(values) // 50]


def _homes(
    listed: Sequence[Town], codes: Sequence[Zip], ground: Ground
) -> tuple[list[Town], list[tuple[str, Zip | None]]]:
    """The towns that lie in an area of ours, each with it and its ZIP code: of its own post town, else the nearest."""
    own: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for row in codes:
        own[name_of(row.town), row.state].append(row)
    homes: list[tuple[str, Zip | None]] = []
    for town in listed:
        same = [z for z in own.get((name_of(town.name), town.state), ()) if _apart(town, z) < 0.15]
        near = min(same or ground.by_state.get(town.state, []), key=lambda z: _apart(town, z), default=None)
        metro = Counter(z.cbsa or "" for z in same or [near] if z).most_common(1)[0][0] if near else ""
        homes.append((ground.area_of(metro, town.state, (town.lat, town.lon)), near))
    kept = [(town, home) for town, home in zip(listed, homes, strict=True) if home[0]]
    return [town for town, _ in kept], [home for _, home in kept]


def _apart(town: Town | Zip, row: Zip) -> float:
    """Roughly squared degrees; towns are only compared with what is near them."""
    return (town.lat - row.lat) ** 2 + ((town.lon - row.lon) * 0.78) ** 2


def _cities(
    listed: Sequence[Town],
    homes: Sequence[tuple[str, Zip | None]],
    codes: Sequence[Zip],
    ground: Ground,
    people: Mapping[str, int],
) -> Iterable[tuple[object, ...]]:
    """Towns by size; a metro area's first city counts for the whole area, for that is what its name calls to mind."""
    needed = cue_needed()
    rows: dict[tuple[str, str, str], tuple[str, int, str]] = {}
    named_after: set[str] = set()
    for town, (area, _) in sorted(zip(listed, homes, strict=True), key=lambda pair: -pair[0].people):
        plain, title = name_of(town.name), _title_cities(ground.areas[area])
        first = bool(title) and plain == title[0] and area not in named_after
        named_after |= {area} if first else set()
        size = people[area] if first else town.people
        key = (plain, town.state, area)
        if key not in rows or rows[key][1] < size:
            rows[key] = (_ascii(town.name), size, needed(plain, size, plain in title))
    named = {(plain, state) for plain, state, _ in rows}
    for row in codes:
        plain = name_of(row.town)
        area = ground.area_of(row.cbsa, row.state, (row.lat, row.lon))
        if (plain, row.state) not in named and area and plain:
            rows.setdefault((plain, row.state, area), (row.town, 0, needed(plain, 0, False)))
    for (_, state, area), (name, size, cue) in sorted(rows.items(), key=lambda r: (-r[1][1], r[0])):
        yield name, state, area, size, cue


def _title_cities(area: Mapping[str, str]) -> list[str]:
    if area["type"] != "metro":
        return []
    return [name_of(c) for c in re.split(r"--?|/", area["name"].partition(",")[0])]


def _counties(
    listed: Sequence[Town], homes: Sequence[tuple[str, Zip | None]], codes: Sequence[Zip], ground: Ground
) -> Iterable[tuple[object, ...]]:
    people = Counter[tuple[str, str]]()
    for town, (_, near) in zip(listed, homes, strict=True):
        if near:
            people[near.county, town.state] += town.people
    votes: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for row in codes:
        if row.county:
            votes[row.county, row.state].append(row)
    for (county, state), rows in sorted(votes.items(), key=lambda item: (-people[item[0]], item[0])):
        metro = Counter(row.cbsa for row in rows).most_common(1)[0][0]
        middle = (sum(r.lat for r in rows) / len(rows), sum(r.lon for r in rows) / len(rows))
        area = ground.area_of(metro, state, middle)
        if area:
            yield COUNTY.sub("", county), state, area, people[county, state]


def _zip_runs(codes: Sequence[Zip], ground: Ground) -> Iterable[tuple[object, ...]]:
    """Neighbouring codes of the same area as one row. Codes between them that do not exist fall to them too."""
    first = last = area = ""
    for row in codes:
        now = ground.area_of(row.cbsa, row.state, (row.lat, row.lon))
        if not now:
            continue
        if now != area or row.code[:3] != first[:3]:
            if area:
                yield first, last, area
            first, area = row.code, now
        last = row.code
    yield first, last, area


def _regions(
    listed: Sequence[Town], homes: Sequence[tuple[str, Zip | None]], people: Mapping[str, int]
) -> Iterable[tuple[object, ...]]:
    """For each state and direction the areas with people in that part, biggest first."""
    inside: dict[str, dict[str, list[Town]]] = defaultdict(lambda: defaultdict(list))
    for town, (area, _) in zip(listed, homes, strict=True):
        inside[town.state][area].append(town)
    for state, areas in sorted(inside.items()):
        middles = {code: _weighted(rows) for code, rows in areas.items() if sum(t.people for t in rows)}
        lats, lons = zip(*((t.lat, t.lon) for rows in areas.values() for t in rows), strict=True)
        middle, reach = _middle(sorted(lats), sorted(lons)), _reach(sorted(lats), sorted(lons))
        for part in REGIONS:
            codes = [c for c, spot in middles.items() if _lies(part, spot, middle, reach)]
            codes.sort(key=lambda c: -people[c])
            if codes:
                yield state, part, " ".join(codes)


def _weighted(rows: Sequence[Town]) -> Spot:
    total = sum(t.people for t in rows)
    return sum(t.lat * t.people for t in rows) / total, sum(t.lon * t.people for t in rows) / total


def _lies(part: str, spot: Spot, middle: Spot, reach: Spot) -> bool:
    """Whether a spot is in that part: past a fifth of the way to the edge, or within a third of the middle."""
    x, y = (spot[1] - middle[1]) / (reach[1] or 1), (spot[0] - middle[0]) / (reach[0] or 1)
    east, north = PARTS[part]
    if part == "central":
        return abs(x) < 0.4 and abs(y) < 0.4
    return (not east or x * east > 0.12) and (not north or y * north > 0.12)


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
