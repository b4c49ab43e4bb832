"""A sitting in the terminal, with what is typed handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.operator.review.clusters import Cluster
from bot.operator.review.desk import Desk
from bot.operator.review.refusal import refusal
from bot.operator.review.terminal import TRYING, Session
from bot.operator.vetting import Verdict

FAILED = """tests/conversations/pay.yaml:4: somebody asks for pay
  said      what does it pay
  expected  the median
            a source
  came      Something else.
            A second line of it."""
Sitting = Callable[..., str]


@pytest.fixture
def sitting(desk: Desk, union: Cluster, knowledge: Knowledge) -> Sitting:
    """Plays a sitting over one cluster, which is gone once it was decided; gives back all that was shown."""
    cluster = replace(union, nearest=union.nearest[:1])

    def play(*typed: str) -> str:
        answers, shown = iter(typed), list[str]()

        def listing() -> tuple[list[Cluster], Knowledge]:
            return ([] if desk.last() else [cluster]), knowledge

        Session(desk, listing, lambda: next(answers, None), shown.append).run()
        return "\n".join(shown)

    return play


@pytest.fixture
def written(desk: Desk, tmp_path: Path) -> Callable[[], str]:
    """The entries as they stand in the file now."""
    return lambda: (tmp_path / "knowledge" / "faq" / "work.yaml").read_text("utf-8")


def test_a_number_adds_the_wordings_to_the_likeliest_entry_and_shows_what_was_changed(
    sitting: Sitting, written: Callable[[], str]
) -> None:
    shown = sitting("1")
    assert "asked 3 times" in shown
    assert "+    - do coders have unions" in shown
    assert "- do coders have unions" in written()


def test_what_is_no_choice_is_told_and_asked_again(sitting: Sitting, written: Callable[[], str]) -> None:
    before = written()
    shown = sitting("²", "99", "", "q")
    assert shown.count("Type a number from 1 to ") == 3
    assert written() == before


def test_an_entry_that_is_not_there_changes_nothing_and_names_the_likely_one(
    sitting: Sitting, written: Callable[[], str]
) -> None:
    before = written()
    assert "benefits" in sitting("2", "benefit", "q")
    assert written() == before


def test_leaving_it_for_now_ends_the_sitting_without_a_change(sitting: Sitting, written: Callable[[], str]) -> None:
    before = written()
    assert sitting("7").endswith("That was all.")
    assert written() == before


def test_the_id_is_asked_for_before_it_is_tried_and_one_that_is_not_there_is_not_tried(sitting: Sitting) -> None:
    shown = sitting("2", "benefit", "2", "benefits", "q")
    assert shown.index("The id of the entry") < shown.index("did you mean 'benefits'") < shown.index(TRYING)
    assert shown.count(TRYING) == 1


def test_what_was_typed_for_a_decision_that_was_refused_need_not_be_typed_again(
    desk: Desk, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = iter([Verdict("", (FAILED,)), Verdict("1")])
    monkeypatch.setattr(desk, "_vet", lambda copy: next(verdicts))
    answer = ("Union dues", "What are union dues?", "", "Ask the shop steward.", ".")
    shown = sitting("3", *answer, "3", ".")
    assert "Nothing typed takes what you typed before.\nUnion dues\nWhat are union dues?" in shown
    assert "Ask the shop steward." in (desk.content / "faq" / "new.yaml").read_text("utf-8")


def test_a_refusal_names_the_test_and_a_line_of_what_was_expected_and_what_came() -> None:
    assert refusal((FAILED,)).splitlines()[1:] == [
        "tests/conversations/pay.yaml:4: somebody asks for pay",
        "  expected  the median",
        "  came      Something else.",
    ]
