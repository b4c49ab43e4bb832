"""CSV files of the content, row by row with their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.load_knowledge.problems import Problem, did_you_mean
from bot.load_knowledge.yaml_slips import unread


def cells_of(path: Path, shown_as: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines, the heading first; a file that can't be read is a problem."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from enumerate(csv.reader(file), start=1)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(shown_as, 1, "the file", unread(error)))
    except csv.Error as error:
        problems.append(Problem(shown_as, 1, "the file", f"can't be read ({error})"))


def rows_of(
    path: Path, shown_as: str, problems: list[Problem], wanted: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The rows by their columns' names. A file that can't be read, or lacks a column, is a problem and has none."""
    before = len(problems)
    rows = cells_of(path, shown_as, problems)
    _, found = next(rows, (1, []))
    listed = [(line, row) for line, row in rows if row]
    if len(problems) > before:
        return []
    missing = [name for name in wanted if name not in found]
    if missing:
        near = did_you_mean(missing[0], found) or "."
        what = f"no column is called '{missing[0]}'{near} Line 1 should read: {','.join(wanted)}"
        problems.append(Problem(shown_as, 1, "the heading", what))
        return []
    short = [line for line, row in listed if len(row) < len(found)]
    problems += (Problem(shown_as, line, "the row", f"has fewer than {len(found)} cells") for line in short)
    return [(line, dict(zip(found, row, strict=False))) for line, row in listed if len(row) >= len(found)]
