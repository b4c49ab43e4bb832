"""Where someone is in a flow, and how that is kept between turns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.changing import changed
from bot.conversation.flows.answers import ends_of, fits
from bot.conversation.flows.shape import Flow, shape_hash
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State

MOST_SAVED = 8


@dataclass(frozen=True, slots=True)
class Progress:
    """One run of a flow. `step` waits for an answer ("" at the result); `answers` as `answers.py` keeps them.

    `pending` is an unlikely answer that was asked about, `draft` the options ticked so far at a step that takes
    several; `shape` tells whether the flow was edited since, `run` which run of this chat it is, `day` the day its
    result is reckoned from, `card` which message of the run is the newest: a press on that one changes it in place.
    `by_hour` is what an hour is paid, from and to, at the steps whose answer was counted from that: other hours a week
    then make another year's pay of it. `added` has, by the step that was answered, what another step held before a sum
    was put to it and after, so that the sum can be taken out again.
    """

    flow: str
    run: int
    shape: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""
    pending: Any = None
    draft: tuple[str, ...] = ()
    day: str = ""
    card: int = 0
    by_hour: Mapping[str, Sequence[float]] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)

    def but(self, **changes: Any) -> Progress:
        return changed(self, **changes)

    def to_plain(self) -> dict[str, Any]:
        plain = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return (
            plain
            | {"answers": dict(self.answers), "draft": list(self.draft), "by_hour": _lists(self.by_hour)}
            | {"added": {name: _lists(sums) for name, sums in self.added.items()}}
        )


def begun(flow_id: str, flow: Flow, run: int, day: str, answers: Mapping[str, Any] | None = None) -> Progress:
    return Progress(flow_id, run, shape_hash(flow), answers or {}, "", None, (), day)


def read_progress(plain: Mapping[str, Any], knowledge: Knowledge) -> Progress | None:
    """The inverse of `to_plain`; None if the flow is gone or the data is not ours."""
    flow_id, run, answers = plain.get("flow"), plain.get("run"), plain.get("answers")
    flow = knowledge.flows.get(flow_id) if isinstance(flow_id, str) else None
    if flow is None or not isinstance(flow_id, str) or not isinstance(run, int) or not isinstance(answers, Mapping):
        return None
    step, draft, card = plain.get("step"), plain.get("draft"), plain.get("card")
    return Progress(
        flow_id,
        run,
        str(plain.get("shape", "")),
        {name: value for name, value in answers.items() if name in flow.steps},
        _waiting(step, flow, answers),
        plain.get("pending"),
        tuple(item for item in draft if isinstance(item, str)) if isinstance(draft, list | tuple) else (),
        str(plain.get("day", "")),
        card if isinstance(card, int) else 0,
        _rates(plain.get("by_hour"), flow),
        _added(plain.get("added"), flow),
    )


def _lists(by_hour: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    return {name: list(ends) for name, ends in by_hour.items()}


def _rates(plain: object, flow: Flow) -> dict[str, Sequence[float]]:
    given = plain if isinstance(plain, Mapping) else {}
    return {name: ends for name, ends in given.items() if name in flow.steps and ends_of(ends)}


def _added(plain: object, flow: Flow) -> dict[str, Mapping[str, Sequence[float]]]:
    given = plain if isinstance(plain, Mapping) else {}
    return {
        name: sums
        for name, sums in given.items()
        if name in flow.steps and isinstance(sums, Mapping) and all(ends_of(sums.get(k)) for k in ("before", "after"))
    }


def _waiting(step: object, flow: Flow, answers: Mapping[str, Any]) -> str:
    """The step that waits; one that the flow no longer has gives way to the first without an answer."""
    if not isinstance(step, str) or not step or step in flow.steps:
        return step if isinstance(step, str) else ""
    return next((name for name in flow.steps if name not in answers), "")


def refitted(progress: Progress, flow: Flow, knowledge: Knowledge) -> tuple[Progress, bool]:
    """The progress with only the answers that today's flow can still take, and whether the flow was edited since."""
    edited = progress.shape != shape_hash(flow)
    answers = {k: v for k, v in progress.answers.items() if k in flow.steps and fits(flow.steps[k], v, knowledge)}
    lost = edited or answers.keys() != progress.answers.keys()
    pending, draft = (None, ()) if lost else (progress.pending, progress.draft)
    return progress.but(answers=answers, shape=shape_hash(flow), pending=pending, draft=draft), edited


def flow_place(state: State, knowledge: Knowledge) -> str:
    """The area that was given in the flow under way, if it asks for one: its code, or "".

    Of a flow at its result it counts until another place is spoken of.
    """
    progress = active(state, knowledge)
    code = place_given(progress, knowledge) if progress else ""
    waits = bool(progress and progress.step)
    return code if waits or state.slots.get("places") == [code] else ""


def place_given(progress: Progress, knowledge: Knowledge) -> str:
    """The area among its answers: its code, or ""."""
    steps = knowledge.flows[progress.flow].steps
    given = [progress.answers.get(name) for name, step in steps.items() if step.kind == "place"]
    return next((code for code in given if isinstance(code, str) and code in knowledge.areas), "")


def active(state: State, knowledge: Knowledge) -> Progress | None:
    return read_progress(state.flow, knowledge) if state.flow else None


def kept(state: State, flow_id: str, knowledge: Knowledge) -> Progress | None:
    """The run of this flow that was left in the middle."""
    found = next((plain for plain in state.kept if plain.get("flow") == flow_id), None)
    return read_progress(found, knowledge) if found else None


def runs(state: State, knowledge: Knowledge) -> list[Progress]:
    """The run under way or just finished and those put aside, newest first."""
    left = (kept(state, str(plain.get("flow")), knowledge) for plain in reversed(state.kept))
    return [run for run in (active(state, knowledge), *left) if run]


def with_active(state: State, progress: Progress) -> State:
    """The state with this run under way; any kept run of the same flow is replaced by it."""
    others = tuple(plain for plain in state.kept if plain.get("flow") != progress.flow)
    return state.but(flow=progress.to_plain(), kept=others, offered=())


def put_aside(state: State) -> State:
    """The flow under way, if any, joins those kept; with nothing answered there is nothing to keep."""
    if not state.flow:
        return state
    others = tuple(plain for plain in state.kept if plain.get("flow") != state.flow.get("flow"))
    worth = bool(state.flow.get("answers"))
    return state.but(flow={}, kept=(*others, state.flow) if worth else others)


def dropped(state: State) -> State:
    return state.but(flow={})
