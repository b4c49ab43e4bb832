"""A career of two questions, in which a test can break one thing and read what is said about it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.load_knowledge.load import check_content
from bot.load_knowledge.problems import Problem
from tests.conftest import ROOT, TODAY

OWN = Path(__file__).parent / "knowledge"

Break = Callable[[str, str, str], list[Problem]]


def small_content(folder: Path) -> Path:
    """Write it to `folder`. The advisor's own lines are the real ones, which every career needs alike."""
    shutil.copytree(OWN, folder)
    for name in ("voice.yaml", "pictures.yaml"):
        shutil.copy(ROOT / "knowledge" / name, folder)
    return folder


def replaced(folder: Path, file: str, old: str, new: str) -> None:
    """Change the first `old` in a file; an `old` that is not there fails the test."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} does not hold {old!r} any more"
    path.write_text(text.replace(old, new, 1), "utf-8")


def problems_of(folder: Path, today: dt.date = TODAY) -> list[Problem]:
    return check_content(folder, today).problems
