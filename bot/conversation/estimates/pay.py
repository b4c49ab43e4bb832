"""Sums about pay: where it sits among others, what a credential adds, what it buys elsewhere (C1-C3, C14, C15, C20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.conversation.pay import at_prices, standing

Side = Literal["below", "within", "above", "unknown"]


@dataclass(frozen=True, slots=True)
class PayTable:
    """Yearly pay in dollars at the published percentiles; None where the publisher left one out."""

    p10: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class PayRange:
    """`low`, `middle`, `high` of everyone in the job.

    A first job pays from `low` to `first_most`; `first`, halfway between, stands for it where one figure is needed.
    """

    low: float | None
    first: float | None
    first_most: float | None
    middle: float | None
    high: float | None
    spread: float | None


def pay_range(given: PayTable) -> PayRange:
    """C1. Low is the 10th, middle the 50th and high the 90th percentile, as published by BLS OEWS.

    The table covers all levels of experience, so a beginner is set between the 10th and the 25th percentile of the
    place rather than at the middle; BLS publishes no pay by experience. A figure for the whole country caps nothing:
    in a place that pays well nine in ten earn more than that. `spread` is high less low.
    """
    known = given.p90 is not None and given.p10 is not None
    spread = (given.p90 or 0) - (given.p10 or 0) if known else None
    most = given.p25 or given.p10
    first = most if most is None or given.p10 is None else (given.p10 + most) / 2
    return PayRange(given.p10, first, most, given.median, given.p90, spread)


@dataclass(frozen=True, slots=True)
class PayPlace:
    """A yearly pay in dollars, and the table to look it up in."""

    pay: float
    p10: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Percentile:
    """`percentile` from 10 to 90, None outside the published points; `to_middle` is the median less the pay."""

    percentile: float | None
    side: Side
    to_middle: float | None


def percentile(given: PayPlace) -> Percentile:
    """C2. Linear between two published percentiles; nothing is claimed outside them."""
    to_middle = None if given.median is None else given.median - given.pay
    found = standing(given.pay, given)
    if found is None:
        return Percentile(None, "unknown", to_middle)
    if found.side != "between":
        return Percentile(None, found.side, to_middle)
    return Percentile(found.percent, "within", to_middle)


@dataclass(frozen=True, slots=True)
class SurveyPay:
    """Mean yearly pay in dollars of those with and without a credential, from one year's survey."""

    with_credential: float
    without: float


@dataclass(frozen=True, slots=True)
class Premium:
    """`dollars` a year and `percent` more, in that survey; no promise, and no proof of cause."""

    dollars: float
    percent: float


def premium(given: SurveyPay) -> Premium:
    """C3. Difference and ratio of two means of the same survey year."""
    return Premium(given.with_credential - given.without, 100 * (given.with_credential / given.without - 1))


@dataclass(frozen=True, slots=True)
class Prices:
    """A yearly pay, and the regional price parity (RPP, nation = 100) of where it is earned and where it is spent."""

    pay: float
    rpp: float
    other_rpp: float = 100.0


@dataclass(frozen=True, slots=True)
class RealPay:
    """`feels_like` dollars at the other place's prices; `percent` more or less than the figure itself."""

    feels_like: float
    percent: float


def same_pay_elsewhere(given: Prices) -> RealPay:
    """C14. Pay times other RPP over own RPP, as BEA defines real wages with regional price parities."""
    feels_like = at_prices(given.pay, given.rpp, given.other_rpp)
    return RealPay(feels_like, 100 * (given.other_rpp / given.rpp - 1))


@dataclass(frozen=True, slots=True)
class Earners:
    """Median yearly pay in dollars of a program's people and of adults with only high school, same state."""

    program_median: float
    high_school_median: float


@dataclass(frozen=True, slots=True)
class LowerEarnings:
    """`flagged` when a program's people earn no more than those with high school only."""

    difference: float
    flagged: bool


def high_school_benchmark(given: Earners) -> LowerEarnings:
    """C15. The comparison behind the FAFSA lower-earnings flag (US Department of Education)."""
    difference = given.program_median - given.high_school_median
    return LowerEarnings(difference, difference <= 0)


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Jobs of the occupation and of all kinds, in the place and in the nation."""

    jobs: float
    all_jobs: float
    nation_jobs: float
    nation_all_jobs: float


@dataclass(frozen=True, slots=True)
class Density:
    """Location quotient: 1 is as many as usual, 2 twice as many for a place of this size."""

    quotient: float


def job_density(given: JobCounts) -> Density:
    """C20. Share of the place's jobs over share of the nation's, as BLS defines the location quotient."""
    return Density((given.jobs / given.all_jobs) / (given.nation_jobs / given.nation_all_jobs))
