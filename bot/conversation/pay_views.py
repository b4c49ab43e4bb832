"""What an answer's template sees of pay: places, one occupation's pay there, amounts, rankings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import jinja2

from bot.conversation import pay as sums
from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.slots import Slots
from bot.conversation.study_views import StudyView
from bot.conversation.views import PRICES, WAGES, Figure, Notes

SAME = 1.5  # percent below which two figures are told as about the same


@dataclass(frozen=True, slots=True)
class Gap:
    """How one figure stands beside another: `side` is more, less or same; `percent` of the other, unsigned."""

    side: str
    percent: Figure


@dataclass(frozen=True, slots=True)
class Step:
    """From a pay to a published point: `side` is raise, cut or same; how much by the hour, by the year, in percent."""

    side: str
    hour: Figure
    year: Figure
    percent: Figure


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where an amount stands: `side` is below, between or above the published points; `percent` earn less."""

    side: str
    percent: Figure
    line: Figure | None  # the outermost published point that the amount lies beyond
    exact: bool
    low: bool  # in the lowest-paid quarter
    beside_median: Gap | None


class PayView:
    """One occupation's pay in one place; None where nothing was published.

    `where` is the place the figures are for and `own` whether that is the place asked about; `hour` is the same
    figures by the hour of full-time work.
    """

    def __init__(self, role: str, area: Area, asked: Area, desk: Desk) -> None:
        self._pay, self._area, self._desk = area.pay[role], area, desk
        known = desk.knowledge.career.known_occupations[role]
        self.role, self.people = role, known.people or known.name
        self.note, self.training = known.note, known.training
        self.where, self.own = area.name, area.code == asked.code
        self.national = area.type == "nation"
        self.few = sums.is_small(self._pay, desk.knowledge.career.few_jobs)
        self.commonness = sums.commonness(self._pay)

    def __getattr__(self, name: str) -> Figure | None:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in UNITS:
            near = get_close_matches(name, [*UNITS, "hour", "real", "people", "where"], n=1)
            meant = f"; did you mean '{near[0]}'?" if near else ""
            raise jinja2.UndefinedError(f"pay has no '{name}'{meant}")
        value = getattr(self._pay, name)
        return None if value is None else self._desk.figure(value, UNITS[name])

    @property
    def hour(self) -> dict[str, Figure]:
        by_year = sums.published(self._pay)
        names = {percent: name for name, percent in sums.POINTS}
        found = {names[p]: self._desk.figure(sums.hourly(v), "usd_hour") for p, v in by_year}
        return found | ({"median": self._desk.figure(self._pay.hourly, "usd_hour")} if self._pay.hourly else {})

    @property
    def real(self) -> Figure | None:
        """The median at the nation's prices."""
        value = sums.measured(self._area, self.role, "real")
        return None if value is None else self._desk.figure(value, "usd_year", WAGES, PRICES)

    @property
    def bunched(self) -> bool:
        """Whether so many earn the same that the middle is the end of a quarter, too: no half lies between the two."""
        return self._pay.median is not None and self._pay.median in (self._pay.p25, self._pay.p75)

    def beside(self, other: PayView) -> Gap | None:
        """This median beside that of `other`."""
        mine, theirs = self._pay.median, other._pay.median
        return self._desk.gap(mine, theirs) if mine is not None and theirs is not None else None

    def placed(self, amount: AmountView) -> StandingView | None:
        """Where an amount stands among the published points here."""
        found = sums.standing(amount.a_year, self._pay)
        if found is None:
            return None
        median = self._pay.median
        beside = self._desk.gap(amount.a_year, median) if median is not None else None
        line = None if found.line is None else self._desk.figure(found.line, "usd_year")
        percent = self._desk.figure(round(found.percent), "percent")
        return StandingView(found.side, percent, line, found.exact, found.percent < 25, beside)


UNITS = {
    "median": "usd_year", "mean": "usd_year", "p10": "usd_year", "p25": "usd_year", "p75": "usd_year",
    "p90": "usd_year", "hourly": "usd_hour", "jobs": "jobs", "lq": "score",
}  # fmt: skip


class PlaceView:
    """A place in a template: `place.name`, `place.rpp`, its own pay by role (`place.<role>`), and `place.pay(role)`,
    which falls back to the nearest place with a figure."""

    def __init__(self, area: Area, desk: Desk) -> None:
        self._area, self._desk = area, desk
        self.name, self.type, self.short = area.name, area.type, short(area.name)
        self.rpp = desk.figure(round(area.rpp, 1), "score", PRICES) if area.rpp is not None else None
        self.dear = None if area.rpp is None else desk.gap(area.rpp, 100, PRICES)

    def pay(self, role: str, figure: str = "median") -> PayView:
        near = sums.nearest(self._area, role, self._desk.knowledge.areas, figure)
        return PayView(role, near, self._area, self._desk)

    def __getattr__(self, role: str) -> PayView:
        if role in self._area.pay:
            return PayView(role, self._area, self._area, self._desk)
        raise AttributeError(f"no pay is known for '{role}'")


