"""Conditions worked out once for the answers they read hold exactly when the whole expression does."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.flows.conditions import decided, reads_of
from bot.conversation.flows.names import Scope
from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY

READS: dict[str, tuple[tuple[str, str], ...]] = {
    "answers.route in ['own', 'college']": (("answers", "route"),),
    "known.tuition and answers.aid": (("answers", "aid"), ("known", "tuition")),
    "answers.route == 'own' and sums.borrowed > 0": (),
    "facts.exam.cpc.fee.one > 400": (),
    "today": (),
    "skipped": (),
    "answers": (),
    "answers['route']": (),
    "1": (),
}


@pytest.mark.parametrize("condition", READS)
def test_only_conditions_of_nothing_but_answers_are_kept(condition: str) -> None:
    assert reads_of(condition) == READS[condition]


@pytest.mark.parametrize(
    "answers", [{}, {"route": "own"}, {"route": "school", "tuition": [900, 900]}, {"tuition": None}]
)
@pytest.mark.parametrize("condition", ["answers.route in ['own', 'college']", "known.tuition", "not known.tuition"])
def test_it_holds_as_the_whole_expression_does(condition: str, answers: dict[str, Any], knowledge: Knowledge) -> None:
    scope = Scope(knowledge.flows["cost"], answers, knowledge, TODAY)
    for _ in range(2):  # the second time it is remembered
        assert decided(condition, scope) is bool(scope.evaluate(condition, "when"))


@pytest.mark.parametrize("condition", ["answers.nobody", "answers.route +", "answers.route.upper.x"])
def test_what_fails_is_left_to_the_whole_expression(condition: str, knowledge: Knowledge) -> None:
    assert decided(condition, Scope(knowledge.flows["cost"], {}, knowledge, TODAY)) is None
