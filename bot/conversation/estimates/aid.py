"""Whether a program fits the box of the short-program federal grant (C16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Chance = Literal["may", "cannot", "ask"]
LEAST_RATE = 70.0  # percent of people who finish, and of those who find work


@dataclass(frozen=True, slots=True)
class ShortProgram:
    """A program's hours, weeks, standing, price and outcomes; None where not known.

    The box (hours, weeks) and the poverty line in dollars come from content, with their source.
    """

    hours_low: float
    hours_high: float
    weeks_low: float
    weeks_below: float
    poverty_line: float | None = None
    clock_hours: float | None = None
    weeks: float | None = None
    accredited: bool | None = None
    state_approved: bool | None = None
    tuition: float | None = None
    completers_pay: float | None = None
    rpp: float = 100.0
    completion: float | None = None
    placement: float | None = None


@dataclass(frozen=True, slots=True)
class GrantCheck:
    """`failed` and `unknown` name the conditions; `value_added` in dollars, None without completers' pay."""

    chance: Chance
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    value_added: float | None


def workforce_grant(given: ShortProgram) -> GrantCheck:
    """C16. Hours and weeks in the box, accredited, state-approved, tuition within value added, 70 % finish and placed.

    Value added is completers' pay x 100 / RPP less 150 % of the poverty line (the rules in force from July 2026).
    The last word is the state's and the US Department of Education's.
    """
    added = None
    if given.completers_pay is not None and given.poverty_line is not None:
        added = given.completers_pay * 100 / given.rpp - 1.5 * given.poverty_line
    conditions = {
        "hours": _within(given.clock_hours, given.hours_low, given.hours_high),
        "weeks": given.weeks and given.weeks_low <= given.weeks < given.weeks_below,
        "accredited": given.accredited,
        "state_approved": given.state_approved,
        "tuition": None if added is None or given.tuition is None else given.tuition <= added,
        "completion": _within(given.completion, LEAST_RATE, 100),
        "placement": _within(given.placement, LEAST_RATE, 100),
    }
    failed = tuple(name for name, holds in conditions.items() if holds is not None and not holds)
    unknown = tuple(name for name, holds in conditions.items() if holds is None)
    return GrantCheck("cannot" if failed else "ask" if unknown else "may", failed, unknown, added)


def _within(value: float | None, low: float, high: float) -> bool | None:
    return None if value is None else low <= value <= high
