"""`audit FLOW`: what comes out of many walks, so that no verdict is the answer to everything."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.conversation.flows.moving import Setting
from bot.conversation.flows.names import FlowError
from bot.conversation.flows.shape import Flow
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.flow_sampling import MOST_SHARE, changes_nothing, same_options, verdict_shares
from bot.load_knowledge.flow_walks import DAY, walks

TRIED = 300  # walks kept to try other answers on


@dataclass(frozen=True, slots=True)
class Report:
    lines: tuple[str, ...]
    failed: bool


def audit(flow: Flow, knowledge: Knowledge, count: int, seed: int = 1) -> Report:
    """Walk `count` seeded paths. Fails when a verdict has more than 70 %, is never reached, or a sum can't be done."""
    at = Setting(flow, knowledge, DAY)
    sample = list(walks(at, count, seed))
    try:
        shares = verdict_shares(sample, at)
        idle = list(_idle(sample[:TRIED], at))
    except FlowError as error:
        return Report((f"A sum failed: {error}", "Not fine: nobody who answers like that gets a result."), True)
    failed = bool(flow.verdicts) and (
        max(shares.values()) > MOST_SHARE * count or not flow.verdicts.keys() <= shares.keys()
    )
    return Report((*_told(flow, sample, shares), *idle, _in_a_sentence(flow, bool(idle), failed)), failed)


def _in_a_sentence(flow: Flow, idle: bool, failed: bool) -> str:
    """What it comes to."""
    if failed:
        return f"Not fine: each verdict should come out, and none in more than {MOST_SHARE:.0%}. Mend those marked <-."
    fine = f"every verdict comes out, none in more than {MOST_SHARE:.0%}" if flow.verdicts else "every sum can be done"
    return f"Fine: {fine}." + (" See whether the answers named above are worth asking." if idle else "")


def _told(flow: Flow, sample: list[dict[str, Any]], shares: Counter[str]) -> Iterator[str]:
    lengths = [len(answers) for answers in sample]
    yield f"{flow.title}: {len(sample):,} walks, {len({tuple(a) for a in sample})} ways through the steps"
    yield f"shortest {min(lengths)} questions, longest {max(lengths)}, mean {sum(lengths) / len(lengths):.1f}"
    for name, label in flow.verdicts.items():
        share = shares[name] / len(sample)
        remark = "  <- never reached" if not shares[name] else "  <- too often" if share > MOST_SHARE else ""
        yield f"  {share:6.1%}  {label}{remark}"


def _idle(sample: list[dict[str, Any]], at: Setting) -> Iterator[str]:
    """Answers that never matter, and options that count the same."""
    for name in at.flow.steps:
        if changes_nothing(name, sample, at):
            yield f"never matters: {name}"
        for one, other in itertools.islice(same_options(name, sample, at), 5):
            yield f"count the same: {name}, {one} and {other}"
