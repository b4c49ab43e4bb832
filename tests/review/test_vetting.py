"""Which failed tests refuse changed content, and which are only told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import read_tests
from bot.operator.content_report import Failure, Report, Weight
from bot.operator.content_tests import run_tests
from bot.operator.vetting import Verdict, as_json, from_json, judged
from tests.conftest import TODAY


def failures(*weights: Weight) -> list[Failure]:
    return [Failure("tests/a.yaml", line, "a talk", "hi", "this", "that", w) for line, w in enumerate(weights, 1)]


@pytest.mark.parametrize(
    ("weights", "taken"),
    [
        ((), True),
        (("plain", "plain"), True),
        (("plain", "plain", "plain"), False),
        (("figure",) * 30, True),
        (("figure", "plain", "plain"), True),
        (("grave",), False),
    ],
)
def test_two_conversations_in_a_hundred_and_any_figures_may_change_but_no_danger_may_pass(
    weights: tuple[Weight, ...], taken: bool
) -> None:
    verdict = judged("v", Report(played=100, failures=failures(*weights)))
    assert (not verdict.problems) == taken
    assert len(verdict.noticed) == (len(weights) if taken else 0)


def test_of_a_few_conversations_each_counts() -> None:
    assert judged("v", Report(played=8, failures=failures("plain"))).problems


def test_what_refuses_is_told_without_the_figures_that_do_not() -> None:
    verdict = judged("v", Report(played=8, failures=failures("figure", "plain")))
    assert [problem.splitlines()[0] for problem in verdict.problems] == ["tests/a.yaml:2: a talk"]


def test_a_verdict_comes_through_the_other_process_whole() -> None:
    verdict = Verdict("v", noticed=("tests/a.yaml:1: a talk",))
    assert from_json(as_json(verdict)) == verdict
    assert verdict.remark().endswith("\n  tests/a.yaml:1: a talk")
    assert Verdict("v").remark() == ""


@pytest.mark.parametrize(
    ("step", "weight"),
    [
        ("- you: how much do coders make\n    bot: about $1.23 an hour", "figure"),
        ("- you: how much do coders make\n    bot: [about $1.23 an hour, no such words]", "plain"),
        ("- you: how much do coders make\n    bot: about $1.23 an hour\n    kind: fallback", "plain"),
        ("- you: how much do coders make\n    asks: oos_crisis", "grave"),
        ("- press: Nowhere", "plain"),
    ],
)
def test_a_failure_weighs_by_what_came_otherwise(
    step: str, weight: Weight, tmp_path: Path, knowledge: Knowledge
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"someone asks:\n  {step}\n", "utf-8")
    (failure,) = run_tests(read_tests([file], tmp_path), knowledge, TODAY).failures
    assert failure.weight == weight
