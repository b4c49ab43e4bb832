"""The pay table: two CSV files -> areas with the pay of each of the career's occupations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from bot.conversation.area import Area, Pay
from bot.conversation.knowledge import Career
from bot.load_knowledge.problems import Problem, did_you_mean
from bot.load_knowledge.tables import rows_of

AREAS, WAGES = "places/areas.csv", "places/wages.csv"
YEARLY = ("p10", "p25", "median", "p75", "p90")
FIGURES = (*YEARLY, "hourly", "jobs")  # of every survey
OF_A_PLACE = (*FIGURES, "lq", "mean", "per_1000")  # of a survey of places
OF_WAGES = ("area", "occupation", *OF_A_PLACE)
OF_AREAS = ("code", "name", "type", "states", "rpp")


def read_areas(
    path: Callable[[str], Path], career: Career, shown: Callable[[str], str]
) -> tuple[dict[str, Area], list[Problem]]:
    """All areas with the pay of the career's own occupations, in the order of the file. `path` finds a file."""
    problems: list[Problem] = []
    roles = {occupation.code: role for role, occupation in career.known_occupations.items()}
    pay, lines = _pay_by_area(rows_of(path(WAGES), shown(WAGES), problems, OF_WAGES), roles, shown(WAGES), problems)
    areas: dict[str, Area] = {}
    for line, row in rows_of(path(AREAS), shown(AREAS), problems, OF_AREAS):
        try:
            known = pay.get(row["code"], {})
            areas[row["code"]] = Area(
                code=row["code"],
                name=row["name"],
                type=row["type"],
                states=tuple(row["states"].replace("|", "-").split("-")),
                rpp=_number(row, "rpp"),
                pay={role: known.get(role, Pay()) for role in roles.values()},
            )
        except ValueError as error:
            problems.append(Problem(shown(AREAS), line, row["name"], str(error)))
    for code in (pay.keys() - areas.keys()) if areas else ():
        what = f"areas.csv knows no area '{code}'{did_you_mean(code.zfill(2), areas)}"
        problems.append(Problem(shown(WAGES), lines[code], f"area {code}", what))
    return areas, problems


def _pay_by_area(
    rows: Iterable[tuple[int, dict[str, str]]], roles: Mapping[str, str], shown_as: str, problems: list[Problem]
) -> tuple[dict[str, dict[str, Pay]], dict[str, int]]:
    """Area -> role -> pay, and the line where each area is first named."""
    pay: dict[str, dict[str, Pay]] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        role = roles.get(row["occupation"])
        if role is None:
            continue
        lines.setdefault(row["area"], line)
        known = pay.setdefault(row["area"], {})
        try:
            if role in known:
                raise ValueError(f"a second row for {row['occupation']}; keep one")
            known[role] = pay_of(row, OF_A_PLACE)
        except ValueError as error:
            problems.append(Problem(shown_as, line, f"area {row['area']}", str(error)))
    return pay, lines


def _number(row: Mapping[str, str], name: str) -> float | None:
    text = row[name]
    try:
        return float(text) if text else None
    except ValueError:
        raise ValueError(f"'{text}' under {name} is no number; write 36020, or leave it empty") from None


def _out_of_order(cells: Mapping[str, float | None]) -> str:
    """The first percentile that lies above the next; empty for none."""
    steps = pairwise((name, figure) for name in YEARLY if (figure := cells[name]) is not None)
    wrong = (f"{low} is {less:g}, above {high} with {more:g}" for (low, less), (high, more) in steps if less > more)
    return next(wrong, "")


def pay_of(row: Mapping[str, str], figures: Iterable[str]) -> Pay:
    """An empty cell is unknown; ValueError where a cell is no number, or percentiles are out of order."""
    cells = {name: _number(row, name) for name in figures}
    if wrong := _out_of_order(cells):
        raise ValueError(wrong)
    jobs = cells.pop("jobs")
    return Pay(jobs=None if jobs is None else int(jobs), **cells)
