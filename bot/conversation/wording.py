"""Template + facts -> message text and its source line.

An answer never holds a figure of its own: it names facts, and every fact that it really printed is
noted while the template runs. The source line is made from those notes, so it can't forget one.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import jinja2
import jinja2.sandbox
from jinja2 import nodes
from markupsafe import Markup, escape

from bot.conversation.area import Area
from bot.conversation.figures import write_date, write_month, write_number
from bot.conversation.filters import FILTERS
from bot.conversation.knowledge import Entry, Knowledge, SmallTalk
from bot.conversation.pay_views import PAY_NAMES, pay_context
from bot.conversation.slots import NOTHING, Slots
from bot.conversation.views import PRICES, WAGES, Notes, fact_tree, view

__all__ = [
    "ENVIRONMENT",
    "PRICES",
    "WAGES",
    "Wording",
    "answer",
    "compiled",
    "fact_tree",
    "fill",
    "linked",
    "paragraphs",
    "pay_told",
    "say",
    "source_line",
]


# Kinds of objects with attributes that the sandbox knows to be unsafe though they begin with no underscore.
INTERNAL = (
    type, types.FunctionType, types.MethodType, types.CodeType, types.TracebackType, types.FrameType,
    types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType,
)  # fmt: skip


class _Environment(jinja2.sandbox.SandboxedEnvironment):
    """The sandbox with two short cuts, for templates are most of what a flow's result costs."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """The same answer, with one question of type instead of eight for every dot of a template."""
        if isinstance(obj, INTERNAL):
            return super().is_safe_attribute(obj, attr, value)
        return not attr.startswith("_")

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As one plain dict: jinja's layered one is copied name by name at every rendering, half of its time."""
        return {**self.globals, **(d or {})}


