"""Where an answer is written, for whoever wants to change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.load_knowledge.yaml_lines import read_yaml

TALK = "smalltalk.yaml"


def written_at(folder: Path, intents: Iterable[str]) -> Iterator[str]:
    """A line for each of these questions, with the file of `folder` and the line where it begins."""
    wanted = set(intents)
    for file in (*sorted((folder / "faq").glob("*.yaml")), folder / TALK) if wanted else ():
        document = read_yaml(file, str(file))
        for intent in document.data or ():
            if intent in wanted:
                yield f"written in: {document.file}:{document.line((intent,))}: {intent}"
