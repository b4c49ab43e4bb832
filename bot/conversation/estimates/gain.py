"""When the money comes back and what is left then (C9 to C13)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Uplift:
    """`investment` in dollars; new and current yearly pay; months of course and of search before the new pay starts."""

    investment: float
    new_pay: float
    current_pay: float
    course_months: float = 0.0
    search_months: float = 0.0
    start: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Payback:
    """`months` of work and `calendar_months` from the start, None for never; `day` when `start` was given."""

    months: float | None
    calendar_months: float | None
    day: dt.date | None
    never: bool


def payback(given: Uplift) -> Payback:
    """C9. Investment over the monthly uplift; never when the new pay is no higher. Calendar adds course and search.

    A gain so small that it takes more than a century counts as never.
    """
    uplift = (given.new_pay - given.current_pay) / 12
    if given.investment <= 0 and uplift >= 0:
        months = 0.0
    elif uplift <= 0 or given.investment / uplift > 1200:
        return Payback(None, None, None, never=True)
    else:
        months = given.investment / uplift
    calendar = given.course_months + given.search_months + months
    return Payback(months, calendar, months_after(given.start, calendar), never=False)


def months_after(day: dt.date | None, months: float) -> dt.date | None:
    """The day so many months later; a month is a twelfth of a year. None stays None."""
    return day and day + dt.timedelta(days=round(months * DAYS_A_MONTH))


@dataclass(frozen=True, slots=True)
class GainInputs:
    """As `Uplift`, with the horizon in years from the start and the `chance` (0 to 1) of getting the job."""

    investment: float
    new_pay: float
    current_pay: float
    course_months: float = 0.0
    search_months: float = 0.0
    years: float = 3.0
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Gain:
    """Dollars: `gross` before and `net` after the investment, `expected` weighted by the chance.

    `break_even` is the chance in percent above which it pays on average; None when it pays at no chance.
    """

    gross: float
    net: float
    expected: float
    break_even: float | None


def net_gain(given: GainInputs) -> Gain:
    """C10 and C11. G = uplift x (horizon - course - search); net G - I; expected p G - I; break-even I / G."""
    working = max(0.0, given.years * 12 - given.course_months - given.search_months)
    gross = (given.new_pay - given.current_pay) * working / 12
    chance = 100 * given.investment / gross if gross > 0 else math.inf
    break_even = max(0.0, chance) if chance <= 100 else None
    return Gain(gross, gross - given.investment, given.chance * gross - given.investment, break_even)


@dataclass(frozen=True, slots=True)
class Target:
    """Dollars put in, current yearly pay, and the months of work in which it should come back."""

    investment: float
    current_pay: float
    months: float = 24.0


@dataclass(frozen=True, slots=True)
class PayNeeded:
    """Yearly pay in dollars."""

    pay: float


def pay_needed(given: Target) -> PayNeeded:
    """C12. Current pay + investment x 12 / months. Raises `ZeroDivisionError` for a target of no months."""
    return PayNeeded(given.current_pay + given.investment * 12 / given.months)


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars put in now, yearly uplifts from the first year on, and the yearly discount rate in percent."""

    investment: float
    uplifts: tuple[float, ...]
    rate: float = 3.0


@dataclass(frozen=True, slots=True)
class PresentValue:
    """Today's dollars."""

    value: float


def present_value(given: Flow) -> PresentValue:
    """C13. Sum of uplift_t / (1 + i)^t less the investment, as Georgetown's CEW ranks colleges by ROI."""
    growth = 1 + given.rate / 100
    discounted = sum(uplift / growth**year for year, uplift in enumerate(given.uplifts, 1))
    return PresentValue(discounted - given.investment)
