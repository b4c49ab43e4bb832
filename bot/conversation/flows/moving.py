"""Which steps a flow has for given answers, which comes next or before, and how far along someone is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Any

from bot.conversation.flows.answers import default_of
from bot.conversation.flows.conditions import decided, reads_of
from bot.conversation.flows.names import FlowError, Scope
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Flow, Step
from bot.conversation.knowledge import Knowledge

Fill = Callable[[Step], Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """What walking a flow needs beside the answers."""

    flow: Flow
    knowledge: Knowledge
    today: dt.date


def path(
    answers: Mapping[str, Any],
    at: Setting,
    fill: Fill | None = None,
    since: str = "",
    seen: Mapping[str, Any] | None = None,
) -> Iterator[tuple[str, bool]]:
    """The steps asked for these answers, in order, each with whether it is answered.

    A condition sees only answers of earlier steps that are themselves asked. With `fill` open steps are given an
    answer as they come; without, they count as not answered. A walk may begin at step `since`, having `seen` the
    answers before it.
    """
    seen = dict(seen or {})
    scope = Scope(at.flow, seen, at.knowledge, at.today)
    for step_id, step in dropwhile(lambda item: since not in {"", item[0]}, at.flow.steps.items()):
        if step.when and not holds(step, scope):
            continue
        done = step_id in answers
        if done:
            seen[step_id] = answers[step_id]
        elif fill:
            seen[step_id] = fill(step)
        yield step_id, done


def holds(step: Step, scope: Scope) -> bool:
    """Whether the step is asked; a condition that fails (content that was never checked) leaves it out."""
    try:
        known = decided(step.when, scope)
        if known is not None:
            return known
        scope.answers_changed()
        return bool(scope.evaluate(step.when, "when"))
    except FlowError:
        return False


@dataclass(frozen=True, slots=True)
class Way:
    """The steps asked for some answers, as `path` has them, and how many there will be by each of `likely_fills`."""

    steps: tuple[tuple[str, bool], ...]
    lengths: tuple[int, ...]


def way(answers: Mapping[str, Any], at: Setting) -> Way:
    """Walked once for all whose answers the conditions of the flow can't tell apart."""
    seen = tuple(repr(answers[step]) for step in read_by_conditions(at.flow) if step in answers)
    return at.knowledge.once((way, at.flow, at.today, frozenset(answers), seen), lambda: _way(answers, at))


def _way(answers: Mapping[str, Any], at: Setting) -> Way:
    """What is settled is the same whatever is answered from there on; the rest depends on answers to come."""
    walked = tuple(path(answers, at))
    settled = list(takewhile(lambda step: step[1], walked))
    if len(settled) == len(walked):
        return Way(walked, (len(walked),))
    seen = {step_id: answers[step_id] for step_id, _ in settled}
    guesses = [path(answers, at, fill, walked[len(settled)][0], seen) for fill in likely_fills(at.today)]
    return Way(walked, tuple(len(settled) + sum(1 for _ in guess) for guess in guesses))


@lru_cache(maxsize=64)
def read_by_conditions(flow: Flow) -> tuple[str, ...]:
    """The steps whose answers decide which others are asked; all, where a condition sees more than answers."""
    read: set[str] = set()
    for step in flow.steps.values():
        found = {name for _, name in reads_of(step.when)} if step.when else set()
        if step.when and not found:
            return tuple(flow.steps)
        read |= found
    return tuple(sorted(read))


def asked(answers: Mapping[str, Any], at: Setting) -> dict[str, Any]:
    """The answers that count: those of steps that are on the path."""
    return {step_id: answers[step_id] for step_id, done in way(answers, at).steps if done}


def first_open(answers: Mapping[str, Any], at: Setting) -> str:
    """The first step without an answer, "" if all are answered."""
    return next((step_id for step_id, done in way(answers, at).steps if not done), "")


def before(progress: Progress, at: Setting) -> str:
    """The step one back from the one that waits (from the result: the last), or "" at the beginning."""
    steps = [step_id for step_id, _ in way(progress.answers, at).steps]
    if progress.step in steps:
        index = steps.index(progress.step)
        return steps[index - 1] if index else ""
    return steps[-1] if steps else ""


def place_of(progress: Progress, at: Setting) -> tuple[int, int, bool]:
    """Number of the step that waits, how many there are, and whether that is sure.

    The rest depends on answers to come, so it is walked with the defaults, the first, the middle and the last options.
    """
    found = way(progress.answers, at)
    steps, counts = [step_id for step_id, _ in found.steps], found.lengths
    number = steps.index(progress.step) + 1 if progress.step in steps else len(steps)
    total = max(round(sum(counts) / len(counts)), number)
    return number, total, len(set(counts)) == 1


def likely_fills(today: dt.date) -> tuple[Fill, ...]:
    def option(share: float) -> Fill:
        def fill(step: Step) -> Any:
            ids = list(step.options)
            if step.kind in {"choice", "scale"} and ids:
                return ids[round(share * (len(ids) - 1))]
            return share < 0.5 if step.kind == "yes_no" else default_of(step, today)

        return fill

    return (lambda step: default_of(step, today), option(0), option(0.5), option(1))
