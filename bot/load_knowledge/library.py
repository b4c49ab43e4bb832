"""The files of a knowledge folder as they are read: each once, with where everything stands, and what stands in for it.

A folder may name another as `shared` (in career.yaml). Lines of voice.yaml and pictures.yaml, sections of
vocabulary.yaml and whole files of places/ that it does not have are then taken from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.conversation import buttons
from bot.conversation.flows.shape import Flow
from bot.conversation.matching.calibration import Calibration
from bot.load_knowledge.lock import CALIBRATION, Lock
from bot.load_knowledge.problems import Problem
from bot.load_knowledge.shapes import T, shape_each, shape_one
from bot.load_knowledge.yaml_lines import Document, read_yaml


class Library:
    """The files of one knowledge folder, each read once, and where each item stands."""

    def __init__(self, folder: Path, read_before: Mapping[str, Any] | None = None) -> None:
        """`read_before` is what `plain_data` gave for the very same files; they are not read again."""
        self.folder = folder
        self._read_before = read_before or {}
        self.documents: dict[str, Document] = {}
        self.where: dict[str, tuple[Document, str]] = {}
        self.others: list[Problem] = []  # of what is no YAML: the folder itself, and the tables

    @cached_property
    def shared(self) -> Path | None:
        """The folder that `shared` in career.yaml points to."""
        document = self.document("career.yaml")
        written = document.data.get("shared") if isinstance(document.data, dict) else None
        if not written:
            return None
        folder = self.folder / str(written)
        if not folder.is_dir():
            what = f"'{written}' is no folder; write its way from {self.folder.name}/, or copy the missing files here"
            document.report(("shared",), what, rule="unreadable")
            return None
        return folder

    def path(self, name: str) -> Path:
        """Where the file `name` is: here, or in the shared folder if it is only there."""
        own = self.folder / name
        return self.shared / name if self.shared and not own.exists() and (self.shared / name).exists() else own

    def shown(self, name: str) -> str:
        """How a problem names the file."""
        path = self.path(name)
        return f"{(self.folder if path == self.folder / name else path.resolve().parents[name.count('/')]).name}/{name}"

    def document(self, name: str) -> Document:
        if name not in self.documents:
            self.documents[name] = self._read(name, self.folder / name, f"{self.folder.name}/{name}")
        return self.documents[name]

    def _read(self, name: str, path: Path, shown: str) -> Document:
        return Document(shown, self._read_before[name]) if name in self._read_before else read_yaml(path, shown)

    def plain_data(self) -> dict[str, Any]:
        """What stands in each file, without where."""
        return {name: document.data for name, document in self.documents.items() if document.data is not None}

    def layered(self, name: str, shape: type[T]) -> T | None:
        """Like `one`, but whatever keys the own file lacks come from the shared one."""
        if self.shared is None:
            return self.one(name, shape)
        document = self.document(name) if (self.folder / name).exists() else Document(self.shown(name))
        below = read_yaml(self.shared / name, self.shown(name)).data
        self.documents[name], self.where[name] = document, (document, "")
        return shape_one(shape, _over(document.data or {}, below or {}), document, ())

    def one(self, name: str, shape: type[T]) -> T | None:
        path = self.path(name)  # which reads career.yaml, where `shared` stands
        if name not in self.documents:
            self.documents[name] = self._read(name, path, self.shown(name))
        document = self.documents[name]
        self.where[name] = (document, "")
        if document.data is None:
            if not document.problems:
                document.report((), "is empty")
            return None
        return shape_one(shape, document.data, document, ())

    def each(self, name: str, shape: type[T]) -> dict[str, T]:
        document = self.document(name)
        items = shape_each(shape, document)
        for key in items:
            if key in self.where:
                other, _ = self.where[key]
                document.report((key,), f"'{key}' is also in {other.file}; ids must differ", rule="twice")
            self.where[key] = (document, key)
        return items

    def all_of(self, subfolder: str, shape: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for path in sorted((self.folder / subfolder).glob("*.yaml")):
            found |= self.each(f"{subfolder}/{path.name}", shape)
        if not found:
            self.document(f"{subfolder}/").problems[:] = [
                Problem(
                    f"{self.folder.name}/{subfolder}",
                    1,
                    "the folder",
                    "holds no .yaml file that can be used",
                    "unreadable",
                )
            ]
        return found

    def flows(self) -> dict[str, Flow]:
        """One file a flow, named by its id."""
        found: dict[str, Flow] = {}
        for path in sorted((self.folder / "flows").glob("*.yaml")):
            flow = self.one(f"flows/{path.name}", Flow)
            self.where[f"{buttons.FLOW_NAMED}{path.stem}"] = self.where[f"flows/{path.name}"]
            if flow:
                found[path.stem] = flow
        return found

    def optional(self, name: str, shape: type[T], without: T) -> T | None:
        """Like `one`, for a file that may be missing."""
        if (self.folder / name).exists():
            return self.one(name, shape)
        self.where[name] = (self.documents.setdefault(name, Document(self.shown(name))), "")
        return without

    def calibration(self) -> Calibration:
        """How shares become probabilities, as last measured on this content; unfitted where it never was."""
        document = self.document(CALIBRATION)
        if not document.lines and not (self.folder / CALIBRATION).exists():
            document.problems.clear()
            return Calibration()
        shaped = shape_one(Lock, document.data, document, ())
        return shaped.calibration if shaped else Calibration()

    def problems(self) -> list[Problem]:
        return self.others + [problem for document in self.documents.values() for problem in document.problems]


ADDED_TO = "kinds"  # the section of vocabulary.yaml whose lists grow by one's own words, instead of being replaced


def _over(own: Any, below: Any) -> Any:
    """The mapping `own` with what it lacks from `below`; anything else as it is, to be reported by its shape."""
    if not isinstance(own, dict) or not isinstance(below, dict):
        return own
    kinds, more = own.get(ADDED_TO), below.get(ADDED_TO)
    if not isinstance(kinds, dict) or not isinstance(more, dict):
        return {**below, **own}
    grown = {kind: [*names, *more.get(kind, ())] if isinstance(names, list) else names for kind, names in kinds.items()}
    return {**below, **own, ADDED_TO: {**more, **grown}}


def shared_places(folder: Path) -> Path | None:
    """The lists of places that stand in for those that `folder` does not have."""
    shared = Library(folder).shared
    return shared / "places" if shared else None


DECIDE_READING = frozenset({"career.yaml", "vocabulary.yaml", "places"})  # and the phrasings themselves
ONLY_FIGURES = frozenset({"wages.csv", "history.csv"})


@dataclass(frozen=True, slots=True)
class Versions:
    """Twelve hex digits each, of the content with what it shares.

    `content` changes with any of its files, `reading` only with those that decide how a message is read.
    """

    content: str
    reading: str


def versions(folder: Path) -> Versions:
    content, reading = hashlib.sha256(), hashlib.sha256()
    shared = Library(folder).shared
    for place in (folder, shared) if shared else (folder,):
        for path in sorted(_content_files(place)):
            name = path.relative_to(place)
            told = name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
            content.update(told)
            if name.parts[0] in DECIDE_READING and name.name not in ONLY_FIGURES:
                reading.update(told)
    return Versions(content.hexdigest()[:12], reading.hexdigest()[:12])


def content_hash(folder: Path) -> str:
    return versions(folder).content


def _content_files(folder: Path) -> Iterable[Path]:
    """All but the tests: they say how content is used, not what it is."""
    return (
        path
        for path in folder.rglob("*")
        if path.suffix in {".yaml", ".csv"} and path.is_file() and path.relative_to(folder).parts[0] != "tests"
    )
