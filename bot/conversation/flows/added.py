"""A sum that the answer of one step puts to another: money that ends is counted with the savings."""

from __future__ import annotations

from bot.conversation.flows.answers import ends_of
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import Progress


def with_added(progress: Progress, step_id: str, added: tuple[float, float] | None, at: Setting) -> Progress:
    """The sum put to the step for it, instead of what an earlier answer of `step_id` put there.

    What was changed there by hand meanwhile stays as it was said.
    """
    into, earlier = at.flow.steps[step_id].until, progress.added.get(step_id)
    have = ends_of(progress.answers.get(into)) if into else None
    if earlier and have and list(have) == list(earlier["after"]):
        have = ends_of(earlier["before"])
        progress = progress.but(answers={**progress.answers, into: list(earlier["before"])})
    others = {name: sums for name, sums in progress.added.items() if name != step_id}
    if not into or not added:
        return progress.but(added=others) if earlier else progress
    before = list(have or (0.0, 0.0))
    after = [before[0] + added[0], before[1] + added[1]]
    answers = {**progress.answers, into: after}
    return progress.but(answers=answers, added={**others, step_id: {"before": before, "after": after}})
