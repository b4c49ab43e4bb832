"""How well the work suits someone, from what they enjoy and what they cannot stand (C21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Band = Literal["good", "mixed", "poor", "unknown"]
GOOD_FROM, POOR_UNDER = 60.0, 40.0
HEAVY = 2.0  # weight of a statement the daily work consists of


@dataclass(frozen=True, slots=True)
class Statements:
    """Ids of statements: all that were offered, those liked, those disliked, and those that weigh double."""

    offered: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """`score` from 0 to 100 (50 says nothing either way), never to be shown bare: `strengths` and `worries` say why."""

    score: float
    band: Band
    strengths: tuple[str, ...]
    worries: tuple[str, ...]


def fit(given: Statements) -> Fit:
    """C21. Weighted mean on a five-point scale (liked 5, silent 3, disliked 1) moved to 0-100.

    What is both liked and disliked counts as silent. Nothing answered is "unknown", not "mixed".
    """
    strengths = tuple(s for s in given.offered if s in given.likes and s not in given.dislikes)
    worries = tuple(s for s in given.offered if s in given.dislikes and s not in given.likes)
    if not strengths and not worries:
        return Fit(50.0, "unknown", (), ())
    weights = {s: HEAVY if s in given.heavy else 1.0 for s in given.offered}
    points = sum(weights[s] for s in strengths) - sum(weights[s] for s in worries)
    score = 50 + 50 * points / sum(weights.values())
    band: Band = "good" if score >= GOOD_FROM else "poor" if score < POOR_UNDER else "mixed"
    return Fit(score, band, strengths, worries)
