"""Up to three programs side by side (C23), and routes ranked for one person."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 3


@dataclass(frozen=True, slots=True)
class Programs:
    """Parallel lists, one place a program: name, all-in dollars, months; and the yearly uplift in dollars."""

    names: tuple[str, ...]
    costs: tuple[float, ...]
    months: tuple[float, ...]
    uplift: float = 0.0


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Months from the start until paid back (None: never), and which is cheapest, quickest, first paid back."""

    paid_back: tuple[float | None, ...]
    cheapest: str
    quickest: str
    first_paid: str


def compare_programs(given: Programs) -> SideBySide:
    """C23. C4, C9 and C17 for each. "" where there is nothing to name. Raises `ValueError` for more than three."""
    if len(given.names) > MOST:
        raise ValueError(f"{MOST} programs at most can be read side by side")
    rows = list(zip(given.names, given.costs, given.months, strict=True))
    monthly = given.uplift / 12
    paid = tuple(months + cost / monthly if monthly > 0 else None for _, cost, months in rows)
    known = [(when, name) for when, (name, _, _) in zip(paid, rows, strict=True) if when is not None]
    return SideBySide(
        paid,
        min(rows, key=lambda row: row[1])[0] if rows else "",
        min(rows, key=lambda row: row[2])[0] if rows else "",
        min(known)[1] if known else "",
    )
