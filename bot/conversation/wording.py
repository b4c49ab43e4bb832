"""Template + facts -> message text and its source line.

An answer never holds a figure of its own: it names facts, and every fact that it really printed is
noted while the template runs. The source line is made from those notes, so it can't forget one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jinja2
import jinja2.sandbox
from markupsafe import escape

from bot.conversation.figures import write_date, write_figure, write_month
from bot.conversation.filters import FILTERS
from bot.conversation.knowledge import Area, Fact, Knowledge, Pay

ENVIRONMENT = jinja2.sandbox.SandboxedEnvironment(
    undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)
ENVIRONMENT.filters.update(FILTERS)
# Notes left by figures of the table of places, which are no facts of their own.
WAGES, PRICES = "wages", "prices"
SHOWN_TERMS = 3

Number = float | tuple[float, float]


class Notes:
    """The ids of facts printed so far, in order."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def add(self, fact_id: str) -> None:
        if fact_id not in self.used:
            self.used.append(fact_id)


class Figure:
    """A figure in a template. Printing it notes its fact."""

    def __init__(self, value: Number, unit: str | None, fact_id: str, notes: Notes, name: str = "") -> None:
        self._value, self._unit, self._fact_id, self._notes = value, unit, fact_id, notes
        self.name = name

    def __str__(self) -> str:
        self._notes.add(self._fact_id)
        return write_figure(self._value, self._unit)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __float__(self) -> float:
        """The bare number, for filters; a range is taken at its middle."""
        self._notes.add(self._fact_id)
        return sum(self._value) / 2 if isinstance(self._value, tuple) else self._value

    def _part(self, index: int) -> Figure:
        if not isinstance(self._value, tuple):
            raise jinja2.UndefinedError(f"'{self._fact_id}' is one figure, not a range: it has no low and high")
        return Figure(self._value[index], self._unit, self._fact_id, self._notes)

    @property
    def low(self) -> Figure:
        return self._part(0)

    @property
    def high(self) -> Figure:
        return self._part(1)


class Figures:
    """A fact with several named values: `fee.one`, or `by_state["Texas"]` and `by_state.top(5)`."""

    def __init__(self, fact_id: str, fact: Fact, notes: Notes) -> None:
        self._fact_id, self._fact, self._notes = fact_id, fact, notes

    def _figure(self, name: str) -> Figure:
        return Figure(self._fact.values[name], self._fact.unit, self._fact_id, self._notes, name)

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
    return Figure(fact.value, fact.unit, path, notes)


def fact_tree(fact_ids: Iterable[str]) -> dict[str, Any]:
    """`["a.b", "a.c.d"]` -> `{"a": {"b": {}, "c": {"d": {}}}}`."""
    tree: dict[str, Any] = {}
    for fact_id in fact_ids:
        node = tree
        for part in fact_id.split("."):
            node = node.setdefault(part, {})
    return tree


@dataclass(frozen=True, slots=True)
class PayView:
    """One occupation's pay in one place, as a template sees it; None where nothing was published."""

    median: Figure | None
    p10: Figure | None
    p25: Figure | None
    p75: Figure | None
    p90: Figure | None
    hourly: Figure | None
    jobs: Figure | None


class PlaceView:
    """A place in a template: `place.name`, `place.rpp`, and each role of the career with its pay."""

    def __init__(self, area: Area, notes: Notes) -> None:
        self.name, self.type = area.name, area.type
        self.rpp = Figure(round(area.rpp, 1), "score", PRICES, notes) if area.rpp is not None else None
        self._roles = {role: pay_view(pay, notes) for role, pay in area.pay.items()}

    def __getattr__(self, role: str) -> PayView:
        if role in self._roles:
            return self._roles[role]
        raise AttributeError(f"no pay is known for '{role}'")


def pay_view(pay: Pay, notes: Notes) -> PayView:
    def figure(value: float | None, unit: str) -> Figure | None:
        return None if value is None else Figure(value, unit, WAGES, notes)

    yearly = {name: figure(getattr(pay, name), "usd_year") for name in ("median", "p10", "p25", "p75", "p90")}
    return PayView(hourly=figure(pay.hourly, "usd_hour"), jobs=figure(pay.jobs, "jobs"), **yearly)


