"""How many questions a flow has at most: a total that only ever falls while someone goes on."""

from __future__ import annotations

from collections.abc import Collection
from itertools import dropwhile, islice

from bot.conversation.flows.conditions import reads_of
from bot.conversation.flows.moving import Setting, asked, holds, way
from bot.conversation.flows.names import Scope
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Step


def place_of(progress: Progress, at: Setting) -> tuple[int, int, bool]:
    """Number of the step that waits, how many there are at most, and whether there are never fewer.

    A later step whose condition rests on answers to come may be asked, so it is counted.
    """
    steps = [step_id for step_id, _ in way(progress.answers, at)]
    number = steps.index(progress.step) + 1 if progress.step in steps else len(steps)
    settled = _settled(progress, at)
    scope = Scope(at.flow, asked(progress.answers, at), at.knowledge, at.today)
    later = islice(dropwhile(lambda item: item[0] != progress.step, at.flow.steps.items()), 1, None)
    known = [_comes(step, settled, scope) for _, step in later]
    return number, number + sum(comes is not False for comes in known), None not in known


def _settled(progress: Progress, at: Setting) -> Collection[str]:
    """The steps whose answers, or lack of one, are known: those before the one that waits, and what was answered."""
    steps = list(at.flow.steps)
    before = steps[: steps.index(progress.step)] if progress.step in steps else steps
    return {*before, *progress.answers} - {progress.step}


def _comes(step: Step, settled: Collection[str], scope: Scope) -> bool | None:
    """Whether the step will be asked; None while that can't be told."""
    if step.unasked or not step.when:
        return not step.unasked
    reads = reads_of(step.when)
    return holds(step, scope) if reads and all(name in settled for _, name in reads) else None
