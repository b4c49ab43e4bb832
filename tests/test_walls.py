"""The walls between the rooms: imports go one way, and the machinery knows nothing of the career."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parent.parent / "bot"
CORE_NEVER = {
    "telegram",
    "yaml",
    "sqlite3",
    "sqlite_utils",
    "logging",
    "random",
    "time",
    "pathlib",
    "os",
    "io",
    "asyncio",
}
CAREER_WORDS = re.compile(
    r"medical|medicine|billing|\bcoder|\bbiller|icd-?10|\bcpc\b|aapc|ahima|hospital|\$\d\d", re.IGNORECASE
)


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


CORE = sorted((BOT / "conversation").rglob("*.py"))
PYTHON = sorted(BOT.rglob("*.py"))


@pytest.mark.parametrize("file", CORE, ids=lambda f: f.name)
def test_the_core_touches_nothing(file: Path) -> None:
    for name in imports(file):
        top = name.split(".")[0]
        assert top not in CORE_NEVER, f"{file.name} imports {name}"
        if top == "bot":
            assert name.startswith("bot.conversation"), f"{file.name} imports {name}"


@pytest.mark.parametrize("file", PYTHON, ids=lambda f: str(f.relative_to(BOT)))
def test_the_machinery_knows_no_word_of_the_career(file: Path) -> None:
    found = CAREER_WORDS.findall(file.read_text("utf-8"))
    assert not found, f"{file.name} speaks of {found}"


@pytest.mark.parametrize("file", [f for f in PYTHON if "preview" in f.parts], ids=lambda f: f.name)
def test_the_preview_speaks_bot_api_and_nothing_of_ours(file: Path) -> None:
    assert not {n for n in imports(file) if n.startswith("bot.") and not n.startswith("bot.preview")}
