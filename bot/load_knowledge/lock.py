"""What `calibrate` wrote beside the content: the fitted curve, and how well held-out phrasings were found then."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration
from bot.load_knowledge.shapes import shape_one
from bot.load_knowledge.yaml_lines import read_yaml

CALIBRATION = "calibration.yaml"


@dataclass(frozen=True, slots=True)
class Lock:
    """Shares from 0 to 1; `found` is each question's share of its own phrasings, `content` what was measured."""

    calibration: Calibration
    phrasings: int
    right: float
    among_four: float
    others_taken_for_ours: float
    content: str = ""
    found: Mapping[str, float] = field(default_factory=dict)


def read_lock(folder: Path) -> Lock | None:
    """The lock of a knowledge folder; None where there is none or it can't be read, which loading reports."""
    document = read_yaml(folder / CALIBRATION, CALIBRATION)
    return shape_one(Lock, document.data, document, ()) if document.data is not None else None


def phrasings_hash(knowledge: Knowledge) -> str:
    """Twelve hex digits that change with anything that decides how phrasings are understood, not with answers."""
    vocabulary = knowledge.vocabulary
    digest = hashlib.sha256()
    parts = (
        [
            (key, entry.question, entry.title, tuple(entry.phrasings), entry.in_place)
            for key, entry in knowledge.entries.items()
        ],
        [(key, talk.kind, tuple(talk.phrasings)) for key, talk in knowledge.smalltalk.items()],
        (vocabulary.texting, vocabulary.kinds, vocabulary.synonyms),
        (vocabulary.phrases_to_drop, vocabulary.keep_apart),
    )
    digest.update(repr(parts).encode() + knowledge.meanings.table.tobytes())
    return digest.hexdigest()[:12]
