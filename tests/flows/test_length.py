"""The counter over a question: it never grows while someone goes on, and what it calls sure is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.conversation.flows.length import place_of
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import begun
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.flow_walks import walks
from tests.conftest import TODAY


@pytest.mark.parametrize("flow_id", ["laptop", "enroll", "cost", "path", "pay"])
def test_the_total_only_falls_and_is_kept(flow_id: str, with_laptop: Knowledge) -> None:
    flow = with_laptop.flows[flow_id]
    at = Setting(flow, with_laptop, TODAY)
    for answers in walks(at, 60):
        steps = list(answers)
        told = []
        for number, step in enumerate(steps):
            so_far = {name: answers[name] for name in steps[:number]}
            told.append(place_of(begun(flow_id, flow, 1, "", so_far).but(step=step), at))
        assert [number for number, _, _ in told] == list(range(1, len(steps) + 1))
        assert all(before[1] >= after[1] for before, after in pairwise(told))
        assert all(most >= len(steps) and (most == len(steps) or not sure) for _, most, sure in told)
