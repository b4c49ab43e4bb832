"""New rows put together with what was there, written whole, and told: which areas are new, which are gone."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.load_knowledge.places import FIGURES, OF_AREAS, OF_WAGES
from bot.operator.import_wages.tables import CannotImport, Row, read_table
from bot.operator.writing import write_table

ORDER = ("nation", "state", "territory", "metro", "nonmetro")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: numbers of areas and rows, the names of areas that are new or gone, and the nation's rows."""

    areas: int
    rows: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    nation: tuple[Row, ...] = ()


def import_wages(
    tables: Sequence[Path], places: Path, wanted: Iterable[str] = (), shared: Path | None = None
) -> Imported:
    """Write `areas.csv` and `wages.csv` in `places` from `tables`. Raises CannotImport and then changes nothing.

    Of kinds of areas that none of the tables holds (only the states' file is given, say) the old rows stay. The
    workbooks hold every occupation; those `wanted` are kept and those that the old table had. They hold no price
    levels: an area keeps the one it had. Rows where nothing at all was published are left out. `shared` are the places
    that stand in where `places` has none; areas that are the same as there are not written again.
    """
    wanted = set(wanted)
    own = (places / "areas.csv").exists() or shared is None
    old_areas, old_wages = _read((places if own else shared or places) / "areas.csv"), _read(places / "wages.csv")
    kept = {row["occupation"] for row in old_wages} | wanted
    rows = [row for table in tables for row in _ours(table, kept)]
    kinds = {row.type for row in rows}
    stay = {area["code"] for area in old_areas if area["type"] not in kinds}
    areas, wages = _areas(old_areas, stay, rows), _wages(old_wages, stay, rows)
    listed = sorted(areas.values(), key=lambda area: ORDER.index(area[2]))
    if own or listed != [_columns_of(area) for area in old_areas]:
        write_table(places / "areas.csv", OF_AREAS, listed)
    write_table(places / "wages.csv", OF_WAGES, wages)
    before = {area["code"]: area["name"] for area in old_areas}
    return Imported(
        areas=len(areas),
        rows=len(wages),
        new=tuple(area[1] for code, area in areas.items() if code not in before),
        gone=tuple(name for code, name in before.items() if code not in areas),
        nation=tuple(row for row in rows if row.type == "nation" and row.occupation in wanted),
    )


def _areas(old: Sequence[Mapping[str, str]], stay: Collection[str], rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """By code, as the file has them: the old ones that stay and the new ones, which keep their price level."""
    prices = {area["code"]: area["rpp"] for area in old}
    areas = {area["code"]: _columns_of(area) for area in old if area["code"] in stay}
    for row in rows:
        areas[row.area] = (row.area, row.name, row.type, row.states, row.rpp or prices.get(row.area, ""))
    return areas


def _columns_of(area: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(area[column] for column in OF_AREAS)


def _wages(old: Iterable[Mapping[str, str]], stay: Collection[str], rows: Iterable[Row]) -> list[list[str]]:
    wages = [[w["area"], w["occupation"], *(w.get(f, "") for f in FIGURES)] for w in old if w["area"] in stay]
    return wages + [[r.area, r.occupation, *r.figures.values()] for r in rows if any(r.figures.values())]


def _ours(table: Path, kept: set[str]) -> list[Row]:
    rows = read_table(table)
    if not rows:
        raise CannotImport(f"{table.name}: no row for all industries and one occupation in it")
    ours = [row for row in rows if row.occupation in kept or table.suffix == ".csv"]
    if not ours:
        raise CannotImport(f"{table.name}: none of our occupations ({', '.join(sorted(kept))}) is in it")
    return ours


def told(done: Imported) -> Iterable[str]:
    """What changed, as lines for a terminal."""
    yield f"Wrote {done.areas} areas and {done.rows} rows."
    for what, names in (("New", done.new), ("Gone", done.gone)):
        if names:
            yield f"{what}: {len(names)} areas: {'; '.join(names)}"
    if done.new or done.gone:
        yield "Towns and ZIP codes may lie in other areas now: python run_bot.py build-places"
    if done.nation:
        yield "If these are figures of a new survey, set its month under wages: in career.yaml, and add to history.csv:"
    for row in done.nation:
        yield ",".join(("YYYY-05", row.occupation, *(row.figures.get(name, "") for name in FIGURES)))
    yield "Now run: python run_bot.py check"


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
