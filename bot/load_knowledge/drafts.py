"""Answers that somebody still has to write: kept beside the content, in no answer, and not forgotten."""

from __future__ import annotations

from pathlib import Path

from bot.load_knowledge.problems import Problem
from bot.load_knowledge.yaml_lines import read_yaml

DRAFTS = "drafts.yaml"


def drafts(folder: Path) -> list[Problem]:
    """One for each draft. They keep nothing from going live."""
    path = folder / DRAFTS
    if not path.exists():
        return []
    document = read_yaml(path, f"{folder.name}/{DRAFTS}")
    for name in document.data if isinstance(document.data, dict) else ():
        document.report((name,), "is a draft: write its answer and move it to a file in faq/, or delete it")
    return document.problems
