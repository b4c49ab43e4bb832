"""What an operator sees of a flow: its graph, and what comes out of many walks."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.knowledge import Knowledge
from bot.operator.audit import audit
from bot.operator.graph import graph


def test_the_graph_shows_every_step_condition_and_verdict(with_laptop: Knowledge) -> None:
    drawn = graph(with_laptop.flows["laptop"])
    assert drawn.startswith("flowchart TD\n")
    assert 'price -->|"answers.price"| months' in drawn
    assert "rate --> uses" in drawn
    assert "months --> uses" in drawn
    assert 'result --> v_wait(["Wait for a sale"])' in drawn


def test_the_audit_counts_verdicts_and_walks_alike_each_time(with_laptop: Knowledge) -> None:
    report = audit(with_laptop.flows["laptop"], with_laptop, 300)
    assert not report.failed
    assert report.lines[-1].startswith("Fine: every verdict comes out")
    assert report == audit(with_laptop.flows["laptop"], with_laptop, 300)
    assert any("Wait for a sale" in line for line in report.lines)


@pytest.mark.parametrize(
    ("verdict", "told"), [("'wait'", "<- too often"), ("'wait' if answers.wait else 'dear'", "<- never reached")]
)
def test_the_audit_fails_on_a_verdict_that_takes_all_or_never_comes(
    verdict: str, told: str, with_laptop: Knowledge
) -> None:
    flow = dataclasses.replace(with_laptop.flows["laptop"], verdict=verdict)
    report = audit(flow, with_laptop, 300)
    assert report.failed
    assert any(line.endswith(told) for line in report.lines)


def test_the_audit_names_an_answer_that_never_matters(with_laptop: Knowledge) -> None:
    flow = with_laptop.flows["laptop"]
    silent = {name: dataclasses.replace(card, text="Nothing", calendar=None) for name, card in flow.result.items()}
    report = audit(dataclasses.replace(flow, result=silent, verdict="", verdicts={}), with_laptop, 50)
    assert "never matters: hours" in report.lines
