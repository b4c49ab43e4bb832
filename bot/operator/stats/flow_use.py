"""How people went through a flow, from the steps they came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.conversation.flows.shape import Flow
from bot.operator.stats.people import who
from bot.operator.stats.report import Count, FlowUse, Step
from bot.store import Logged


def flow_use(name: str, lines: Iterable[Logged], flow: Flow) -> FlowUse:
    """Each person once, however often they began: the furthest they came is the last step they saw."""
    reached: dict[str, list[str]] = {}
    verdicts: dict[str, str] = {}
    for line in lines:
        if line.question.flow == name:
            reached.setdefault(who(line), []).append(line.question.step)
            if line.question.verdict:
                verdicts[who(line)] = line.question.verdict
    finished = {person for person, steps in reached.items() if "" in steps}
    last = Counter(steps[-1] for person, steps in reached.items() if person not in finished)
    came_to = Counter(step for steps in reached.values() for step in set(steps))
    counted = Counter(verdicts.values())
    return FlowUse(
        name,
        flow.title,
        started=len(reached),
        finished=len(finished),
        steps=tuple(Step(s, step.name, came_to[s], last[s]) for s, step in flow.steps.items() if came_to[s]),
        verdicts=tuple(Count(v, flow.verdicts.get(v, v), n, n) for v, n in counted.most_common()),
    )
