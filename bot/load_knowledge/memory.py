"""What the matcher learnt, kept in files, so that only a change of content has to be learnt anew."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bot.conversation.matching.features import Floats

KEPT = 3  # the newest few; an operator who edits content would fill the disk otherwise


class LearntFiles:
    """One `.npy` file for each fingerprint in `folder`. Any trouble with a file only means learning again."""

    def __init__(self, folder: Path, on_miss: Callable[[], None] | None = None) -> None:
        """`on_miss` is called before learning anew, which takes long enough to be worth a word to whoever waits."""
        self._folder = folder
        self._on_miss = on_miss

    def recall(self, fingerprint: str) -> Floats | None:
        path = self._path(fingerprint)
        try:
            learnt: Floats = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            if self._on_miss:
                self._on_miss()
            return None
        return learnt if learnt.dtype == np.float32 else None

    def keep(self, fingerprint: str, learnt: Floats) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            half_written = self._folder / f"{fingerprint}.{os.getpid()}.tmp.npy"
            np.save(half_written, learnt, allow_pickle=False)
            half_written.replace(self._path(fingerprint))
            self._forget_old()

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.npy"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}.npy"
