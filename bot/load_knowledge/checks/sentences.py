"""A template as its author reads it: sentences in their order, with a mark where a figure will stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

from bot.load_knowledge.templates import path_of

FIGURE = "\ue000"  # stands where the template prints something
TAG = re.compile(r"<[^>]*>")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`printed` are the dotted names behind each FIGURE in `text`; `line` is the line of the template, from 1."""

    text: str
    line: int
    printed: tuple[tuple[str, ...], ...]


def sentences(tree: nodes.Template) -> list[Sentence]:
    """Both branches of a condition follow one another."""
    text, lines, printed = "", [], []
    for node in _in_order(tree):
        if isinstance(node, nodes.TemplateData):
            plain = TAG.sub("", node.data)
            lines += _line_numbers(node.data, node.lineno)
            text += plain
        else:
            text, lines = text + FIGURE, [*lines, node.lineno]
            printed.append(path_of(node))
    return list(_cut(text, lines, printed))


def _cut(text: str, lines: list[int], printed: list[tuple[str, ...]]) -> Iterator[Sentence]:
    for match in SENTENCE.finditer(text):
        if match[0].strip():
            first = text.count(FIGURE, 0, match.start())
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            names = tuple(printed[first : first + match[0].count(FIGURE)])
            yield Sentence(match[0].strip(), lines[start], names)


def _line_numbers(data: str, first: int) -> list[int]:
    """For each character of the text without its tags the line it stands on."""
    numbers, line, tags = [], first, {m.start(): m.end() for m in TAG.finditer(data)}
    skip_to = 0
    for index, char in enumerate(data):
        skip_to = max(skip_to, tags.get(index, 0))
        if index >= skip_to:
            numbers.append(line)
        line += char == "\n"
    return numbers


def _in_order(node: nodes.Node) -> Iterator[nodes.Node]:
    """What is printed, in the order of the file."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield from child.nodes
        elif not isinstance(child, nodes.Expr):
            yield from _in_order(child)
