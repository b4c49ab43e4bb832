"""The pay table as frozen data: places, what an occupation pays in each, and what it paid in other years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pay:
    """What one occupation pays in one place, in dollars a year (`hourly` an hour); None where nothing was published.

    `mean` is never to be mixed with the medians; `lq` is how common the work is there, 1 being as in the nation;
    `per_1000` are jobs in a thousand of all jobs there.
    """

    p10: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p90: float | None = None
    hourly: float | None = None
    jobs: int | None = None
    lq: float | None = None
    mean: float | None = None
    per_1000: float | None = None


@dataclass(frozen=True, slots=True)
class YearOfPay:
    """What one occupation paid in the whole nation by the survey of one year; `as_of` is `YYYY-MM`."""

    as_of: str
    pay: Pay


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: the table has one of each
class Area:
    """A place with a pay table: a state, a metro area or the rest of a state. `rpp` is prices, nation = 100."""

    code: str
    name: str
    type: str
    states: tuple[str, ...]
    rpp: float | None
    pay: Mapping[str, Pay]
