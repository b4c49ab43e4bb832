"""Every line that a room says is in its own list, and every line listed is said there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = sorted(file.parent for file in (ROOT / "bot").rglob("lines.py") if file.parent.name != "pictures")
SAID = re.compile(r"voice(?:, |\[)[\"'](\w+)[\"']")
COMPOSED = re.compile(r"f[\"'](\w+_)\{")


def lines_of(room: Path) -> frozenset[str]:
    name = ".".join((*room.relative_to(ROOT).parts, "lines"))
    lines: frozenset[str] = importlib.import_module(name).LINES
    return lines


def code_of(room: Path) -> str:
    """Everything in the room that is in no smaller room with a list of its own."""
    inner = [other for other in ROOMS if other != room and other.is_relative_to(room)]
    files = [f for f in room.rglob("*.py") if f.name != "lines.py" and not any(f.is_relative_to(i) for i in inner)]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_a_room_says_is_in_a_list(room: Path) -> None:
    listed = frozenset().union(*map(lines_of, ROOMS))
    assert set(SAID.findall(code_of(room))) <= listed


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_a_room_lists_it_says(room: Path) -> None:
    code = code_of(room)
    begun = tuple(COMPOSED.findall(code))
    silent = {
        line for line in lines_of(room) if not re.search(rf"[\"']{line}[\"']", code) and not line.startswith(begun)
    }
    assert not silent
