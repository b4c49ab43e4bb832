"""What the matcher learnt, kept in files, so that only a change of content has to be learnt anew."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bot.conversation.matching.matcher import Lesson
from bot.conversation.matching.ranker import Ranker

KEPT = 2  # the newest few; an operator who edits content would fill the disk otherwise


class LearntFiles:
    """One `.npz` file for each fingerprint in `folder`. Any trouble with a file only means learning again."""

    def __init__(self, folder: Path, on_miss: Callable[[], None] | None = None) -> None:
        """`on_miss` is called before learning anew, which takes long enough to be worth a word to whoever waits."""
        self._folder = folder
        self._on_miss = on_miss

    def recall(self, fingerprint: str) -> Lesson | None:
        try:
            with np.load(self._path(fingerprint), allow_pickle=False) as kept:
                sentences, features = (tuple(str(kept[name]).split("\n")) for name in ("sentences", "features"))
                seen = dict(zip(features, kept["counts"].tolist(), strict=True))
                return Lesson(sentences, seen, Ranker(kept["shared"], kept["sense"]))
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            if self._on_miss:
                self._on_miss()
            return None

    def keep(self, fingerprint: str, lesson: Lesson) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            half_written = self._folder / f"{fingerprint}.{os.getpid()}.tmp.npz"
            np.savez(
                half_written,
                allow_pickle=False,
                sentences=np.array("\n".join(lesson.sentences)),
                features=np.array("\n".join(lesson.seen)),
                counts=np.array(list(lesson.seen.values())),
                shared=lesson.ranker.shared,
                sense=lesson.ranker.sense,
            )
            half_written.replace(self._path(fingerprint))
            self._forget_old()

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)

    def _path(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}.npz"
