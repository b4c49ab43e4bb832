"""The pay table: two CSV files -> areas with the pay of each of the career's occupations."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.conversation.area import Area, Pay
from bot.conversation.knowledge import Career
from bot.load_knowledge.problems import Problem

AREAS, WAGES = "places/areas.csv", "places/wages.csv"
FIGURES = ("p10", "p25", "median", "p75", "p90", "hourly", "jobs")  # of every survey
BESIDE = ("lq", "mean", "per_1000")  # in a survey of places


def read_areas(
    path: Callable[[str], Path], career: Career, shown: Callable[[str], str]
) -> tuple[dict[str, Area], list[Problem]]:
    """All areas with the pay of the career's own occupations, in the order of the file. `path` finds a file."""
    problems: list[Problem] = []
    roles = {occupation.code: role for role, occupation in career.known_occupations.items()}
    pay: dict[str, dict[str, Pay]] = {}
    for line, row in rows_of(path(WAGES), shown(WAGES), problems):
        role = roles.get(row.get("occupation", ""))
        if role is None:
            continue
        try:
            pay.setdefault(row["area"], {})[role] = pay_of(row, (*FIGURES, *BESIDE))
        except (KeyError, ValueError) as error:
            problems.append(Problem(shown(WAGES), line, row.get("area", "?"), f"bad row: {error}"))
    areas: dict[str, Area] = {}
    for line, row in rows_of(path(AREAS), shown(AREAS), problems):
        try:
            known = pay.get(row["code"], {})
            areas[row["code"]] = Area(
                code=row["code"],
                name=row["name"],
                type=row["type"],
                states=tuple(row["states"].replace("|", "-").split("-")),
                rpp=_number(row["rpp"]),
                pay={role: known.get(role, Pay()) for role in roles.values()},
            )
        except (KeyError, ValueError) as error:
            problems.append(Problem(shown(AREAS), line, row.get("name", "?"), f"bad row: {error}"))
    return areas, problems


def rows_of(path: Path, shown_as: str, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV with their lines; a file that can't be read is a problem and has none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(enumerate(csv.DictReader(file), start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem(shown_as, 1, "the file", f"can't be read ({error})"))
        return []


def _number(text: str) -> float | None:
    return float(text) if text else None


def pay_of(row: Mapping[str, str], figures: Iterable[str]) -> Pay:
    """An empty cell is unknown; KeyError where a column is missing, ValueError where a cell is no number."""
    cells = {name: _number(row[name]) for name in figures}
    jobs = cells.pop("jobs")
    return Pay(jobs=None if jobs is None else int(jobs), **cells)