@lru_cache(maxsize=4096)
def compiled(template: str) -> jinja2.Template:
    return ENVIRONMENT.from_string(template)


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendered answer: HTML text and the ids of the sources shown under it."""

    text: str
    sources: tuple[str, ...]
    facts: tuple[str, ...]


def say(voice: Mapping[str, str], key: str, **values: Any) -> str:
    """A line of the advisor's own voice, with `values` escaped."""
    return compiled(voice[key]).render(values).strip()


def fill(
    template: str,
    knowledge: Knowledge,
    *,
    cites: Iterable[str] = (),
    places: Iterable[Area] = (),
    more: Callable[[Notes], Mapping[str, Any]] | None = None,
) -> tuple[str, list[str]]:
    """Render `template` over the facts. Returns the text and the ids of all facts behind it.

    `more` gives further names; it is handed the notes, so that figures behind those names are noted too.
    """
    notes = Notes()
    context: dict[str, Any] = {
        name: view(node, name, knowledge.facts, notes) for name, node in knowledge.fact_tree.items()
    }
    views = [PlaceView(area, notes) for area in places]
    context |= {"places": views, "place": views[0] if views else None}
    if more:
        context |= more(notes)
    text = compiled(template).render(context).strip()
    for fact_id in cites:
        notes.add(fact_id)
    return text, notes.used


def source_line(used: Iterable[str], knowledge: Knowledge, today: dt.date) -> tuple[str, tuple[str, ...]]:
    """The line under an answer: each publisher once, with its dates, and what is unofficial or old said so."""
    parts: dict[str, _Cited] = {}
    shown: list[str] = []
    for source_id, as_of, old_after, confidence in _origins(used, knowledge):
        source = knowledge.sources[source_id]
        if source_id not in shown:
            shown.append(source_id)
        cited = parts.setdefault(source.publisher, _Cited(_linked(source.publisher, source.url)))
        cited.dates.append(_dated(knowledge.voice, as_of, source.read))
        if confidence == "low":
            cited.notes.append(say(knowledge.voice, "source_unofficial"))
        if today > old_after:
            cited.notes.append(say(knowledge.voice, "source_old"))
    if not parts:
        return "", ()
    key = "source_one" if len(parts) == 1 else "source_many"
    return f"<i>{say(knowledge.voice, key)} {'; '.join(map(str, parts.values()))}</i>", tuple(shown)


@dataclass(slots=True)
class _Cited:
    """One publisher in a source line: its name, the dates its figures hold for, and what to be careful about."""

    name: str
    dates: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Each date once, and "2026" not beside "September 2026"."""
        dates = list(dict.fromkeys(self.dates))
        dates = [date for date in dates if not any(other != date and other.endswith(date) for other in dates)]
        return " ".join([f"{self.name}, {' and '.join(dates)}", *dict.fromkeys(self.notes)])


def _origins(used: Iterable[str], knowledge: Knowledge) -> Iterator[tuple[str, str, dt.date, str]]:
    for fact_id in used:
        if fact_id in {WAGES, PRICES}:
            table = knowledge.career.wages if fact_id == WAGES else knowledge.career.prices
            yield table.source, table.as_of, table.old_after, "high"
        else:
            fact = knowledge.facts[fact_id]
            yield fact.sources[0], fact.as_of, fact.old_after, fact.confidence


def _dated(voice: Mapping[str, str], as_of: str, read: dt.date) -> str:
    if as_of == "undated":
        return say(voice, "source_undated", read=write_month(read))
    return write_date(as_of)


def _linked(publisher: str, url: str) -> str:
    name = escape(publisher)
    return f'<a href="{escape(url)}">{name}</a>' if url.startswith("http") else str(name)


def answer(
    intent: str,
    knowledge: Knowledge,
    today: dt.date,
    *,
    places: Iterable[Area] = (),
    explained: Iterable[str] = (),
) -> tuple[Wording, tuple[str, ...]]:
    """The whole text of an entry or a small-talk reply, and the terms explained by it."""
    entry = knowledge.entries.get(intent)
    item = entry or knowledge.smalltalk[intent]
    text, used = fill(item.answer, knowledge, cites=item.cites, places=places)
    known = set(explained)
    fresh = tuple(t for t in (entry.terms if entry else ()) if t not in known)[:SHOWN_TERMS]
    glossary = [f"<i>{escape(t)}: {escape(knowledge.vocabulary.glossary[t].means)}</i>" for t in fresh]
    line, sources = source_line(used, knowledge, today)
    paragraphs = [text, "\n".join(glossary), line]
    return Wording("\n\n".join(p for p in paragraphs if p), sources, tuple(used)), fresh
