"""The example of a second career: a folder of content, no Python, and its own tests."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.load import check_content
from bot.operator.ask import ask
from bot.operator.content_report import told
from bot.operator.content_tests import run_files
from tests.conftest import ROOT, TODAY
from tests.second_career import EXAMPLE


@pytest.fixture(scope="module")
def second() -> Knowledge:
    return load_knowledge(EXAMPLE)


def test_the_second_career_is_content_alone_and_checks_clean() -> None:
    assert not list(EXAMPLE.rglob("*.py"))
    assert check_content(EXAMPLE, TODAY).problems == []


def test_the_second_career_passes_its_own_tests_which_reach_every_question(second: Knowledge) -> None:
    report = run_files((), EXAMPLE, second, TODAY)
    assert not report.failures, "\n".join(told(report, second))
    assert not set(second.entries) - report.questions


def test_the_second_career_tells_pay_in_every_place(second: Knowledge) -> None:
    with (EXAMPLE / "places" / "wages.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["area"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(second.areas) > 500
    for code, row in rows.items():
        median = second.areas[code].pay["technician"].median
        assert median == (float(row["median"]) if row["median"] else None)
    turn, _ = ask("what do pharm techs earn in houston", second, TODAY)
    assert f"${int(rows['26420']['median']):,}" in turn.replies[0].text
    assert turn.replies[0].picture


def test_what_is_ours_is_no_other_occupation(second: Knowledge) -> None:
    assert ask("how much does a pharmacy tech make", second, TODAY)[0].intents == ("pay",)
    assert ask("how much does a medical coder make", second, TODAY)[0].intents == ("oos_other_career",)
    assert ask("how do i become a plumber", second, TODAY)[0].intents == ("oos_other_career",)


def test_the_table_of_meanings_is_not_needed(tmp_path: Path) -> None:
    shared = tmp_path / "general"
    shared.mkdir()
    for name in ("voice.yaml", "pictures.yaml", "vocabulary.yaml", "places"):
        (shared / name).symlink_to(ROOT / "knowledge" / name)
    for path in EXAMPLE.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "career.yaml").unlink()
    text = (EXAMPLE / "career.yaml").read_text("utf-8").replace("shared: ../../knowledge", "shared: general")
    (tmp_path / "career.yaml").write_text(text, "utf-8")
    without = load_knowledge(tmp_path)
    assert not without.meanings.words
    assert ask("how much do pharmacy techs make", without, TODAY)[0].intents == ("pay",)
