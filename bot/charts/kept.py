"""Pictures that were drawn once, as files named by their key."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

MOST_KEPT = 2000  # at some 50 KB each, about 100 MB


class Kept:
    """A folder of finished pictures. Whatever is wrong with it only costs drawing again."""

    def __init__(self, folder: Path, most: int = MOST_KEPT) -> None:
        self._folder, self._most = folder, most

    def find(self, key: str) -> bytes | None:
        file = self._file(key)
        try:
            data = file.read_bytes()
            os.utime(file)  # the least lately used go first
        except OSError:
            return None
        return data or None

    def keep(self, key: str, png: bytes) -> None:
        """Whole or not at all: written beside its place and moved there."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(png)
            Path(unfinished).replace(self._file(key))
            self._make_room()

    def _make_room(self) -> None:
        files = [file for file in self._folder.iterdir() if file.suffix in {".png", ".part"}]
        if len(files) > self._most:
            for file in sorted(files, key=lambda file: file.stat().st_mtime)[: len(files) - self._most * 9 // 10]:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.png"
