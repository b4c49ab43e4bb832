"""The verdict of "should I enroll?": gates first, then conditions, then what speaks for and against (C22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.conversation.estimates.enroll import Situation, Sums, sums

Verdict = Literal["go", "go_if", "try_first", "not_now"]
BETTER_FIRST: tuple[Verdict, ...] = ("go", "go_if", "try_first", "not_now")

LEAST_HOURS, EASY_HOURS = 4.0, 8.0  # study hours a week: under the first no course ends, under the second it drags
QUICK_MONTHS = 18.0  # payback in months of work
GOOD_CHANCE, POOR_CHANCE = 35.0, 65.0  # break-even chance in percent
MONTHS_NOT_YEARS = 12.0  # until the credential
MOST_CONDITIONS = 3
MOST_UNSAID = 4  # of the nine things `not_said` looks at


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for (weight above 0) or against; `name` is worded by content."""

    name: str
    weight: float


def gates(given: Situation, figures: Sums) -> tuple[str, ...]:
    """What says "not now" by itself, whatever the rest looks like."""
    hours = given.hours_a_week
    struck = {
        "barred": given.record == "barred",
        "home_only": given.remote == "must",
        "income_now": given.needs_income_now,
        "no_hours": hours is not None and hours < LEAST_HOURS,
        "never_pays": figures.middle.never,
        "cut_on_credit": _is_cut(given, figures) and _is_short(given, figures),
        "no_runway": _months_short(figures) > 6,
    }
    return tuple(name for name, is_struck in struck.items() if is_struck)


def doubts(given: Situation, figures: Sums, signs: tuple[Sign, ...]) -> tuple[str, ...]:
    """What says "try it for free first": the work may not suit, or too little speaks for it.

    Where a first job doesn't bring the price back, liking the work is the only reason left, and that is to be tried.
    """
    raised = {
        "cannot_sit": given.cannot_sit,
        "fit_poor": given.fit_band == "poor",
        "no_gain": given.current_pay is not None and given.beginner is not None and figures.break_even is None,
        "little_known": len(not_said(given)) > MOST_UNSAID,
        "not_enough": sum(s.weight for s in signs) < 0,
    }
    return tuple(name for name, is_raised in raised.items() if is_raised)


def conditions(given: Situation, figures: Sums) -> tuple[str, ...]:
    """What has to be settled before enrolling makes sense, each within the person's reach."""
    hours, patience = given.hours_a_week, given.patience_months
    open_points = {
        "record": given.record in ("minor", "serious"),
        "diploma": given.schooling == "none",
        "runway": figures.runway is not None and not figures.runway.enough and _months_short(figures) <= 6,
        "patience": patience is not None and patience < given.search_months,
        "hours": hours is not None and LEAST_HOURS <= hours < EASY_HOURS,
        "first_pay": figures.first.never,
        "debt": figures.burden == "high" or figures.borrowed > 0.5 * figures.net_middle > 0,
    }
    return tuple(name for name, is_open in open_points.items() if is_open)


def _is_cut(given: Situation, figures: Sums) -> bool:
    """Whether a beginner's pay never brings the price back to who said what they earn."""
    return given.current_pay is not None and figures.first.never


def _is_short(given: Situation, figures: Sums) -> bool:
    """Whether even the cheapest end of the course could not be paid without borrowing."""
    if given.cash is not None and given.cash < figures.net_low:
        return True
    return figures.runway is not None and not figures.runway.enough


def _months_short(figures: Sums) -> float:
    return figures.runway.short_months if figures.runway else 0.0


def not_said(given: Situation) -> tuple[str, ...]:
    """Names of what the person did not say, so that something usual was taken for it."""
    money = ("cash",) if given.savings is None else ()
    figures = ("current_pay", "hours_a_week", "patience_months", "median", *money)
    missing = [name for name in figures if getattr(given, name) is None]
    missing += [name for name in ("remote", "record", "schooling") if getattr(given, name) == "unknown"]
    return (*missing, *(("fit",) if given.fit_band == "unknown" else ()))


