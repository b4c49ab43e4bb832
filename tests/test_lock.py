"""What `check` says when a change of phrasings made people worse understood."""

from dataclasses import replace
from pathlib import Path

from bot.conversation.matching.calibration import Calibration
from bot.load_knowledge.load import read_content
from bot.load_knowledge.lock import CALIBRATION, Lock, phrasings_hash
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


def test_changed_phrasings_are_measured_and_unchanged_ones_are_not(tmp_path: Path) -> None:
    folder = small_knowledge(tmp_path / "knowledge", few=5)
    known, _ = read_content(folder, walk=False)
    assert known
    said: list[str] = []
    assert worse_than_lock(known, folder, tmp_path, said.append) == []
    assert said == []  # never calibrated, so there is nothing to compare with

    lock = folder / CALIBRATION
    lines = ("phrasings: 1", "right: 0.99", "among_four: 0.1", "others_taken_for_ours: 0.9", "content: another")
    lock.write_text("\n".join(("calibration: {share: 1, ours: 0, length: 0, offset: 0}", *lines)), "utf-8")
    assert any("was 99.0%" in line for line in worse_than_lock(known, folder, tmp_path, said.append))
    assert "The phrasings changed" in said[0]

    said.clear()
    lock.write_text(lock.read_text("utf-8").replace("another", f'"{phrasings_hash(known)}"'), "utf-8")
    assert worse_than_lock(known, folder, tmp_path, said.append) == []
    assert said == []
