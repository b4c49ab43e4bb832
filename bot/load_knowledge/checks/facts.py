"""Facts: complete, dated, from somewhere, not past their date, and not telling two stories."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations

from bot.conversation.figures import write_date, write_figure, write_month
from bot.conversation.knowledge import Fact
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule

FACT_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
SMALL_WORDS = frozenset({"a", "an", "the", "of", "for", "in", "to"})
NO_DATE = "'{}' is no date: write 2026, 2026-09, 2026-09-30 or undated"
NOT_YET = "is as of {}, which is still to come"
MEANT_BY_AS_OF = "as_of is when the figure held or was published; the day to look it up again is old_after."
SHARES, WHOLE = frozenset({"share", "rate"}), 100  # percent
AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|undated")


@rule(
    "fact-form",
    why="A figure without its kind, unit and date can't be told honestly: is it the middle or the mean, and of when?",
    fix="A figure needs these lines:\n  value: 100\n  unit: usd\n  statistic: price\n  as_of: 2026-01",
)
def fact_form(content: Content) -> Iterator[Found]:
    facts = content.knowledge.facts
    for fact_id, fact in facts.items():
        if not FACT_ID.fullmatch(fact_id):
            yield Found(fact_id, "a fact's id is lower-case words joined by dots, like exam.fee")
        if sum([fact.value is not None, bool(fact.values), bool(fact.says)]) != 1:
            yield Found(fact_id, "give exactly one of 'value', 'values' or 'says'")
        if not fact.says and (fact.unit is None or fact.statistic is None):
            yield Found(fact_id, "a figure needs both 'unit' and 'statistic'")
        if not dated(fact.as_of):
            yield Found(fact_id, NO_DATE.format(fact.as_of), ("as_of",))
        elif not _has_come(fact.as_of, content.today):
            yield Found(fact_id, NOT_YET.format(fact.as_of), ("as_of",), MEANT_BY_AS_OF)
        if too_much := _over_the_whole(fact):
            what = f"{too_much:g} percent is no {fact.statistic}: {WHOLE} is the whole"
            yield Found(fact_id, what, ("values" if fact.values else "value",), "Look the figure up again.")
        for figure in (fact.value, *fact.values.values()):
            if isinstance(figure, tuple) and figure[0] > figure[1]:
                yield Found(fact_id, f"the range begins with {figure[0]:g}, above its end {figure[1]:g}", ("value",))
        for parent in _parents(fact_id):
            if parent in facts:
                what = f"'{parent}' is a fact too, so nothing can be named below it; rename one of them"
                yield Found(fact_id, what, fix=f"Rename {parent} to {parent}.all, and write that in the answers.")

    career = content.knowledge.career
    for table, as_of in (("wages", career.wages.as_of), ("prices", career.prices.as_of)):
        if not dated(as_of):
            yield Found("career.yaml", NO_DATE.format(as_of), (table, "as_of"))
        elif not _has_come(as_of, content.today):
            yield Found("career.yaml", NOT_YET.format(as_of), (table, "as_of"), MEANT_BY_AS_OF)


def _has_come(as_of: str, today: dt.date) -> bool:
    return as_of == "undated" or as_of <= today.isoformat()[: len(as_of)]


def _over_the_whole(fact: Fact) -> float:
    """The figure of a share or rate that is more than the whole; 0 if none is."""
    if fact.unit != "percent" or fact.statistic not in SHARES:
        return 0
    figures = [fact.value, *fact.values.values()]
    ends = [end for one in figures for end in (one if isinstance(one, tuple) else (one,)) if end is not None]
    return next((end for end in ends if end > WHOLE), 0)


def dated(as_of: str) -> bool:
    """Whether it is a year, a month or a day that there is, or `undated`."""
    if not AS_OF.fullmatch(as_of):
        return False
    try:
        dt.date.fromisoformat(f"{as_of}-01-01"[:10] if as_of != "undated" else "2000-01-01")
    except ValueError:
        return False
    return True


def _parents(fact_id: str) -> Iterator[str]:
    while fact_id := fact_id.rpartition(".")[0]:
        yield fact_id


@rule(
    "no-source",
    why="Someone may spend money on this figure; they must be able to see who says so.",
    fix="  sources: [the_id_of_an_entry_in_sources.yaml]",
)
def no_source(content: Content) -> Iterator[Found]:
    for fact_id, fact in content.knowledge.facts.items():
        if not fact.sources:
            yield Found(fact_id, "names no source", ("sources",))


@rule(
    "link",
    why="People tap the source to see for themselves; a link without its beginning leads nowhere.",
    fix="  url: https://www.example.org/page",
)
def links(content: Content) -> Iterator[Found]:
    for source_id, source in content.knowledge.sources.items():
        if source.url and not source.url.startswith(("https://", "http://")):
            yield Found(source_id, f"'{source.url}' is no link: it should begin with https://", ("url",))


@rule(
    "old-before-it-held",
    why="A fact that is old before it holds is called out of date in every answer, or never.",
    fix="old_after is the day by which someone should look the figure up again, later than as_of.",
)
def dates_in_order(content: Content) -> Iterator[Found]:
    for fact_id, fact in content.knowledge.facts.items():
        if fact.as_of == "undated" or not dated(fact.as_of) or not _has_come(fact.as_of, content.today):
            continue
        if fact.old_after.isoformat() < fact.as_of:
            yield Found(fact_id, f"is old after {fact.old_after}, but holds for {fact.as_of}", ("old_after",))


@rule(
    "past-its-date",
    severity="warning",
    why="People read it as today's figure; until it is renewed, the answer says that it is old.",
    fix="Look it up at its source. Has it changed, correct value and as_of; in any case set a new old_after. "
    "Where the answer calls it an older figure, write:\n  told_as_old: true",
)
def past_its_date(content: Content) -> Iterator[Found]:
    knowledge = content.knowledge
    for fact_id in sorted(content.used & knowledge.facts.keys()):
        fact = knowledge.facts[fact_id]
        if content.today > fact.old_after and dated(fact.as_of) and not fact.told_as_old:
            held = "undated" if fact.as_of == "undated" else f"of {write_date(fact.as_of)}"
            what = f"{held}, was to be renewed by {write_month(fact.old_after)}; an answer still uses it"
            yield Found(fact_id, what, ("old_after",))
    for name, table in (("wages", knowledge.career.wages), ("prices", knowledge.career.prices)):
        if content.today > table.old_after and dated(table.as_of):
            what = f"the table is of {write_date(table.as_of)} and was to be renewed by {write_month(table.old_after)}"
            fix = "Get the new table and run: python run_bot.py import-wages FILE, then set as_of and old_after here."
            yield Found("career.yaml", what, (name, "old_after"), fix)


@rule(
    "facts-disagree",
    why="Two answers would give different figures for the same thing, and nobody could tell which is right.",
    fix="Keep the better sourced one. If both stand, say in 'label' what each counts, or name the other figure under "
    "'disagrees'.",
)
def facts_disagree(content: Content) -> Iterator[Found]:
    same: dict[tuple[object, ...], list[str]] = {}
    for fact_id, fact in content.knowledge.facts.items():
        if not fact.says:
            label = frozenset(re.findall(r"\w+", fact.label.lower())) - SMALL_WORDS
            same.setdefault((label, fact.unit, fact.statistic, fact.place.lower(), fact.as_of[:4]), []).append(fact_id)
    for alike in same.values():
        for one, other in combinations(alike, 2):
            yield from _disagreement(one, other, content)


def _disagreement(one: str, other: str, content: Content) -> Iterator[Found]:
    first, second = content.knowledge.facts[one], content.knowledge.facts[other]
    if (first.value, first.values) != (second.value, second.values) and not (first.disagrees or second.disagrees):
        what = f"says {_told(second)} where '{one}' says {_told(first)} for the same thing ({first.label})"
        yield Found(other, what)


def _told(fact: Fact) -> str:
    if fact.value is not None:
        return write_figure(fact.value, fact.unit)
    return ", ".join(f"{name} {write_figure(value, fact.unit)}" for name, value in list(fact.values.items())[:3])


@rule(
    "not-the-table",
    severity="warning",
    why="The same pay or job count stands in the table of places with another figure, so two answers contradict.",
    fix="Let the answer read the table (docs/architecture.md, pay_views), or copy the table's figure into the fact.",
)
def not_the_table(content: Content) -> Iterator[Found]:
    """A copy of a column of the table: values named as its areas are, of the same statistic and day."""
    areas = {area.name: area for area in content.knowledge.areas.values()}
    columns = {
        "median": "median",
        "mean": "mean",
        "p10": "p10",
        "p25": "p25",
        "p75": "p75",
        "p90": "p90",
        "count": "jobs",
    }
    for fact_id, fact in content.knowledge.facts.items():
        column = columns.get(fact.statistic or "")
        if not column or fact.unit not in {"usd_year", "jobs"} or fact.as_of != content.knowledge.career.wages.as_of:
            continue
        for name, value in fact.values.items():
            listed = [getattr(pay, column) for pay in areas[name].pay.values()] if name in areas else []
            if listed and value not in listed:
                yield Found(
                    fact_id,
                    f"says {write_figure(value, fact.unit)} for {name}; the table says otherwise",
                    ("values", name),
                )