class AmountView:
    """An amount of pay that a person named, by the year and by the hour of full-time work."""

    def __init__(self, slots: Slots, desk: Desk) -> None:
        self.a_year = slots.a_year or 0.0
        self.per, self.assumed = slots.per, slots.assumed
        self.said = Figure(slots.amount or 0.0, f"usd_{slots.per}", (), desk.notes)
        self.year = Figure(round(self.a_year), "usd_year", (), desk.notes)
        self.hour = Figure(sums.hourly(self.a_year), "usd_hour", (), desk.notes)

    def step(self, pay: PayView, point: str = "median") -> Step | None:
        """The change from this pay to a point of another, of full-time work; None where it was not published."""
        to = getattr(pay._pay, point)
        if to is None:
            return None
        less, desk = to < self.a_year, pay._desk
        by_hour = abs(float(pay.hour[point]) - sums.hourly(self.a_year))
        by_year = abs(to - round(self.a_year))
        share = round(100 * by_year / self.a_year)
        return Step(
            "same" if not share else "cut" if less else "raise",
            desk.figure(round(by_hour, 2), "usd_hour"),
            desk.figure(by_year, "usd_year"),
            desk.figure(share, "percent"),
        )

    def real(self, place: PlaceView) -> Figure | None:
        """What the amount buys at the nation's prices."""
        rpp = place._area.rpp
        return place._desk.figure(sums.at_average_prices(self.a_year, rpp), "usd_year", PRICES) if rpp else None


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a ranking with the figure it is ranked by."""

    place: PlaceView
    pay: PayView
    figure: Figure


class Desk:
    """What the views of one answer share: the knowledge, and the notes of what was printed."""

    def __init__(self, knowledge: Knowledge, notes: Notes) -> None:
        self.knowledge, self.notes = knowledge, notes

    def figure(self, value: float, unit: str, *tables: str) -> Figure:
        return Figure(value, unit, tables or (WAGES,), self.notes)

    def gap(self, one: float, other: float, *tables: str) -> Gap:
        percent = (one / other - 1) * 100
        side = "same" if abs(percent) < SAME else "more" if percent > 0 else "less"
        return Gap(side, self.figure(round(abs(percent)), "percent", *tables))

    def ranked(
        self,
        role: str,
        by: str = "median",
        *,
        type: str = "state",
        count: int = 5,
        min_jobs: int | None = None,
        state: PlaceView | None = None,
        lowest: bool = False,
    ) -> list[Row]:
        """The leading places by a field of pay or `real`, among those with at least `min_jobs` (few_jobs) jobs; with
        `lowest` those at the other end, the lowest first."""
        career = self.knowledge.career
        least = career.few_jobs if min_jobs is None else min_jobs
        code = state._area.states[0] if state else ""
        found = sums.ranked(self.knowledge.areas.values(), role, by, kind=type, least_jobs=least, state=code)
        chosen = found[::-1][:count] if lowest else found[:count]
        return [self._row(area, role, by, value) for area, value in chosen]

    def leader(self, places: Sequence[PlaceView], role: str, by: str = "median") -> Row | None:
        """The one of `places` with the highest figure, if it can be told."""
        best = sums.leader([place._area for place in places], role, by)
        return self._row(best[0], role, by, best[1]) if best else None

    def _row(self, area: Area, role: str, by: str, value: float) -> Row:
        tables = (WAGES, PRICES) if by == "real" else (WAGES,)
        figure = self.figure(value, UNITS.get(by, "usd_year"), *tables)
        return Row(PlaceView(area, self), PayView(role, area, area, self), figure)


def short(name: str) -> str:
    """ "Dallas-Fort Worth-Arlington, TX" -> "Dallas", for buttons and lists."""
    return name.split(",")[0].split("--")[0].split("-")[0].split("/")[0]


def pay_context(knowledge: Knowledge, notes: Notes, places: Sequence[Area], slots: Slots) -> dict[str, Any]:
    """The names that templates use for places, pay and what a person asked about."""
    desk = Desk(knowledge, notes)
    views = [PlaceView(area, desk) for area in places]
    own = list(knowledge.career.occupations)
    return {
        "places": views,
        "place": views[0] if views else None,
        "nation": PlaceView(sums.nation(knowledge.areas), desk),
        "roles": [role for role in own if role in slots.roles] or own,
        "role": next((role for role in own if role in slots.roles), own[0]),
        "others": [role for role in slots.roles if role not in own] or list(knowledge.career.alternatives),
        "credentials": [knowledge.career.credentials[c].name for c in slots.credentials],
        "amount": AmountView(slots, desk) if slots.amount is not None else None,
        "per": slots.per,
        "point": slots.point,
        "few_jobs": Figure(knowledge.career.few_jobs, "jobs", (), notes),
        "full_time_year": Figure(sums.FULL_TIME_YEAR, "hours", (), notes),
        "study": StudyView(slots.study, notes) if slots.study else None,
        "ranked": desk.ranked,
        "leader": desk.leader,
    }


PAY_NAMES = frozenset({
    "places", "place", "nation", "roles", "role", "others", "credentials", "amount", "per", "point", "study",
    "few_jobs", "full_time_year", "ranked", "leader", "part",
})  # fmt: skip
