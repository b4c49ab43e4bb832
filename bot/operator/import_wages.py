"""A statistics office's wage table -> `knowledge/places/areas.csv` and `wages.csv`, in our own schema."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

AREA_COLUMNS = ("code", "name", "type", "states", "rpp")
WAGE_COLUMNS = ("area", "occupation", "p10", "p25", "median", "p75", "p90", "hourly", "jobs", "mean", "lq")
FROM = {
    "p10": "a_pct10", "p25": "a_pct25", "median": "a_median", "p75": "a_pct75", "p90": "a_pct90",
    "hourly": "h_median", "jobs": "tot_emp", "mean": "a_mean", "lq": "loc_quotient",
}  # fmt: skip


def import_wages(table: Path, places: Path) -> tuple[int, int]:
    """Write both files from `table` (a CSV as `occ_code, area_code, a_median, ...`). Returns (areas, rows).

    Rows where nothing at all was published are left out; a blank cell stays blank.
    """
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    areas = {row["area_code"]: row for row in rows}
    wages = [row for row in rows if any(row[column] for column in FROM.values())]
    _write(places / "areas.csv", AREA_COLUMNS, map(_area, areas.values()))
    _write(places / "wages.csv", WAGE_COLUMNS, map(_wage, wages))
    return len(areas), len(wages)


def _area(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "code": row["area_code"],
        "name": row["area_title"],
        "type": row["area_type"],
        "states": row["states"],
        "rpp": row["rpp_2024"],
    }


def _wage(row: Mapping[str, str]) -> dict[str, str]:
    return {"area": row["area_code"], "occupation": row["occ_code"]} | {k: row[v] for k, v in FROM.items()}


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
