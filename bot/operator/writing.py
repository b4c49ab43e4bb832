"""Tables written whole or not at all: a file that was cut short must never be read as content."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV beside `path` first, then put it in its place in one step."""
    with _put_in_place(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_text(path: Path, text: str) -> None:
    with _put_in_place(path) as file:
        file.write(text)


@contextmanager
def _put_in_place(path: Path) -> Iterator[TextIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with half_written.open("w", encoding="utf-8", newline="") as file:
            yield file
        half_written.replace(path)
    finally:
        half_written.unlink(missing_ok=True)
