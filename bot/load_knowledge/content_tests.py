"""Tests of the content, in YAML -> what has to be played and asked. Nobody needs Python to write one.

A test file holds, under a title each, any of three things:

    a conversation                     a list of steps: `you` (what is typed), `press` (the label of a button) or
                                       `restart`, and what must be so then: `bot` (text in the reply), `not` (text not
                                       in it), `asks` (questions understood), `kind`, `buttons`, `rate` (all
                                       buttons that rate the answer), `flow`, `step`
    id of a question: [sentences]      sentences that ask it
    a heading: {sentence: place}       sentences with a place in them

and, if it likes, `today: 2026-11-23`: the day it is played on. Left out, it is the day of `today.yaml` in the folder,
and without that the real one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.load_knowledge.problems import Problem, did_you_mean
from bot.load_knowledge.yaml_lines import Document, Path_, read_yaml

DOINGS = ("you", "press", "restart")
WANTED = ("bot", "not", "asks", "kind", "buttons", "rate", "flow", "step")
FOLDERS = ("conversations", "understanding")
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Step:
    """What a person does (`how` is you, press or restart) and what must be so then, by the keys of `WANTED`."""

    line: int
    how: str
    what: str
    wanted: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole conversation; `today` is the day it is played on, None for the real one."""

    file: str
    line: int
    title: str
    steps: tuple[Step, ...]
    today: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what it must be taken for: the id of a question, or of a place by its name."""

    file: str
    line: int
    means: str
    text: str
    today: dt.date | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ContentTests:
    """All that some test files hold, and what in them can't be read."""

    transcripts: tuple[Transcript, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    places: tuple[Sentence, ...] = ()
    problems: tuple[Problem, ...] = ()


def tests_folder(knowledge: Path) -> Path:
    """Where the tests of the content in `knowledge` lie: in its own `tests`, or beside a folder named `knowledge`."""
    inside = knowledge / "tests"
    return knowledge.with_name("tests") if knowledge.name == "knowledge" and not inside.is_dir() else inside


def files_in(folder: Path) -> list[Path]:
    """The test files of a folder, conversations first."""
    return [path for name in FOLDERS for path in sorted((folder / name).glob("*.yaml"))]


def read_tests(files: Iterable[Path], folder: Path | None = None) -> ContentTests:
    """What `files` hold; `folder` is where their `today.yaml` would lie. Never raises for bad content."""
    day, problems = _day_of(folder) if folder else (None, [])
    reader = _Reader(day, problems)
    for path in files:
        reader.read(read_yaml(path, str(path)))
    return ContentTests(
        tuple(reader.transcripts), tuple(reader.sentences), tuple(reader.places), tuple(reader.problems)
    )


def _day_of(folder: Path) -> tuple[dt.date | None, list[Problem]]:
    path = folder / f"{TODAY}.yaml"
    if not path.exists():
        return None, []
    document = read_yaml(path, str(path))
    data = document.data if isinstance(document.data, dict) else {}
    return _day(data.get(TODAY), document), document.problems


def _day(written: Any, document: Document) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError:
        document.report((TODAY,), f"'{written}' is no day: write it like 2026-11-23")
        return None


class _Reader:
    """Collects the tests of several files."""

    def __init__(self, day: dt.date | None, problems: list[Problem]) -> None:
        self.day, self.problems = day, problems
        self.transcripts: list[Transcript] = []
        self.sentences: list[Sentence] = []
        self.places: list[Sentence] = []

    def read(self, document: Document) -> None:
        data = document.data
        if isinstance(data, dict):
            day = _day(data[TODAY], document) if TODAY in data else self.day
            for title, value in data.items():
                if title != TODAY:
                    self._one(title, value, document, day)
        elif not document.problems:
            document.report((), "holds no tests: write a title, and steps or sentences below it")
        self.problems += document.problems

    def _one(self, title: str, value: Any, document: Document, day: dt.date | None) -> None:
        if isinstance(value, dict):
            for text, means in value.items():
                line = document.line((title, text))
                self.places.append(Sentence(document.file, line, str(means), text, day, title))
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            steps = tuple(_steps(title, value, document))
            self.transcripts.append(Transcript(document.file, document.line((title,)), title, steps, day))
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            for index, text in enumerate(value):
                line = document.line((title, index))
                self.sentences.append(Sentence(document.file, line, title, text, day))
        else:
            what = "should be a list of steps (- you: ...) or a list of sentences, not both and not empty"
            document.report((title,), what)


def _steps(title: str, steps: list[dict[str, Any]], document: Document) -> Iterator[Step]:
    for index, step in enumerate(steps):
        at: Path_ = (title, index)
        for key in step.keys() - {*DOINGS, *WANTED}:
            document.report((*at, key), f"unknown key '{key}'{did_you_mean(key, (*DOINGS, *WANTED))}")
        done = [key for key in DOINGS if key in step]
        if len(done) != 1:
            document.report(at, "a step has exactly one of you, press or restart")
            continue
        wanted = {key: _listed(step[key]) for key in WANTED if key in step}
        yield Step(document.line(at), done[0], str(step[done[0]]), wanted)


def _listed(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
