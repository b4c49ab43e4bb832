"""What places can be ranked and shaded by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.knowledge import Area
from bot.conversation.wording import PRICES, WAGES


@dataclass(frozen=True, slots=True)
class Measure:
    """`of(area, role)` is the figure, None where it was not published; `tables` are what it is made from."""

    name: str
    unit: str
    of: Callable[[Area, str], float | None]
    tables: tuple[str, ...]


def _median(area: Area, role: str) -> float | None:
    return area.pay[role].median


def _jobs(area: Area, role: str) -> float | None:
    return area.pay[role].jobs


def _after_prices(area: Area, role: str) -> float | None:
    median = area.pay[role].median
    return round(median / area.rpp * 100, -2) if median is not None and area.rpp else None


MEDIAN = Measure("median", "usd_year", _median, (WAGES,))
JOBS = Measure("jobs", "jobs", _jobs, (WAGES,))
AFTER_PRICES = Measure("prices", "usd_year", _after_prices, (WAGES, PRICES))
