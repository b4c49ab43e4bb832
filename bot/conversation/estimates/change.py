""" "What would change this?": the smallest single change of one answer that flips verdict or payback (C22)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversation.estimates.enroll import Situation, sums
from bot.conversation.estimates.verdict import Verdict, better, conditions, gates, judge

Step = tuple[str, float | None, dict[str, object]]  # name of the change, the figure to tell, fields to replace


Flips = Literal["verdict", "payback", "open"]


@dataclass(frozen=True, slots=True)
class Change:
    """`name` is worded by content, `value` is the figure it takes (None for a change without one).

    `flips` says what it changes: the verdict, whether the money comes back, or just one of the open points.
    """

    name: str
    value: float | None
    verdict: Verdict
    flips: Flips = "verdict"


def smallest_change(given: Situation) -> Change | None:
    """The first of ever larger changes that betters the verdict; for the best verdict, the first that worsens it.

    Where no single change does, the first that turns "never paid back" into a date, else one that settles a point.
    """
    verdict = judge(given)
    steps = list(_worsening(given) if verdict == "go" else _bettering(given))
    for name, value, fields in steps:
        after = judge(_with(given, fields))
        if better(after, verdict) if verdict != "go" else better(verdict, after):
            return Change(name, value, after)
    return None if verdict == "go" else _lesser_change(given, verdict, steps)


def _lesser_change(given: Situation, verdict: Verdict, steps: Sequence[Step]) -> Change | None:
    measures: tuple[tuple[Flips, Callable[[Situation], int]], ...] = (("payback", _nevers), ("open", _open_points))
    for flips, count in measures:
        for name, value, fields in steps:
            if count(_with(given, fields)) < count(given):
                return Change(name, value, verdict, flips)
    return None


def _with(given: Situation, fields: dict[str, object]) -> Situation:
    return dataclasses.replace(given, **fields)  # type: ignore[arg-type]


def _nevers(given: Situation) -> int:
    figures = sums(given)
    return figures.middle.never + figures.first.never


def _open_points(given: Situation) -> int:
    figures = sums(given)
    return len(gates(given, figures)) + len(conditions(given, figures))


def _bettering(given: Situation) -> Iterator[Step]:
    """What a person can do about it, small things first."""
    if given.remote == "must":
        yield "remote", None, {"remote": "hoped"}
    if given.patience_months is not None:
        yield "patience", given.search_months + 2, {"patience_months": given.search_months + 2}
    yield from _more_hours(given)
    if given.schooling == "none":
        yield "diploma", None, {"schooling": "diploma"}
    yield from _cheaper(given)
    yield from _more_savings(given)
    if given.needs_income_now:
        yield "income", None, {"needs_income_now": False}
    if given.cannot_sit or given.fit_band == "poor":
        yield "fit", None, {"cannot_sit": False, "fit_band": "good", "fit_score": 70.0}
    if given.record in ("minor", "serious"):
        yield "record", None, {"record": "clear"}
    yield from _lower_pay_now(given)


def _more_hours(given: Situation) -> Iterator[Step]:
    for hours in (8.0, 10.0, 15.0):
        if given.hours_a_week is not None and given.hours_a_week < hours:
            yield "hours", hours, {"hours_a_week": hours}


def _cheaper(given: Situation) -> Iterator[Step]:
    for share in (0.75, 0.5, 0.25):
        low, high = given.cost_low * share, given.cost_high * share
        yield "cost", (low + high) / 2, {"cost_low": low, "cost_high": high}


def _more_savings(given: Situation) -> Iterator[Step]:
    figures = sums(given)
    if figures.runway and figures.runway.short_dollars > 0 and given.savings is not None:
        saved = given.savings + figures.runway.short_dollars
        yield "savings", figures.runway.short_dollars, {"savings": saved + 1}
    if figures.borrowed > 0:
        yield "cash", figures.net_middle, {"cash": figures.net_middle}


def _lower_pay_now(given: Situation) -> Iterator[Step]:
    """Where the pay today is the hurdle, the new pay that would clear it."""
    for name, pay in (("median", given.median), ("p90", given.p90)):
        if pay is not None and given.current_pay is not None:
            wanted = max(pay, given.current_pay * 1.15)
            if name == "p90" or wanted > pay:
                yield "pay", wanted, {"median": wanted, "beginner": wanted, "beginner_most": wanted, "p10": wanted}


def _worsening(given: Situation) -> Iterator[Step]:
    """What could go wrong, likelier things first."""
    if given.p10 is not None:
        yield "start_low", given.p10, {"beginner": given.p10, "beginner_most": given.p10, "median": given.p10}
    for share in (1.5, 2.0, 3.0):
        low, high = given.cost_low * share, given.cost_high * share
        yield "cost_up", (low + high) / 2, {"cost_low": low, "cost_high": high}
    yield "hours_down", 7.0, {"hours_a_week": 7.0}
    yield "search_long", 12.0, {"search_months": 12.0}
    yield "remote_must", None, {"remote": "must"}
