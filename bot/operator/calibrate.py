"""`calibrate`: fit the probabilities on held-out phrasings and write them beside the content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration, Observation, fit
from bot.conversation.matching.matcher import Match
from bot.operator.confusions import HeldOut, confused_pairs, entries_not_found

FOLDS = 10
OFFERED = 4
HEAD = """# Written by `python run_bot.py calibrate`; run it again after larger changes of phrasings.
# Every phrasing was held out once and matched against the rest: `right` is the share of our questions found first,
# `among_four` among the best four, `others_taken_for_ours` the share of off-topic lines held to be ours (at one half).
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares by name, and advice for whoever edits the phrasings."""

    shares: dict[str, float]
    advice: tuple[str, ...]


def calibrate(knowledge: Knowledge, path: Path) -> Measured:
    """Measure, fit and write `path`."""
    seen = [(intent, match) for intent, match in knowledge.matcher.held_out(FOLDS) if match.questions]
    ours = [(intent, match) for intent, match in seen if knowledge.is_ours(intent)]
    others = [match for intent, match in seen if not knowledge.is_ours(intent)]
    fitted = fit(
        Observation(m.questions[0].share, m.ours, len(m.words), m.questions[0].intent == intent) for intent, m in seen
    )
    measured = {
        "right": _share(match.questions[0].intent == intent for intent, match in ours),
        "among_four": _share(intent in _offered(match) for intent, match in ours),
        "others_taken_for_ours": _share(match.ours > 0.5 for match in others),
    }
    _write(path, fitted, len(seen), measured)
    held_out = [HeldOut(intent, match) for intent, match in seen]
    return Measured(measured, (*entries_not_found(held_out), *confused_pairs(held_out)))


def _offered(match: Match) -> list[str]:
    return [candidate.intent for candidate in match.questions[:OFFERED]]


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def _write(path: Path, fitted: Calibration, phrasings: int, measured: dict[str, float]) -> None:
    lines = [
        "calibration:",
        *(f"  {name}: {getattr(fitted, name)}" for name in ("share", "ours", "length", "offset")),
        f"phrasings: {phrasings}",
        *(f"{name}: {value}" for name, value in measured.items()),
    ]
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
