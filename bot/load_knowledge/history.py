"""What the nation's surveys of earlier years said of the career's own occupations: a CSV -> years of pay by role."""

from __future__ import annotations

from pathlib import Path

from bot.conversation.area import YearOfPay
from bot.conversation.knowledge import Career
from bot.load_knowledge.places import FIGURES, pay_of
from bot.load_knowledge.problems import Problem
from bot.load_knowledge.tables import rows_of

COLUMNS = ("as_of", "occupation", *FIGURES)


def read_history(file: Path, career: Career, shown_as: str) -> tuple[dict[str, tuple[YearOfPay, ...]], list[Problem]]:
    """Role -> its years, oldest first. The file has a row for each year and occupation; an empty cell is unknown."""
    problems: list[Problem] = []
    roles = {occupation.code: role for role, occupation in career.occupations.items()}
    years: dict[str, list[YearOfPay]] = {}
    for line, row in rows_of(file, shown_as, problems, COLUMNS):
        try:
            year = YearOfPay(row["as_of"], pay_of(row, FIGURES))
            if row["occupation"] in roles:
                years.setdefault(roles[row["occupation"]], []).append(year)
        except ValueError as error:
            problems.append(Problem(shown_as, line, row["as_of"], f"bad row: {error}"))
    return {role: tuple(sorted(known, key=lambda year: year.as_of)) for role, known in years.items()}, problems
