"""A career of one's own: made from nothing, checked, asked, and its tests run. No Python is written for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.load import check_content, read_content
from bot.operator.ask import ask
from bot.operator.content_tests import run_files
from bot.operator.new_career import CannotMake, new_career
from tests.conftest import ROOT, TODAY

QUESTIONS = {
    "so what is this job about": "what_is_it",
    "how would somebody get started with this": "how_to_start",
    "how much is the training course": "cost_to_start",
    "hw much money do u make": "pay",
    "would i be good at this": "is_it_for_me",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_career("dog-grooming", tmp_path_factory.mktemp("careers"), ROOT / "knowledge", TODAY)


def test_a_new_career_has_no_errors_answers_five_questions_and_passes_its_tests(made: Path) -> None:
    found = check_content(made, TODAY).problems
    assert {(one.rule, one.severity) for one in found} == {("yours-to-write", "warning")}
    lines = (made / "faq" / "first.yaml").read_text("utf-8").splitlines()
    assert [one.line for one in found] == [n for n, line in enumerate(lines, start=1) if "is yours to write" in line]
    knowledge = load_knowledge(made)
    for question, meant in QUESTIONS.items():
        turn, _ = ask(question, knowledge, TODAY)
        assert (turn.kind, turn.intents) == ("answer", (meant,)), question
        assert turn.sources
    assert ask("what does it pay in texas", knowledge, TODAY)[0].slots["place"] == {
        "code": "48",
        "name": "Texas",
        "type": "state",
    }
    assert ask("how do i become a nurse", knowledge, TODAY)[0].intents == ("oos_other_career",)
    report = run_files((), made, knowledge, TODAY)
    assert (report.played, report.failures) == (2, [])
    assert not set(knowledge.entries) - report.questions


def test_a_title_of_its_own_stands_in_the_texts_as_it_was_given(tmp_path: Path) -> None:
    folder = new_career("ohio-hvac", tmp_path, ROOT / "knowledge", TODAY, "HVAC in Ohio")
    career = (folder / "career.yaml").read_text("utf-8")
    assert "HVAC in Ohio" in career
    assert "Hvac" not in career


def test_no_word_of_the_first_career_is_in_a_new_one(made: Path) -> None:
    text = "\n".join(file.read_text("utf-8").lower() for file in made.rglob("*.yaml"))
    assert "@" not in text.replace("@local", "")
    assert not [word for word in ("medical", "billing", "coder", "aapc") if word in text]


@pytest.mark.parametrize(
    ("name", "wanted"), [("dog-grooming", "exists already"), ("Dog Grooming", "lower-case"), ("../up", "lower-case")]
)
def test_nothing_is_overwritten_and_odd_names_are_refused(made: Path, name: str, wanted: str) -> None:
    before = sorted(made.parent.rglob("*"))
    with pytest.raises(CannotMake, match=wanted):
        new_career(name, made.parent, ROOT / "knowledge", TODAY)
    assert sorted(made.parent.rglob("*")) == before


def test_a_shared_folder_that_is_gone_is_told_where_it_is_written(made: Path, tmp_path: Path) -> None:
    text = (made / "career.yaml").read_text("utf-8").replace("shared: ../", "shared: nowhere/../")
    (tmp_path / "career.yaml").write_text(text, "utf-8")
    told = "\n".join(map(str, check_content(tmp_path, TODAY).problems))
    assert "career.yaml:13: shared: " in told
    assert "is no folder" in told


def test_lines_of_one_s_own_stand_above_the_shared_ones(made: Path, knowledge: Knowledge) -> None:
    own, _ = read_content(made)
    assert own is not None
    assert own.voice["help"] != knowledge.voice["help"]
    assert own.voice["menu_button"] == knowledge.voice["menu_button"]
    assert own.areas.keys() == knowledge.areas.keys()