def signs(given: Situation, figures: Sums) -> tuple[Sign, ...]:
    """Everything that speaks for or against, heaviest first. The light ones hold for everybody and only fill up."""
    found = [*_money_signs(given, figures), *_person_signs(given, figures)]
    if figures.ready.ready_months <= MONTHS_NOT_YEARS:
        found.append(Sign("short_training", 0.2))
    found += [Sign("keep_working", 0.1), Sign("no_license", 0.05)]
    found += [Sign("first_job", -0.2), Sign("all_levels", -0.1), Sign("keeps_changing", -0.05)]
    return tuple(sorted(found, key=lambda sign: -abs(sign.weight)))


def _money_signs(given: Situation, figures: Sums) -> Iterator[Sign]:
    months, chance = figures.first.months, figures.break_even
    if months is not None and months <= QUICK_MONTHS:
        yield Sign("pays_soon", 2.0)
    elif months is not None and chance is None:  # not within the years we look at, even if everybody found the job
        yield Sign("pays_late", -1.5)
    if figures.first.never:
        yield Sign("never_at_first", -2.0)
    elif figures.low.never:
        yield Sign("never_at_low", -1.0)
    if chance is not None and given.median is not None:
        yield Sign("chance_low" if chance <= GOOD_CHANCE else "chance_high", _chance_weight(chance))
    if given.grants > 0:
        yield Sign("grants", 0.8)
    if figures.borrowed > 0:
        yield Sign("debt", -1.5 if figures.burden == "high" else -0.8)


def _chance_weight(chance: float) -> float:
    return 1.5 if chance <= GOOD_CHANCE else -1.5 if chance >= POOR_CHANCE else -0.4


def _person_signs(given: Situation, figures: Sums) -> Iterator[Sign]:
    yield from _fit_signs(given)
    if figures.runway:
        yield Sign("runway_ok", 1.0) if figures.runway.enough else Sign("runway_short", -1.2)
    if given.hours_a_week is not None:
        yield Sign("hours_ok", 0.7) if given.hours_a_week >= EASY_HOURS else Sign("hours_few", -0.9)
    if given.patience_months is not None:
        patient = given.patience_months >= given.search_months
        yield Sign("patient", 0.6) if patient else Sign("impatient", -1.1)
    yield from (sign for sign, holds in _plain_signs(given) if holds)


def _fit_signs(given: Situation) -> Iterator[Sign]:
    if given.fit_band == "poor" or (given.fit_band == "good" and not given.cannot_sit):
        yield Sign(f"fit_{given.fit_band}", 1.4 if given.fit_band == "good" else -2.0)
    if given.cannot_sit:
        yield Sign("cannot_sit", -2.0)


def _plain_signs(given: Situation) -> tuple[tuple[Sign, bool], ...]:
    return (
        (Sign("in_field", 1.3), given.in_field),
        (Sign("flexible", 0.5), given.remote == "onsite"),
        (Sign("remote_must", -1.4), given.remote == "must"),
        (Sign("record", -1.2), given.record in ("serious", "barred")),
        (Sign("record_minor", -0.5), given.record == "minor"),
        (Sign("no_diploma", -0.9), given.schooling == "none"),
        (Sign("schooling_ok", 0.3), given.schooling in ("diploma", "college")),
        (Sign("needs_income", -2.5), given.needs_income_now),
    )


def judge(given: Situation) -> Verdict:
    """C22 in one word."""
    figures = sums(given)
    if gates(given, figures):
        return "not_now"
    if doubts(given, figures, signs(given, figures)):
        return "try_first"
    open_points = conditions(given, figures)
    if len(open_points) > MOST_CONDITIONS:
        return "not_now"
    return "go_if" if open_points else "go"


def better(one: Verdict, other: Verdict) -> bool:
    return BETTER_FIRST.index(one) < BETTER_FIRST.index(other)
