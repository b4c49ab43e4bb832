"""YAML read with the C loader, every scalar a string, and the line of every key and item remembered.

YAML 1.1 would turn `no` into False and `012` into 10; nothing is converted here, the shape of the
content decides later. The same key written twice, which PyYAML accepts silently, is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.load_knowledge.problems import Problem
from bot.load_knowledge.yaml_slips import unread, yaml_slip

Path_ = tuple[str | int, ...]
MAX_BYTES = 4_000_000


@dataclass(slots=True)
class Document:
    """One YAML file: plain data plus the line where each part of it stands."""

    file: str
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    visited: set[int] = field(default_factory=set)
    blocks: set[Path_] = field(default_factory=set)  # texts that begin on the line after their key

    def line(self, path: Path_) -> int:
        """The line of `path`, or of its nearest part that is in the file."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1

    def line_of_text(self, path: Path_, number: int) -> int:
        """The line of the file where line `number` (from 1) of the text at `path` stands."""
        return self.line(path) + (number if path in self.blocks else 0)

    def report(self, path: Path_, what: str, where: str | None = None, rule: str = "shape") -> None:
        name = where if where is not None else str(path[0]) if path else "the file"
        self.problems.append(Problem(self.file, self.line(path), name, what, rule))


def read_yaml(path: Path, shown_as: str) -> Document:
    """Read one file. Never raises for bad content: what is wrong stands in `problems`."""
    document = Document(shown_as)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        document.report((), unread(error), rule="unreadable")
        return document
    if len(text) > MAX_BYTES:
        document.report((), f"is larger than {MAX_BYTES:,} characters; split it into several files", rule="yaml")
        return document
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line, what = yaml_slip(text, error)
        document.problems.append(Problem(shown_as, line, "the file", f"is not readable YAML: {what}", "yaml"))
        return document
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        document.report((), f"is not readable YAML: {what}", rule="yaml")
        return document
    if node is not None:
        document.data = _plain(node, (), document)
    return document


def _plain(node: yaml.Node, path: Path_, document: Document) -> Any:
    if id(node) in document.visited:
        # An alias shares its node; nine lines of nested aliases would unfold into a billion items.
        line, what = node.start_mark.line + 1, "uses a YAML alias (*name); write it out"
        document.problems.append(Problem(document.file, line, "the file", what, "yaml"))
        return None
    document.visited.add(id(node))
    document.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), document) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        document.blocks.add(path)
    return node.value


def _mapping(node: yaml.MappingNode, path: Path_, document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "{...}"
        here = (*path, key)
        line = key_node.start_mark.line + 1
        if key in out:
            first = document.lines[here]
            what = f"'{key}' is written twice (first on line {first}); keep one"
            document.problems.append(Problem(document.file, line, str(here[0]), what, "twice"))
            continue
        document.lines[here] = line
        out[key] = _plain(value_node, here, document)
    return out
