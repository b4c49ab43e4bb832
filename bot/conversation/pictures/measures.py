"""What places can be ranked and shaded by."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.area import Area
from bot.conversation.pay import measured
from bot.conversation.wording import PRICES, WAGES


@dataclass(frozen=True, slots=True)
class Measure:
    """`by` is the figure's name where pay is reckoned; `tables` are what it is made from."""

    name: str
    by: str
    unit: str
    tables: tuple[str, ...]

    def of(self, area: Area, role: str) -> float | None:
        return measured(area, role, self.by)


MEDIAN = Measure("median", "median", "usd_year", (WAGES,))
JOBS = Measure("jobs", "jobs", "jobs", (WAGES,))
AFTER_PRICES = Measure("prices", "real", "usd_year", (WAGES, PRICES))
