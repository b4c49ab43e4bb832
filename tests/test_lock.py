"""What `check` says when a change of phrasings made people worse understood."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration
from bot.load_knowledge.load import read_content, taught
from bot.load_knowledge.lock import CALIBRATION, Lock, read_lock
from bot.operator.calibrate import calibrate
from bot.operator.lock import compared, worse_than_lock
from tests.torture.small_knowledge import small_knowledge

BEFORE = Lock(Calibration(), 100, 0.8, 0.95, 0.3, "abc", {"exam_fee": 0.8, "course_price": 0.7})


def test_a_small_change_is_tolerated() -> None:
    assert list(compared(BEFORE, replace(BEFORE, right=0.795, others_taken_for_ours=0.31))) == []


def test_what_became_worse_is_named_with_both_figures() -> None:
    worse = replace(BEFORE, right=0.77, others_taken_for_ours=0.35, found={"exam_fee": 0.5, "course_price": 0.1})
    assert list(compared(BEFORE, worse)) == [
        "held-out phrasings, right: 77.0%, was 80.0% (1% is tolerated)",
        "held-out phrasings, others taken for ours: 35.0%, was 30.0% (2% is tolerated)",
        "exam_fee: is found by 50% of its own phrasings, was 80%",
        "course_price: is found by only 10% of its own phrasings; say in them what sets it apart",
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_knowledge(tmp_path_factory.mktemp("lock") / "knowledge")


def _read(folder: Path) -> Knowledge:
    known, _ = read_content(folder, walk=False)
    assert known
    return known


def test_a_changed_phrasing_is_measured_once_and_an_unchanged_one_never(folder: Path, tmp_path: Path) -> None:
    said: list[str] = []
    known = _read(folder)
    assert worse_than_lock(known, folder, tmp_path, said.append) == []
    assert "Not calibrated yet" in said[0]

    calibrate(replace(known, matcher=taught(known)), folder)
    said.clear()
    assert worse_than_lock(_read(folder), folder, tmp_path, said.append) == []
    assert said == []

    lock = folder / CALIBRATION
    before = read_lock(folder)
    assert before
    lock.write_text(lock.read_text("utf-8").replace(before.content, "another12345"), "utf-8")
    worse_than_lock(_read(folder), folder, tmp_path, said.append)
    assert "The phrasings changed" in said[0]
    said.clear()
    lock.write_text(lock.read_text("utf-8").replace(f"right: {before.right}", "right: 0.99"), "utf-8")
    (tmp_path / f"no-worse-{before.content}").unlink(missing_ok=True)
    assert any("was 99.0%" in line for line in worse_than_lock(_read(folder), folder, tmp_path, said.append))
