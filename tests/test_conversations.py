"""Whole conversations in YAML, played against the real core by the same runner as `run_bot.py test`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import ContentTests, Transcript, files_in, read_tests
from bot.operator import content_report
from bot.operator import content_tests as runner
from tests.conftest import ROOT, TODAY

ALL = read_tests(files_in(ROOT / "tests"), ROOT / "tests")


def test_every_test_file_can_be_read_and_names_only_what_there_is(knowledge: Knowledge) -> None:
    assert not ALL.problems
    assert not runner.unknown_names(ALL, knowledge)


@pytest.mark.parametrize("transcript", ALL.transcripts, ids=lambda t: f"{Path(t.file).stem}: {t.title}")
def test_the_conversation_goes_as_written(transcript: Transcript, knowledge: Knowledge) -> None:
    failure = runner.play(transcript, knowledge, TODAY, content_report.Report())
    assert failure is None, str(failure)


def test_every_answer_and_every_step_of_a_flow_is_reached_by_some_test(knowledge: Knowledge) -> None:
    assert content_report.never_reached(runner.run_tests(ALL, knowledge, TODAY), knowledge) == ([], [])


def written(tmp_path: Path, text: str) -> ContentTests:
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    return read_tests([file], tmp_path)


WRONG_STEPS: Mapping[str, tuple[str, Any]] = {
    "bot: no such words": ("the text “no such words”", "median"),
    "not: median": ("not the text “median”", "median"),
    "asks: exam_cost": ("understood as exam_cost", "salary_overall"),
    "kind: fallback": ("kind: fallback", "kind: answer"),
    "flow: cost": ("flow: cost", "flow: none"),
    "buttons: Nowhere": ("a button “Nowhere”", "Starting pay"),
}


@pytest.mark.parametrize("wanted", WRONG_STEPS)
def test_a_step_that_goes_otherwise_is_told_with_line_words_and_what_came(
    wanted: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    tests = written(tmp_path, f"someone asks:\n  - you: hello\n  - you: how much do coders make\n    {wanted}\n")
    (failure,) = runner.run_tests(tests, knowledge, TODAY).failures
    expected, came = WRONG_STEPS[wanted]
    assert (failure.line, failure.said, failure.expected) == (3, "how much do coders make", expected)
    assert came in failure.came
    assert str(failure).startswith(f"{tmp_path}/mine.yaml:3: someone asks\n  said ")


def test_a_button_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, knowledge: Knowledge) -> None:
    tests = written(tmp_path, "someone taps:\n  - you: how much do coders make\n  - press: Nowhere\n")
    (failure,) = runner.run_tests(tests, knowledge, TODAY).failures
    assert failure.said == "[Nowhere]"
    assert "Starting pay" in failure.came


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a title:\n  - you: hello\n    bott: hi\n", "mine.yaml:3: a title: unknown key 'bott'; did you mean 'bot'?"),
        ("a title:\n  - bot: hi\n", "mine.yaml:2: a title: a step has exactly one of you, press or restart"),
        ("a title:\n  - you: a\n    press: b\n", "a step has exactly one of"),
        ("a title: hello\n", "should be a list of steps"),
        ("a title:\n", "should be a list of steps"),
        ("", "holds no tests"),
        ("today: tomorrow\n", "mine.yaml:1: today: 'tomorrow' is no day"),
        ("a: [b\n", "is not readable YAML"),
    ],
)
def test_a_test_file_that_can_not_be_read_says_where_and_what(text: str, wanted: str, tmp_path: Path) -> None:
    assert wanted in "\n".join(map(str, written(tmp_path, text).problems))


def test_a_test_of_a_question_that_is_not_there_says_which_was_meant(tmp_path: Path, knowledge: Knowledge) -> None:
    tests = written(tmp_path, "exam_cots:\n  - what is the fee\na talk:\n  - you: hi\n    asks: exam_cots\n")
    told = [str(problem) for problem in runner.unknown_names(tests, knowledge)]
    assert [line.split(": ")[0].rpartition(":")[2] for line in told] == ["2", "4"]
    assert all("unknown question 'exam_cots'; did you mean 'exam_cost'?" in line for line in told)


def test_a_file_may_name_the_day_it_is_played_on(tmp_path: Path, knowledge: Knowledge) -> None:
    asked = "years later:\n  - you: how much is the cpc exam\n    bot: not renewed since\n"
    assert runner.run_tests(written(tmp_path, asked), knowledge, TODAY).failures
    assert not runner.run_tests(written(tmp_path, "today: 2040-01-01\n" + asked), knowledge, TODAY).failures


def test_sentences_that_are_mostly_missed_fail_and_each_is_listed(tmp_path: Path, knowledge: Knowledge) -> None:
    tests = written(tmp_path, "exam_cost:\n  - what do coders earn\n  - what does the cpc exam cost\n")
    report = runner.run_tests(tests, knowledge, TODAY)
    assert {failure.came for failure in report.failures} == {"50%"}
    assert [(miss.line, miss.came) for miss in report.missed] == [(2, "answer salary_overall")]
    told = "\n".join(content_report.told(report, knowledge))
    assert "mine.yaml:2: “what do coders earn” should be exam_cost" in told
    assert "reached" not in told, "of one file alone it is no news what it does not reach"


def test_what_no_test_reaches_is_told(tmp_path: Path, knowledge: Knowledge) -> None:
    tests = written(tmp_path, "a beginning:\n  - you: /cost\n  - you: hello\n")
    report = runner.run_tests(tests, knowledge, TODAY)
    questions, steps = content_report.never_reached(report, knowledge)
    assert "exam_cost" in questions
    assert "cost: the result" in steps
    assert f"cost: {next(iter(knowledge.flows['cost'].steps))}" not in steps
