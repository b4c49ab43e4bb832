"""Pay as arithmetic: the nearest published figures, where an amount stands, what it buys, which places lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal, Protocol

from bot.conversation.area import Area, Pay

FULL_TIME_YEAR = 2080  # hours; the survey's own way between pay by the hour and by the year
POINTS = (("p10", 10), ("p25", 25), ("median", 50), ("p75", 75), ("p90", 90))
MORE_COMMON, LESS_COMMON = 1.2, 0.8  # location quotients from which we call a kind of work more or less common

Side = Literal["below", "between", "above"]


class Points(Protocol):
    """Yearly pay in dollars at the published percentiles; None where the publisher left one out."""

    @property
    def p10(self) -> float | None: ...
    @property
    def p25(self) -> float | None: ...
    @property
    def median(self) -> float | None: ...
    @property
    def p75(self) -> float | None: ...
    @property
    def p90(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an amount stands among published points: `percent` earn less. Outside them only the side is known."""

    side: Side
    percent: float
    line: float | None = None  # the outermost published point that the amount lies beyond
    exact: bool = False  # the amount is a published point, nothing was interpolated


def hourly(a_year: float) -> float:
    """Dollars an hour of a full-time year, to the cent."""
    return round(a_year / FULL_TIME_YEAR, 2)


def at_prices(pay: float, rpp: float, other_rpp: float) -> float:
    """What pay earned at price level `rpp` (nation = 100) is worth at another, as BEA defines real wages."""
    return pay * other_rpp / rpp


def at_average_prices(a_year: float, rpp: float) -> float:
    """What pay in a place with price level `rpp` buys at the nation's prices, in hundreds of dollars."""
    return round(at_prices(a_year, rpp, 100), -2)


def published(pay: Points) -> list[tuple[int, float]]:
    """(percent, dollars a year) of every point that was published, rising."""
    return [(percent, value) for name, percent in POINTS if (value := getattr(pay, name)) is not None]


def standing(a_year: float, pay: Points) -> Standing | None:
    """Linear between neighbouring published points; None where nothing was published."""
    points = published(pay)
    if not points:
        return None
    hit = [percent for percent, value in points if a_year == value]  # several where the survey's points coincide
    if hit:
        return Standing("between", min(hit, key=lambda percent: abs(percent - 50)), exact=True)
    if a_year < points[0][1]:
        return Standing("below", *points[0])
    for (low, at_low), (high, at_high) in pairwise(points):
        if a_year < at_high:
            return Standing("between", low + (high - low) * (a_year - at_low) / (at_high - at_low))
    return Standing("above", *points[-1])


def wider(area: Area, areas: Mapping[str, Area]) -> Iterator[Area]:
    """The area, its first state or territory, and the nation."""
    return chain((area,), _of_type({"state", "territory"}, areas, area.states[0]), _of_type({"nation"}, areas))


def nearest(area: Area, role: str, areas: Mapping[str, Area], figure: str = "median") -> Area:
    """The first of the area, its (first) state and the nation that has `figure` for `role`; else the area itself."""
    return next((step for step in wider(area, areas) if getattr(step.pay[role], figure) is not None), area)


def nation(areas: Mapping[str, Area]) -> Area:
    return next(_of_type({"nation"}, areas))


def _of_type(kinds: Set[str], areas: Mapping[str, Area], state: str = "") -> Iterator[Area]:
    """Lazily: the nation and the states stand first in the table, so nobody walks all of it."""
    return (a for a in areas.values() if a.type in kinds and (not state or state in a.states))


def commonness(pay: Pay) -> Literal["more", "usual", "less", ""]:
    """How common the work is in a place beside the nation; nothing where no location quotient was published."""
    if pay.lq is None:
        return ""
    return "more" if pay.lq >= MORE_COMMON else "less" if pay.lq <= LESS_COMMON else "usual"


def is_small(pay: Pay, few_jobs: int) -> bool:
    """Whether figures rest on so few jobs that they are to be called uncertain."""
    return pay.jobs is not None and pay.jobs < few_jobs


def measured(area: Area, role: str, by: str) -> float | None:
    """A place's figure to rank by: a field of Pay, or `real`, its median at the nation's prices."""
    pay = area.pay[role]
    if by != "real":
        value: float | None = getattr(pay, by)
        return value
    return None if pay.median is None or not area.rpp else at_average_prices(pay.median, area.rpp)


def ranked(
    areas: Iterable[Area], role: str, by: str, *, kind: str, least_jobs: int = 0, state: str = ""
) -> list[tuple[Area, float]]:
    """Areas of a kind (within a state's code, if given) with at least so many jobs, the highest figure first."""
    return list(_ranked(tuple(areas), role, by, kind, least_jobs, state))


@lru_cache(maxsize=128)  # answers rank the same hundreds of areas again and again, by a few measures
def _ranked(
    areas: tuple[Area, ...], role: str, by: str, kind: str, least_jobs: int, state: str
) -> tuple[tuple[Area, float], ...]:
    found: list[tuple[Area, float]] = []
    for area in areas:
        if area.type != kind or (state and state not in area.states):
            continue
        value = measured(area, role, by)
        if value is not None and (area.pay[role].jobs or 0) >= least_jobs:
            found.append((area, value))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].name)))


def leader(areas: Sequence[Area], role: str, by: str) -> tuple[Area, float] | None:
    """The place with the highest figure and the figure, if all have one and no other has the same."""
    values = [(area, value) for area in areas if (value := measured(area, role, by)) is not None]
    values.sort(key=lambda pair: -pair[1])
    told = len(values) == len(areas) > 1 and values[0][1] > values[1][1]
    return values[0] if told else None
