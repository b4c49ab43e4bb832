"""A published wage table, CSV or workbook, -> rows in our own schema.

Workbooks are those of the Occupational Employment and Wage Statistics as published: `state_M*_dl.xlsx`,
`MSA_M*_dl.xlsx`, `BOS_M*_dl.xlsx`, `national_M*_dl.xlsx` and `all_data_M_*.xlsx`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.load_knowledge.places import OF_A_PLACE

OWN = {
    "p10": "a_pct10", "p25": "a_pct25", "median": "a_median", "p75": "a_pct75", "p90": "a_pct90", "hourly": "h_median",
    "jobs": "tot_emp", "lq": "loc_quotient", "mean": "a_mean", "per_1000": "jobs_1000", "occupation": "occ_code",
    "area": "area_code", "name": "area_title", "type": "area_type", "states": "states", "rpp": "rpp_2024",
}  # fmt: skip
PUBLISHED = {
    "p10": "A_PCT10", "p25": "A_PCT25", "median": "A_MEDIAN", "p75": "A_PCT75", "p90": "A_PCT90", "hourly": "H_MEDIAN",
    "jobs": "TOT_EMP", "lq": "LOC_QUOTIENT", "mean": "A_MEAN", "per_1000": "JOBS_1000", "occupation": "OCC_CODE",
    "area": "AREA", "name": "AREA_TITLE", "type": "AREA_TYPE", "states": "PRIM_STATE",
}  # fmt: skip
OPTIONAL = frozenset({"per_1000", "rpp"})
TYPES = {"1": "nation", "2": "state", "3": "territory", "4": "metro", "6": "nonmetro"}
NOT_PUBLISHED = frozenset({"", "*", "**", "~"})
TOP_CODED = "#"  # at least so much: the office publishes no more than these
TOP_YEAR, TOP_HOUR = "239200", "115"
NOTHING_BUT_ALL = frozenset({"", "000000"})
STATE_DIGITS = 2


class CannotImport(Exception):
    """The file is no such table; says file, line or column, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One occupation in one area. `figures` are by our names, "" where nothing was published."""

    area: str
    name: str
    type: str
    states: str
    rpp: str
    occupation: str
    figures: Mapping[str, str]


def read_table(path: Path) -> list[Row]:
    """All rows of a table. Raises CannotImport."""
    if path.suffix.lower() == ".csv":
        return list(_from_csv(path))
    if path.suffix.lower() == ".xlsx":
        return list(_from_workbook(path))
    raise CannotImport(f"{path.name}: is neither a .csv nor an .xlsx file; unpack the office's .zip first")


def _from_csv(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = _columns(OWN, reader.fieldnames or (), path)
            for line, row in enumerate(reader, start=2):
                yield _row({ours: row.get(theirs) or "" for ours, theirs in columns.items()}, path, line)
    except (UnicodeDecodeError, csv.Error) as error:
        raise CannotImport(f"{path.name}: can't be read as CSV ({error}); save it as UTF-8") from None


def _from_workbook(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise CannotImport(f"{path.name}: can't be read as a workbook ({error}); download it again") from None
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        header = [str(cell or "").strip().upper() for cell in next(lines, ())]
        columns = _columns(PUBLISHED, header, path)
        at = {ours: header.index(theirs) for ours, theirs in columns.items()}
        industry, group = (header.index(c) if c in header else None for c in ("NAICS", "O_GROUP"))
        for line, cells in enumerate(lines, start=2):
            if _is_ours(cells, industry, group):
                yield _row({ours: _text(cells[i]) for ours, i in at.items()}, path, line)
    finally:
        book.close()


def _columns(wanted: Mapping[str, str], header: Sequence[str], path: Path) -> dict[str, str]:
    missing = [theirs for ours, theirs in wanted.items() if theirs not in header and ours not in OPTIONAL]
    if missing:
        what = f"the column {missing[0]}" if len(missing) == 1 else f"the columns {', '.join(missing)}"
        raise CannotImport(f"{path.name}: line 1: {what} is missing; is this a wage table as published?")
    return {ours: theirs for ours, theirs in wanted.items() if theirs in header}


def _is_ours(cells: Sequence[object], industry: int | None, group: int | None) -> bool:
    """All industries together, and occupations in full detail: the big file holds each by industry and group too."""
    whole = industry is None or _text(cells[industry]) in NOTHING_BUT_ALL
    return whole and (group is None or _text(cells[group]).lower() == "detailed")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _row(cells: Mapping[str, str], path: Path, line: int) -> Row:
    kind = TYPES.get(cells["type"], cells["type"])
    if kind not in TYPES.values():
        raise CannotImport(f"{path.name}: line {line}: AREA_TYPE is '{cells['type']}'; known are {', '.join(TYPES)}")
    return Row(
        area=_area_code(cells["area"], kind),
        name=cells["name"],
        type=kind,
        states=cells["states"] if kind != "metro" else cells["name"].rpartition(",")[2].strip() or cells["states"],
        rpp=cells.get("rpp", ""),
        occupation=cells["occupation"],
        figures={name: _figure(name, cells.get(name, ""), path, line) for name in OF_A_PLACE},
    )


def _area_code(code: str, kind: str) -> str:
    """A workbook's number loses the zero in front: 1 is Alabama's 01, 100001 the rest of it, 0100001."""
    digits = {"state": STATE_DIGITS, "nation": STATE_DIGITS, "metro": 5, "nonmetro": 7}.get(kind, 0)
    return code.zfill(digits)


def _figure(name: str, cell: str, path: Path, line: int) -> str:
    cell = cell.replace(",", "")
    if cell in NOT_PUBLISHED:
        return ""
    if cell == TOP_CODED:
        return TOP_HOUR if name == "hourly" else TOP_YEAR
    try:
        float(cell)
    except ValueError:
        raise CannotImport(
            f"{path.name}: line {line}: {PUBLISHED[name]} is '{cell}', no figure and none of the office's markers"
        ) from None
    return cell
