"""Files beside the content that look as if they were read, and are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.load_knowledge.problems import Problem

READ = ("faq", "facts", "flows")
TEXTS = frozenset({".yaml", ".yml", ".txt", ".md", ".csv", ".docx", ".xlsx"})


def unread_files(folder: Path) -> Iterator[Problem]:
    """Texts in the folders of the content that are no .yaml, or lie a folder too deep."""
    for name in READ:
        for path in sorted((folder / name).rglob("*")):
            read = path.suffix == ".yaml" and path.parent.name == name
            if not read and path.suffix in TEXTS and not path.name.startswith("."):
                shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                yield Problem(shown, 1, "the file", "is not read", "not-read")
