"""What a start found out, kept in files, so that only a change of content has to be learnt and checked anew."""

from __future__ import annotations

import contextlib
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bot.conversation.matching.features import Floats
from bot.conversation.matching.matcher import Lesson
from bot.conversation.matching.ranker import Ranker

KEPT = 2  # the newest few; an operator who edits content would fill the disk otherwise


class LearntFiles:
    """In `folder` a folder for each lesson and a file for each content found sound, named by fingerprints.

    Any trouble with a file only means learning or checking again. Weights are mapped, not read: of 50 MB only the rows
    of words that people use ever come into memory.
    """

    def __init__(self, folder: Path, on_miss: Callable[[], None] | None = None) -> None:
        """`on_miss` is called before learning anew, which takes long enough to be worth a word to whoever waits."""
        self._folder = folder
        self._on_miss = on_miss

    def recall(self, fingerprint: str) -> Lesson | None:
        try:
            return _read(self._folder / fingerprint)
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            if self._on_miss:
                self._on_miss()
            return None

    def keep(self, fingerprint: str, lesson: Lesson) -> None:
        with contextlib.suppress(OSError):
            half_written = self._folder / f"{fingerprint}.{os.getpid()}.tmp"
            _write(half_written, lesson)
            shutil.rmtree(self._folder / fingerprint, ignore_errors=True)
            with contextlib.suppress(OSError):  # another start was faster
                half_written.rename(self._folder / fingerprint)
            self._forget_old()

    def warnings_of(self, fingerprint: str) -> int | None:
        """How many warnings there were when content of this fingerprint was found sound; None if it never was."""
        try:
            return int((self._folder / f"{fingerprint}.sound").read_text("ascii"))
        except (OSError, ValueError):
            return None

    def note_sound(self, fingerprint: str, warnings: int) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{fingerprint}.sound").write_text(str(warnings), "ascii")
            for path in self._newest("*.sound")[KEPT:]:
                path.unlink(missing_ok=True)

    def _forget_old(self) -> None:
        for path in self._newest("*/")[KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
        for path in self._folder.glob("*.npz"):  # of earlier versions
            path.unlink(missing_ok=True)

    def _newest(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)


def _read(folder: Path) -> Lesson:
    with np.load(folder / "words.npz", allow_pickle=False) as kept:
        sentences, features = (tuple(str(kept[name]).split("\n")) for name in ("sentences", "features"))
        seen = dict(zip(features, kept["counts"].tolist(), strict=True))
    return Lesson(sentences, seen, Ranker(_mapped(folder / "shared.npy"), _mapped(folder / "sense.npy")))


def _mapped(path: Path) -> Floats:
    found: Floats = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    return found


def _write(folder: Path, lesson: Lesson) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(
        folder / "words.npz",
        allow_pickle=False,
        sentences=np.array("\n".join(lesson.sentences)),
        features=np.array("\n".join(lesson.seen)),
        counts=np.array(list(lesson.seen.values())),
    )
    np.save(folder / "shared.npy", lesson.ranker.shared, allow_pickle=False)
    np.save(folder / "sense.npy", lesson.ranker.sense, allow_pickle=False)
