"""What an answer's template sees of the facts. Printing a figure notes its fact, so no source can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import escape

from bot.conversation.figures import write_figure
from bot.conversation.knowledge import Fact

# Notes left by figures of the table of places, which are no facts of their own.
WAGES, PRICES = "wages", "prices"

Number = float | tuple[float, float]


class Notes:
    """The ids of facts printed so far, in order."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def add(self, fact_id: str) -> None:
        if fact_id not in self.used:
            self.used.append(fact_id)


class Figure:
    """A figure in a template. Printing it notes the facts it is made from; `name` is its name among several."""

    def __init__(self, value: Number, unit: str | None, facts: Sequence[str], notes: Notes, name: str = "") -> None:
        self._value, self._unit, self._facts, self._notes = value, unit, facts, notes
        self.name = name

    def __float__(self) -> float:
        """The bare number, for filters; a range is taken at its middle."""
        for fact_id in self._facts:
            self._notes.add(fact_id)
        return sum(self._value) / 2 if isinstance(self._value, tuple) else self._value

    def __str__(self) -> str:
        for fact_id in self._facts:
            self._notes.add(fact_id)
        return write_figure(self._value, self._unit)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def _part(self, index: int) -> Figure:
        if not isinstance(self._value, tuple):
            raise jinja2.UndefinedError(f"'{self._facts[0]}' is one figure, not a range: it has no low and high")
        return Figure(self._value[index], self._unit, self._facts, self._notes)

    @property
    def low(self) -> Figure:
        return self._part(0)

    @property
    def high(self) -> Figure:
        return self._part(1)

    def rise_to(self, later: Figure) -> Figure:
        """By how many percent `later` is higher (lower if negative), to one decimal."""
        if isinstance(self._value, tuple) or isinstance(later._value, tuple):
            raise jinja2.UndefinedError("a range has no rise")
        percent = round((later._value / self._value - 1) * 100, 1)
        return Figure(percent, "percent", (*self._facts, *later._facts), self._notes)


class Figures:
    """A fact with several named values: `fee.one`, or `by_state["Texas"]` and `by_state.top(5)`."""

    def __init__(self, fact_id: str, fact: Fact, notes: Notes) -> None:
        self._fact_id, self._fact, self._notes = fact_id, fact, notes

    def _figure(self, name: str) -> Figure:
        return Figure(self._fact.values[name], self._fact.unit, (self._fact_id,), self._notes, name)

    def __getattr__(self, name: str) -> Figure:
        if name in self._fact.values:
            return self._figure(name)
        raise AttributeError(f"fact '{self._fact_id}' has no value '{name}'")

    def __getitem__(self, name: str) -> Figure:
        if name in self._fact.values:
            return self._figure(name)
        raise KeyError(name)

    def top(self, count: int) -> list[Figure]:
        """The `count` highest values, highest first, each with its `.name`."""
        single = {k: v for k, v in self._fact.values.items() if not isinstance(v, tuple)}
        best = sorted(single, key=lambda name: -single[name])[:count]
        return [self._figure(name) for name in best]


class Branch:
    """A dotted part of fact ids that is not a fact itself: `exam` in `exam.fee`."""

    def __init__(self, tree: Mapping[str, Any], prefix: str, facts: Mapping[str, Fact], notes: Notes) -> None:
        self._tree, self._prefix, self._facts, self._notes = tree, prefix, facts, notes

    def __getattr__(self, name: str) -> Branch | Figure | Figures:
        if name not in self._tree:
            raise AttributeError(f"unknown fact '{self._prefix}{name}'")
        return view(self._tree[name], f"{self._prefix}{name}", self._facts, self._notes)


def view(node: Mapping[str, Any], path: str, facts: Mapping[str, Fact], notes: Notes) -> Branch | Figure | Figures:
    """What a template sees at `path`: a branch, one figure, or several named ones."""
    if node:
        return Branch(node, f"{path}.", facts, notes)
    fact = facts[path]
    if fact.values:
        return Figures(path, fact, notes)
    if fact.value is None:
        raise jinja2.UndefinedError(f"fact '{path}' is a statement without a figure; name it under cites")
    return Figure(fact.value, fact.unit, (path,), notes)


def fact_tree(fact_ids: Iterable[str]) -> dict[str, Any]:
    """`["a.b", "a.c.d"]` -> `{"a": {"b": {}, "c": {"d": {}}}}`."""
    tree: dict[str, Any] = {}
    for fact_id in fact_ids:
        node = tree
        for part in fact_id.split("."):
            node = node.setdefault(part, {})
    return tree
