"""How many questions a flow still has at most: a total that only ever falls while someone goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bot.conversation.amounts import Amount
from bot.conversation.flows.answers import default_of, read_amount
from bot.conversation.flows.moving import Fill, Setting, path
from bot.conversation.flows.moving import way as way_through
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import AMOUNTS, Step

# Which option is taken (the first, the middle, the last) and whether a first tick and a yes is given: each makes
# other questions come, and amounts of nothing make most of them.
WAYS = ((0.0, True), (0.0, False), (0.5, False), (1.0, False))


def place_of(progress: Progress, at: Setting) -> tuple[int, int, bool]:
    """Number of the step that waits, how many there are at most, and whether there are never fewer.

    A flow whose open steps can be answered so that it grows beyond all of `fills` says too little.
    """
    steps = [step_id for step_id, _ in way_through(progress.answers, at).steps]
    number = steps.index(progress.step) + 1 if progress.step in steps else len(steps)
    key = (place_of, at.flow, at.today, repr(sorted(progress.answers.items())))
    counts = at.knowledge.once(key, lambda: _lengths(progress, at))
    return number, max(*counts, number), len(set(counts)) == 1


def _lengths(progress: Progress, at: Setting) -> Sequence[int]:
    return tuple(sum(1 for _ in path(progress.answers, at, fill)) for fill in fills(at.today))


def fills(today: dt.date) -> tuple[Fill, ...]:
    """Ways to answer what is open: not at all, or with what makes a flow ask more."""

    def way_of(share: float, whole: bool) -> Fill:
        def fill(step: Step) -> Any:
            ids = list(step.options)
            if step.kind in AMOUNTS:
                return _amount(step, share)
            if step.kind == "several":
                return ids[:1] if whole else []
            if step.kind in {"choice", "scale"} and ids:
                return ids[round(share * (len(ids) - 1))]
            return whole if step.kind == "yes_no" else default_of(step, today)

        return fill

    return (lambda step: default_of(step, today), *(way_of(*way) for way in WAYS))


def _amount(step: Step, share: float) -> Any:
    """The least that is possible, else what one of the buttons says."""
    least = (step.possible or (0.0, 0.0))[0]
    values = [option.value for option in step.options.values()] if share else []
    read = read_amount(step.kind, step.per, values[round(share * (len(values) - 1))]) if values else None
    return [read.low, read.high] if isinstance(read, Amount) else [least, least]
