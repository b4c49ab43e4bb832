"""Up to three programs side by side (C23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 3


@dataclass(frozen=True, slots=True)
class Programs:
    """Parallel lists, one place a program: name, all-in dollars, months; None for a program there is none of.

    Without `months` only prices are compared. `uplift` is the yearly raise in dollars they lead to.
    """

    names: tuple[str, ...]
    costs: tuple[float | None, ...]
    months: tuple[float, ...] = ()
    uplift: float = 0.0


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Months from the start until paid back (None: never or not known); cheapest, quickest, first paid ("": none)."""

    paid_back: tuple[float | None, ...]
    cheapest: str
    quickest: str
    first_paid: str
    spread: float


def compare_programs(given: Programs) -> SideBySide:
    """C23. C4, C9 and C17 for each; `spread` is dearest less cheapest. Raises `ValueError` for more than three."""
    if len(given.names) > MOST:
        raise ValueError(f"{MOST} programs at most can be read side by side")
    priced = [(cost, name) for name, cost in zip(given.names, given.costs, strict=True) if cost is not None]
    paid = tuple(_paid_back(given, place) for place in range(len(given.names)))
    first = [(when, name) for when, name in zip(paid, given.names, strict=True) if when is not None]
    timed = list(zip(given.months, given.names, strict=False))
    spread = max(priced)[0] - min(priced)[0] if priced else 0.0
    return SideBySide(paid, _least(priced), _least(timed), _least(first), spread)


def _paid_back(given: Programs, place: int) -> float | None:
    cost = given.costs[place]
    if cost is None or not given.months or given.uplift <= 0:
        return None
    return given.months[place] + 12 * cost / given.uplift


def _least(rows: Sequence[tuple[float, str]]) -> str:
    return min(rows)[1] if rows else ""
