"""What was decided in reviews: the last edits, each to be taken back, and the questions that should not come back."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

KEPT = 20  # edits that can be undone


@dataclass(frozen=True, slots=True)
class Edit:
    """One decision. `file` is relative to the content, "" where only `keys` were ignored; `before` is None if the file
    was made by it; `after` is the hash of what it was made into.
    """

    number: int
    told: str
    keys: tuple[str, ...]  # of the questions it is about
    by: str
    at: str  # ISO, UTC
    file: str = ""
    before: str | None = None
    after: str = ""


class Records:
    """In `folder`, as JSON. Holds no question that was ignored, only its fingerprint."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """One decision at a time, whatever process makes it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with open(self._folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def edits(self) -> list[Edit]:
        """Oldest first."""
        found = sorted(self._folder.glob("edit-*.json"))
        plain = (json.loads(path.read_text("utf-8")) for path in found)
        return [Edit(**{**one, "keys": tuple(one["keys"])}) for one in plain]

    def keep(self, edit: Edit) -> None:
        write(self._path(edit.number), json.dumps(asdict(edit), ensure_ascii=False))
        for old in self.edits()[:-KEPT]:
            self._path(old.number).unlink()

    def drop(self, edit: Edit) -> None:
        self._path(edit.number).unlink()

    def next_number(self) -> int:
        """Never that of an edit that was undone: a button of it may still be pressed."""
        path = self._folder / "last-number"
        number = int(path.read_text()) + 1 if path.exists() else 1
        write(path, str(number))
        return number

    def ignored(self) -> frozenset[str]:
        path = self._folder / "ignored.json"
        return frozenset(json.loads(path.read_text("utf-8"))) if path.exists() else frozenset()

    def ignore(self, keys: frozenset[str]) -> None:
        """From now on just these."""
        write(self._folder / "ignored.json", json.dumps(sorted(keys)))

    def _path(self, number: int) -> Path:
        return self._folder / f"edit-{number:06}.json"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(path: Path) -> str | None:
    """The text of a file with its line ends as they are, None if there is none."""
    return path.read_bytes().decode("utf-8") if path.exists() else None


def write(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    half_written.write_bytes(text.encode("utf-8"))
    if path.exists():
        half_written.chmod(path.stat().st_mode)
    half_written.replace(path)
