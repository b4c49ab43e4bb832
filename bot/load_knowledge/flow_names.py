"""Every expression and template of a flow with its place in the file, and the names it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import jinja2

from bot.conversation.flows.names import expression
from bot.conversation.flows.shape import Flow, Sum
from bot.conversation.knowledge import Knowledge
from bot.conversation.wording import ENVIRONMENT, compiled
from bot.load_knowledge.templates import paths

Where = tuple[str | int, ...]
OF_ANSWERS = frozenset({"answers", "known", "low", "high", "labels", "worked"})


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of Jinja: `at` is its path in the file, `is_template` false for a bare expression."""

    text: str
    at: Where
    is_template: bool


def sources(flow: Flow) -> Iterator[Source]:
    """All of them, steps first."""
    yield Source(flow.intro, ("intro",), True)
    for step_id, step in flow.steps.items():
        at: Where = ("steps", step_id)
        yield from (
            Source(getattr(step, key), (*at, key), True) for key in ("ask", "why", "hint", "help") if getattr(step, key)
        )
        if step.when:
            yield Source(step.when, (*at, "when"), False)
    for name, wanted in flow.sums.items():
        yield from _of_sum(wanted, ("sums", name))
    if flow.verdict:
        yield Source(flow.verdict, ("verdict",), False)
    yield from _of_result(flow)
    for index, row in enumerate(flow.compare):
        yield Source(row.value, ("compare", index, "value"), True)


def _of_sum(wanted: str | Sum, at: Where) -> Iterator[Source]:
    if isinstance(wanted, str):
        yield Source(wanted, at, False)
        return
    if wanted.when:
        yield Source(wanted.when, (*at, "when"), False)
    for key, text in wanted.inputs.items():
        yield Source(text, (*at, "inputs", key), False)


def _of_result(flow: Flow) -> Iterator[Source]:
    for card_id, card in flow.result.items():
        at: Where = ("result", card_id)
        yield Source(card.text, (*at, "text"), True)
        if card.when:
            yield Source(card.when, (*at, "when"), False)
        for key in ("role", "amount"):
            if card.picture and getattr(card.picture, key):
                yield Source(getattr(card.picture, key), (*at, "picture", key), False)
        for index, day in enumerate(card.calendar.days if card.calendar else ()):
            here: Where = (*at, "calendar", "days", index)
            yield Source(day.day, (*here, "day"), False)
            yield Source(day.title, (*here, "title"), True)
            yield Source(day.text, (*here, "text"), True)


def names_in(source: Source) -> list[tuple[str, ...]]:
    """Dotted names that are read, without those the template itself sets. Raises `jinja2.TemplateError`."""
    return list(_names_in(source.text, source.is_template))


@lru_cache(maxsize=4096)
def _names_in(text: str, is_template: bool) -> tuple[tuple[str, ...], ...]:
    """Asked for twice in every check, and again after every edit of another line."""
    tree = ENVIRONMENT.parse(text if is_template else "{{ (" + text + ") }}")
    if is_template:
        compiled(text)
    else:
        expression(text)
    bound = {n.name for n in tree.find_all(jinja2.nodes.Name) if n.ctx == "store"} | {"loop"}
    return tuple(path for path, _ in paths(tree) if path[0] not in bound)


def fact_in(path: tuple[str, ...], knowledge: Knowledge) -> str:
    """The fact that `facts.exam.fee.low` or, in a template, `exam.fee.low` walks through; "" for none."""
    rest = path[1:] if path[0] == "facts" else path
    return next((f for end in range(len(rest), 0, -1) if (f := ".".join(rest[:end])) in knowledge.facts), "")


def facts_of_flows(knowledge: Knowledge) -> set[str]:
    """Ids of facts that some flow reckons with or prints."""
    found: set[str] = set()
    for flow in knowledge.flows.values():
        found |= {fact for card in flow.result.values() for fact in card.cites}
        for source in sources(flow):
            try:
                found |= {fact_in(path, knowledge) for path in names_in(source)}
            except jinja2.TemplateError:
                continue
    return found - {""}
