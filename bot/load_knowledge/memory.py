"""What a start found out, kept in files, so that only a change of content has to be learnt and checked anew."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.matcher import Lesson
from bot.conversation.matching.ranker import Ranker
from bot.conversation.texts import Texts

Bytes = npt.NDArray[np.uint8]
KEPT = 3  # those used last, for two careers and an edit; an operator who edits content would fill the disk otherwise


@dataclass(frozen=True, slots=True)
class Sound:
    """Content that was checked: how many warnings there were, and the plain data of its YAML files by name."""

    warnings: int
    documents: Mapping[str, Any]


class LearntFiles:
    """In `folder` two files for each lesson and one for each content found sound, named by fingerprints.

    Any trouble with a file only means learning or checking again.
    """

    def __init__(self, folder: Path, on_miss: Callable[[], None] | None = None) -> None:
        """`on_miss` is called before learning anew, which takes long enough to be worth a word to whoever waits."""
        self._folder = folder
        self._on_miss = on_miss

    def recall(self, fingerprint: str) -> Lesson | None:
        path = self._folder / f"{fingerprint}.npz"
        try:
            lesson = _read(path)
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            if self._on_miss:
                self._on_miss()
            return None
        _mark_as_used(path)
        return lesson

    def keep(self, fingerprint: str, lesson: Lesson) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for suffix, write in ((".npy", _write_words), (".npz", _write_others)):
                half_written = self._folder / f"{fingerprint}.{os.getpid()}.tmp"
                with half_written.open("wb") as file:
                    write(file, lesson)
                    _out_of_memory(file)
                half_written.replace(self._folder / f"{fingerprint}{suffix}")
            self._forget_old()

    def sound(self, fingerprint: str) -> Sound | None:
        """The content of this fingerprint as it was when it was found sound; None if it never was."""
        path = self._folder / f"{fingerprint}.sound"
        try:
            sound = Sound(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        _mark_as_used(path)
        return sound

    def note_sound(self, fingerprint: str, sound: Sound) -> None:
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            half_written = self._folder / f"{fingerprint}.sound.{os.getpid()}.tmp"
            half_written.write_text(json.dumps({"warnings": sound.warnings, "documents": sound.documents}), "ascii")
            half_written.replace(self._folder / f"{fingerprint}.sound")
            for path in self._last_used("*.sound")[KEPT:]:
                path.unlink(missing_ok=True)

    def _forget_old(self) -> None:
        for path in self._last_used("*.npz")[KEPT:]:
            path.unlink(missing_ok=True)
            path.with_suffix(".npy").unlink(missing_ok=True)
        for path in self._folder.glob("*/shared.npy"):  # of earlier versions
            shutil.rmtree(path.parent, ignore_errors=True)

    def _last_used(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)


def _out_of_memory(file: IO[bytes]) -> None:
    """Out of the system's memory of files: what was just written lies there in pieces of megabytes, mapped as a whole.

    Read again, it comes in small pieces, and only those that are used: 6 MB less after the first answer.
    """
    file.flush()
    if hasattr(os, "posix_fadvise"):
        os.fsync(file.fileno())  # only what is on the disk can be let go of
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _mark_as_used(path: Path) -> None:
    with contextlib.suppress(OSError):  # a folder that may only be read is good enough to recall from
        os.utime(path)


def _read(path: Path) -> Lesson:
    # The largest table is mapped: rows of words that nobody uses stay on the disk. Only a file of its own can be.
    table = np.asarray(np.load(path.with_suffix(".npy"), mmap_mode="r", allow_pickle=False))
    with np.load(path, allow_pickle=False) as kept:
        sentences, words, stems, features = (
            Texts.joined_before(kept[name].tobytes()) for name in ("sentences", "words", "stems", "features")
        )
        return Lesson(
            sentences,
            dict(zip(words, stems, strict=True)),
            features,
            kept["seen"],
            Ranker(table, kept["step"], kept["sense"], kept["intents"]),
        )


def _write_words(file: IO[bytes], lesson: Lesson) -> None:
    np.save(file, lesson.ranker.words, allow_pickle=False)


def _write_others(file: IO[bytes], lesson: Lesson) -> None:
    np.savez(
        file,
        allow_pickle=False,
        sentences=_bytes(lesson.sentences),
        words=_bytes(Texts(lesson.stems)),
        stems=_bytes(Texts(lesson.stems.values())),
        features=_bytes(lesson.features),
        seen=lesson.seen,
        step=lesson.ranker.step,
        sense=lesson.ranker.sense,
        intents=lesson.ranker.intents,
    )


def _bytes(texts: Texts) -> Bytes:
    """As numpy keeps them in one byte a letter instead of four."""
    return np.frombuffer(texts.joined, dtype=np.uint8)
