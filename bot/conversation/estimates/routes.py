"""Which way into the job suits someone: every route is held against goal, budget, time, place and schooling."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.estimates.gain import DAYS_A_MONTH

# What speaks against a route, and how much; the last two rule it out.
WEIGHTS = {
    "goal": 3.0,
    "too_dear": 3.0,
    "top_over": 0.4,
    "too_long": 2.0,
    "wrong_mode": 2.0,
    "alone": 1.5,
    "few_seats": 2.0,
}
RULED_OUT = {"needs_diploma": 20.0, "needs_certificate": 20.0}
NEARLY = 1.05  # so little over the budget is a month's saving, and no reason for another way
DEAR = {"goal", "too_dear", "top_over", *RULED_OUT}
LONG_MONTHS = 14.0
USUAL_HOURS = 10.0


@dataclass(frozen=True, slots=True)
class Route:
    """One way into the job, as content describes it. Hours and dollars (None: not published) are all-in, low and high.

    `goals` are those it serves, `modes` how it is taught; `alone` means without a teacher, `few_seats` that places
    are scarce, `pace` its own hours a week, `base` how good it is for anyone when nothing speaks against it.
    """

    hours_low: float
    hours_high: float
    cost_low: float | None = None
    cost_high: float | None = None
    least_weeks: float = 0.0
    goals: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    needs_diploma: bool = False
    needs_certificate: bool = False
    alone: bool = False
    few_seats: bool = False
    pace: float | None = None
    base: float = 0.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """The routes by id (`Route`s or their fields as mappings), and what the person has and wants; None: not said."""

    routes: Mapping[str, Any]
    goal: str = ""
    mode: str = ""
    hours_a_week: float | None = None
    budget: float | None = None
    has_diploma: bool = True
    has_certificate: bool = False
    has_background: bool = False
    wants_teacher: bool | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Route ids best first; `against` names for each what speaks against it; the rest is about the best.

    `within` is the best that surely costs no more than the budget and serves the goal, "" for none.
    """

    best: str
    runner_up: str
    order: tuple[str, ...]
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours: float = 0.0
    weeks: int = 0
    cost_low: float | None = None
    cost_high: float | None = None
    within: str = ""


def choose_route(given: Wishes) -> Choice:
    """C17 and C23 over routes: least against it first, then the better base, then the cheaper.

    Someone with a background in the field needs the low hours, others the high ones. Learning alone speaks against a
    route for who wants a teacher, and for a beginner who said nothing of one.
    Raises `ValueError` without routes.
    """
    routes = {name: route if isinstance(route, Route) else Route(**route) for name, route in given.routes.items()}
    if not routes:
        raise ValueError("there are no routes to choose from")
    against = {name: _against(route, given) for name, route in routes.items()}
    order = sorted(routes, key=lambda name: (-_score(routes[name], against[name]), routes[name].cost_low or 0.0))
    best = routes[order[0]]
    hours = best.hours_low if given.has_background else best.hours_high
    weeks = _weeks(best, given)
    within = next((name for name in order if routes[name].cost_high and not DEAR & {*against[name]}), "")
    return Choice(
        order[0], (order[1:] or [""])[0], tuple(order), against, hours, weeks, best.cost_low, best.cost_high, within
    )


def _score(route: Route, against: tuple[str, ...]) -> float:
    return route.base - sum((WEIGHTS | RULED_OUT)[reason] for reason in against)


def _weeks(route: Route, given: Wishes) -> int:
    hours = route.hours_low if given.has_background else route.hours_high
    return math.ceil(max(hours / (route.pace or given.hours_a_week or USUAL_HOURS), route.least_weeks))


def _against(route: Route, given: Wishes) -> tuple[str, ...]:
    months = _weeks(route, given) * 7 / DAYS_A_MONTH
    wants_teacher = given.wants_teacher if given.wants_teacher is not None else not given.has_background
    signs = {
        "goal": bool(given.goal and route.goals and given.goal not in route.goals),
        "too_dear": given.budget is not None and (route.cost_low or 0) > given.budget * NEARLY,
        "top_over": given.budget is not None
        and (route.cost_low or 0) <= given.budget * NEARLY
        and given.budget < (route.cost_high or 0),
        "too_long": months > LONG_MONTHS,
        "wrong_mode": bool(given.mode and route.modes and given.mode not in route.modes),
        "alone": route.alone and wants_teacher,
        "few_seats": route.few_seats,
        "needs_diploma": route.needs_diploma and not given.has_diploma,
        "needs_certificate": route.needs_certificate and not given.has_certificate,
    }
    return tuple(name for name, speaks in signs.items() if speaks)
