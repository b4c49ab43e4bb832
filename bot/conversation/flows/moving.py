"""Which steps a flow has for given answers, and which comes next or before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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


def path(answers: Mapping[str, Any], at: Setting, fill: Fill | None = None) -> Iterator[tuple[str, bool]]:
    """The steps asked for these answers, in order, each with whether it is answered.

    A condition sees only answers of earlier steps that are themselves asked. With `fill` open steps are given an
    answer as they come; without, they count as not answered.
    """
    seen: dict[str, Any] = {}
    scope = Scope(at.flow, seen, at.knowledge, at.today)
    for step_id, step in at.flow.steps.items():
        done = step_id in answers
        if (step.unasked and not done) or (step.when and not holds(step, scope)):
            continue
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


def way(answers: Mapping[str, Any], at: Setting) -> tuple[tuple[str, bool], ...]:
    """The steps asked for these answers, as `path` has them.

    Walked once for all whose answers the conditions of the flow can't tell apart.
    """
    seen = tuple(repr(answers[step]) for step in read_by_conditions(at.flow) if step in answers)
    return at.knowledge.once((way, at.flow, at.today, frozenset(answers), seen), lambda: tuple(path(answers, at)))


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
    return {step_id: answers[step_id] for step_id, done in way(answers, at) if done}


def first_open(answers: Mapping[str, Any], at: Setting) -> str:
    """The first step without an answer, "" if all are answered."""
    return next((step_id for step_id, done in way(answers, at) if not done), "")


def before(progress: Progress, at: Setting) -> str:
    """The step one back from the one that waits (from the result: the last), or "" at the beginning."""
    steps = [step_id for step_id, _ in way(progress.answers, at)]
    if progress.step in steps:
        index = steps.index(progress.step)
        return steps[index - 1] if index else ""
    return steps[-1] if steps else ""