ENVIRONMENT = _Environment(undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
ENVIRONMENT.filters.update(FILTERS)
EMPTY_LINES = re.compile(r"\n{3,}")
SHOWN_TERMS = 3


class _Read(NamedTuple):
    """A template ready to be rendered, and the names that stand in it, those it gives itself among them."""

    template: jinja2.Template
    names: frozenset[str]


@lru_cache(maxsize=4096)
def _read(template: str) -> _Read:
    """Parsed once for both: reading a template costs a hundred times what filling it in does."""
    tree = ENVIRONMENT.parse(template)
    names = frozenset(node.name for node in tree.find_all(nodes.Name))
    code = ENVIRONMENT.compile(tree)
    return _Read(jinja2.Template.from_code(ENVIRONMENT, code, ENVIRONMENT.make_globals(None)), names)


def compiled(template: str) -> jinja2.Template:
    return _read(template).template


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendered answer: HTML text and the ids of the sources shown under it."""

    text: str
    sources: tuple[str, ...]
    facts: tuple[str, ...]


def say(voice: Mapping[str, str], key: str, **values: Any) -> str:
    """A line of the advisor's own voice, with `values` escaped."""
    line = voice[key]
    return compiled(line).render(values).strip() if "{" in line else line.strip()


def pay_told(amount: float, per: str, voice: Mapping[str, str]) -> str:
    """An amount of pay with the time it is for: so much an hour."""
    return f"{write_number(amount, f'usd_{per}')} {voice[f'per_{per}']}"


def paragraphs(*parts: str) -> str:
    """Those of the parts that say something, each a paragraph of its own."""
    return "\n\n".join(filter(None, parts))


def fill(
    template: str,
    knowledge: Knowledge,
    *,
    cites: Iterable[str] = (),
    places: Sequence[Area] = (),
    slots: Slots = NOTHING,
    more: Mapping[str, Any] | None = None,
) -> tuple[str, list[str]]:
    """Render `template` over the facts. Returns the text and the ids of all facts behind it.

    `more` gives further names.
    """
    notes = Notes()
    for fact_id in cites if "{" not in template else ():
        notes.add(fact_id)
    if "{" not in template:
        return EMPTY_LINES.sub("\n\n", template.strip()), notes.used
    read, asked = _read(template)
    context: dict[str, Any] = {
        name: view(node, name, knowledge.facts, notes)
        for name, node in knowledge.fact_tree.items()
        if name in asked or "part" in asked
    }
    if not asked.isdisjoint(PAY_NAMES):
        context |= pay_context(knowledge, notes, places, slots)
    context |= more or {}
    context["part"] = lambda name: Markup(compiled(knowledge.parts[name]).render(context).strip())
    text = EMPTY_LINES.sub("\n\n", read.render(context).strip())
    for fact_id in cites:
        notes.add(fact_id)
    return text, notes.used


def source_line(used: Iterable[str], knowledge: Knowledge, today: dt.date) -> tuple[str, tuple[str, ...]]:
    """The line under an answer: each publisher once, with its dates, and what is unofficial or old said so.

    Nearly all answers about pay rest on the same two tables, so it is kept.
    """
    facts = tuple(used)
    return knowledge.once((source_line, facts, today), lambda: _source_line(facts, knowledge, today))


def _source_line(used: Iterable[str], knowledge: Knowledge, today: dt.date) -> tuple[str, tuple[str, ...]]:
    parts: dict[str, _Cited] = {}
    shown: list[str] = []
    for source_id, as_of, old_after, confidence, figures in _origins(used, knowledge):
        source = knowledge.sources[source_id]
        if source_id not in shown:
            shown.append(source_id)
        cited = parts.setdefault(source.publisher, _Cited(linked(source.publisher, source.url)))
        cited.dates.append(_dated(knowledge.voice, as_of, source.read))
        cited.unofficial |= confidence == "low"
        if today > old_after:
            cited.old.append("" if as_of == "undated" else write_date(as_of))
            cited.old_figures |= figures
    if not parts:
        return "", ()
    key = "source_one" if len(parts) == 1 else "source_many"
    return f"<i>{say(knowledge.voice, key)} {_listed(parts.values(), knowledge.voice)}</i>", tuple(shown)


def _listed(cited: Collection[_Cited], voice: Mapping[str, str]) -> str:
    """One unofficial source is marked; several stand last, named so once: on a phone every line counts."""
    sure = [told.said(voice) for told in cited if not told.unofficial]
    guesses = [told.said(voice) for told in cited if told.unofficial]
    if len(guesses) > 1:
        guesses[0] = f"{say(voice, 'source_unofficials')} {guesses[0]}"
        return "; ".join([*sure, *guesses])
    mark = say(voice, "source_unofficial")
    return "; ".join(told.said(voice, mark if told.unofficial else "") for told in cited)


@dataclass(slots=True)
class _Cited:
    """One publisher in a source line: its name, the dates its figures hold for, and what to be careful about."""

    name: str
    dates: list[str] = field(default_factory=list)
    unofficial: bool = False
    old: list[str] = field(default_factory=list)  # dates of what is past its date, "" for an undated page
    old_figures: bool = False  # whether a figure is among it

    def said(self, voice: Mapping[str, str], mark: str = "") -> str:
        date = _and_so_on(self.old)
        old = say(voice, "source_old", date=date, figures=self.old_figures) if self.old else ""
        return " ".join(part for part in (f"{self.name}, {_and_so_on(self.dates)}", mark, old) if part)


def _and_so_on(dates: Iterable[str]) -> str:
    """Each date once, and "2026" not beside "September 2026"."""
    once = [date for date in dict.fromkeys(dates) if date]
    return " and ".join(date for date in once if not any(other != date and other.endswith(date) for other in once))


def _origins(used: Iterable[str], knowledge: Knowledge) -> Iterator[tuple[str, str, dt.date, str, bool]]:
    """Source, date, day of being old, confidence, and whether it is a figure or a statement."""
    for fact_id in used:
        if fact_id in {WAGES, PRICES}:
            table = knowledge.career.wages if fact_id == WAGES else knowledge.career.prices
            yield table.source, table.as_of, table.old_after, "high", True
        else:
            fact = knowledge.facts[fact_id]
            yield fact.sources[0], fact.as_of, fact.old_after, fact.confidence, not fact.says


def _dated(voice: Mapping[str, str], as_of: str, read: dt.date) -> str:
    if as_of == "undated":
        return say(voice, "source_undated", read=write_month(read))
    return write_date(as_of)


@lru_cache(maxsize=1024)
def linked(publisher: str, url: str) -> str:
    name = escape(publisher)
    return f'<a href="{escape(url)}">{name}</a>' if url.startswith("http") else str(name)


def answer(
    intent: str,
    knowledge: Knowledge,
    today: dt.date,
    *,
    places: Sequence[Area] = (),
    slots: Slots = NOTHING,
    explained: Iterable[str] = (),
) -> tuple[Wording, tuple[str, ...]]:
    """The whole text of an entry or a small-talk reply, and the terms explained by it."""
    entry = knowledge.entries.get(intent)
    item = entry or knowledge.smalltalk[intent]
    told = _told(intent, item, knowledge, today, places, slots)
    known = set(explained)
    fresh = tuple(t for t in (entry.terms if entry else ()) if t not in known)[:SHOWN_TERMS]
    glossary = [f"<i>{escape(t)}: {escape(knowledge.vocabulary.glossary[t].means)}</i>" for t in fresh]
    text = paragraphs(told.text, "\n".join(glossary), told.source_line)
    return Wording(text, told.sources, told.facts), fresh


class _Told(NamedTuple):
    """An answer before anything is explained: its text, what it is made from, and the line that says so."""

    text: str
    facts: tuple[str, ...]
    source_line: str
    sources: tuple[str, ...]


def _told(
    intent: str, item: Entry | SmallTalk, knowledge: Knowledge, today: dt.date, places: Sequence[Area], slots: Slots
) -> _Told:
    """Made once for each place, unless it is about someone's own amount."""

    def make() -> _Told:
        text, used = fill(item.answer, knowledge, cites=item.cites, places=places, slots=slots)
        return _Told(text, tuple(used), *source_line(used, knowledge, today))

    if slots.amount is not None or slots.study:
        return make()
    return knowledge.once((intent, tuple(place.code for place in places), slots, today), make)
