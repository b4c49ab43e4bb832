"""A table of questions and answers -> pairs: CSV or TSV, with the columns of QnA Maker or just question and answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DELIMITERS = ",;\t"
QUESTION, ANSWER, SOURCE = "question", "answer", "source"


class CannotImport(Exception):
    """Nothing was written; says file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with its answer in Markdown, where it stands, and what the file calls its source."""

    file: str
    line: int
    question: str
    answer: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The pairs of a file, and a line with its place for each thing that was left out."""

    pairs: list[Pair]
    left: list[str]


def text_of(path: Path) -> str:
    """The text of a file as offices write them: UTF-8 with or without its mark, UTF-16, else Windows' western letters.

    Raises CannotImport for what is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotImport(f"{path}: can't be read ({error.strerror})") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise CannotImport(f"{path}: is no text; save it as CSV or Markdown first")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_table(path: Path) -> Read:
    """The pairs of a CSV or TSV, and the rows that are only half a pair. Raises CannotImport."""
    text = text_of(path)
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    names = {str(name).strip().lower(): name for name in reader.fieldnames or ()}
    missing = [name for name in (QUESTION, ANSWER) if name not in names]
    if missing:
        found = ", ".join(names) or "nothing"
        raise CannotImport(f"{path}:1: no column is called '{missing[0]}' (found: {found}); name the columns in line 1")
    try:
        pairs, halves = _pairs(path, reader, names)
    except csv.Error as error:
        raise CannotImport(f"{path}:{reader.line_num}: can't be read as a table ({error})") from None
    if not pairs:
        raise CannotImport("\n".join((*halves, f"{path}:1: holds no question with its answer")))
    return Read(pairs, halves)


def _pairs(path: Path, reader: csv.DictReader[str], names: Mapping[str, str]) -> tuple[list[Pair], list[str]]:
    """The whole pairs, and what is wrong with rows that are only half a pair."""
    pairs: list[Pair] = []
    halves: list[str] = []
    begins = reader.line_num + 1
    for row in reader:
        cells = {name: (row.get(column) or "").strip() for name, column in names.items()}
        if cells[QUESTION] and not cells[ANSWER]:
            halves.append(f"{path}:{begins}: “{cells[QUESTION]}” has no answer, and was left out")
        elif cells[ANSWER] and not cells[QUESTION]:
            halves.append(f"{path}:{begins}: an answer without a question, which was left out")
        elif cells[QUESTION]:
            answer = cells[ANSWER].replace("\\n", "\n")
            pairs.append(Pair(str(path), begins, cells[QUESTION], answer, cells.get(SOURCE, "")))
        begins = reader.line_num + 1
    return pairs, halves
