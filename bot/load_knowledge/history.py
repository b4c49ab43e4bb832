"""What the nation's surveys of earlier years said of the career's own occupations: a CSV -> years of pay by role."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from bot.conversation.area import Pay, YearOfPay
from bot.conversation.knowledge import Career
from bot.load_knowledge.problems import Problem

FIGURES = ("p10", "p25", "median", "p75", "p90", "hourly", "jobs")
COLUMNS = ("as_of", "occupation", *FIGURES)


def read_history(file: Path, career: Career, shown_as: str) -> tuple[dict[str, tuple[YearOfPay, ...]], list[Problem]]:
    """Role -> its years, oldest first. The file has a row for each year and occupation; an empty cell is unknown."""
    problems: list[Problem] = []
    roles = {occupation.code: role for role, occupation in career.occupations.items()}
    years: dict[str, list[YearOfPay]] = {}
    try:
        rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return {}, [Problem(shown_as, 1, "the file", f"can't be read ({error})")]
    for line, row in enumerate(rows, start=2):
        try:
            year = YearOfPay(row["as_of"], _pay(row))
            if row["occupation"] in roles:
                years.setdefault(roles[row["occupation"]], []).append(year)
        except KeyError as error:
            return {}, [Problem(shown_as, 1, "the heading", f"column {error} is missing; it should read {COLUMNS}")]
        except (TypeError, ValueError) as error:
            problems.append(Problem(shown_as, line, row["as_of"], f"bad row: {error}"))
    return {role: tuple(sorted(known, key=lambda year: year.as_of)) for role, known in years.items()}, problems


def _pay(row: Mapping[str, str]) -> Pay:
    cells = {name: float(row[name]) if row[name] else None for name in FIGURES}
    jobs = cells.pop("jobs")
    return Pay(jobs=None if jobs is None else int(jobs), **cells)
