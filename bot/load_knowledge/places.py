"""The pay table and the names of places: two CSV files and a YAML of nicknames -> areas and their names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from bot.conversation.knowledge import Area, Career, Pay, PlaceNames
from bot.load_knowledge.problems import Problem
from bot.load_knowledge.yaml_lines import Document

Names = dict[str, tuple[str, ...]]


def read_areas(folder: Path, career: Career, shown_as: str) -> tuple[dict[str, Area], list[Problem]]:
    """All areas with the pay of the career's own occupations. Areas come in the order of the file."""
    problems: list[Problem] = []
    roles = {occupation.code: role for role, occupation in career.known_occupations.items()}
    pay: dict[str, dict[str, Pay]] = {}
    for line, row in _rows(folder / "wages.csv", shown_as, problems):
        role = roles.get(row.get("occupation", ""))
        if role is None:
            continue
        try:
            pay.setdefault(row["area"], {})[role] = _pay(row)
        except (KeyError, ValueError) as error:
            problems.append(Problem(f"{shown_as}/wages.csv", line, row.get("area", "?"), f"bad row: {error}"))
    nothing = Pay(None, None, None, None, None, None, None)
    areas: dict[str, Area] = {}
    for line, row in _rows(folder / "areas.csv", shown_as, problems):
        try:
            known = pay.get(row["code"], {})
            areas[row["code"]] = Area(
                code=row["code"],
                name=row["name"],
                type=row["type"],
                states=tuple(row["states"].replace("|", "-").split("-")),
                rpp=_number(row["rpp"]),
                pay={role: known.get(role, nothing) for role in roles.values()},
            )
        except (KeyError, ValueError) as error:
            problems.append(Problem(f"{shown_as}/areas.csv", line, row.get("name", "?"), f"bad row: {error}"))
    return areas, problems


def _rows(path: Path, shown_as: str, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(enumerate(csv.DictReader(file), start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem(f"{shown_as}/{path.name}", 1, "the file", f"can't be read ({error})"))
        return []


def _number(text: str) -> float | None:
    return float(text) if text else None


def _pay(row: Mapping[str, str]) -> Pay:
    yearly = {name: _number(row[name]) for name in ("p10", "p25", "median", "p75", "p90", "mean", "lq")}
    jobs = _number(row["jobs"])
    return Pay(hourly=_number(row["hourly"]), jobs=int(jobs) if jobs is not None else None, **yearly)


def place_names(areas: Mapping[str, Area], given: PlaceNames, document: Document) -> Names:
    """Lower-case names -> codes. States by name; metro areas by each of their cities, alone and with the state."""
    names: dict[str, list[str]] = {}
    states = {area.states[0]: area for area in areas.values() if area.type in {"state", "territory"}}
    for area in sorted(areas.values(), key=_size, reverse=True):
        for name in _names_of(area, states):
            codes = names.setdefault(name, [])
            if area.code not in codes:
                codes.append(area.code)
    for name, code in given.nicknames.items():
        wanted = (code,) if isinstance(code, str) else code
        unknown = [c for c in wanted if c not in areas]
        if unknown:
            document.report(("nicknames", name), f"unknown area code {', '.join(unknown)}")
        names[name.lower()] = [c for c in wanted if c in areas]
    return {name: tuple(codes) for name, codes in names.items() if codes}


def _size(area: Area) -> tuple[bool, int]:
    """States before metro areas of the same name, then by how many people do the work there."""
    return area.type == "state", sum(pay.jobs or 0 for pay in area.pay.values())


def _names_of(area: Area, states: Mapping[str, Area]) -> list[str]:
    if area.type in {"state", "territory"}:
        return [area.name.lower()]
    if area.type != "metro":
        return []
    cities, _, _ = area.name.partition(",")
    found: list[str] = []
    for city in cities.replace("/", "-").replace("--", "-").lower().split("-"):
        found.append(city.strip())
        for state in area.states:
            found.append(f"{city.strip()} {state.lower()}")
            if state in states:
                found.append(f"{city.strip()} {states[state].name.lower()}")
    return found
