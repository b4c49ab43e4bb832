"""Everything told with a verdict: figures, reasons, assumptions, and what would change it (C22)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.estimates.change import smallest_change
from bot.conversation.estimates.enroll import Situation, sums
from bot.conversation.estimates.verdict import Verdict, conditions, doubts, gates, judge, not_said, signs

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """The verdict with all that is told beside it. Names are worded by content; None is "never" or "not known".

    `change` is the smallest single change, `change_to` the value it takes, `change_flips` what it changes.
    """

    verdict: Verdict
    gates: tuple[str, ...]
    doubts: tuple[str, ...]
    conditions: tuple[str, ...]
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    net_low: float
    net_middle: float
    net_high: float
    borrowed: float
    loan_monthly: float
    loan_interest: float
    lost: float
    investment: float
    course_weeks: int
    ready_months: float
    job_months: float
    course_ends: dt.date
    exam_day: dt.date
    ready_day: dt.date
    job_day: dt.date
    pay_low: float | None
    pay_first: float | None
    pay_middle: float | None
    pay_high: float | None
    payback_low: float | None
    payback_first: float | None
    payback_middle: float | None
    payback_high: float | None
    payback_day: dt.date | None
    never_low: bool
    never_first: bool
    never_middle: bool
    break_even: float | None
    pay_needed: float
    net_3_years: float
    extra_monthly: float
    runway_months: float | None
    runway_short: float
    runway_short_dollars: float
    runway_known: bool
    assumed: tuple[str, ...]
    change: str
    change_to: float | None
    change_verdict: str
    change_flips: str


def advise(given: Situation) -> Advice:
    """C22. Gates, then doubts, then conditions; every sum; three reasons each way; what would change it."""
    figures = sums(given)
    weighed = signs(given, figures)
    change = smallest_change(given)
    run, ready = figures.runway, figures.ready
    return Advice(
        verdict=judge(given),
        gates=gates(given, figures),
        doubts=doubts(given, weighed),
        conditions=conditions(given, figures),
        reasons_for=tuple(s.name for s in weighed if s.weight > 0)[:SHOWN],
        reasons_against=tuple(s.name for s in weighed if s.weight < 0)[:SHOWN],
        net_low=figures.net_low,
        net_middle=figures.net_middle,
        net_high=figures.net_high,
        borrowed=figures.borrowed,
        loan_monthly=figures.monthly,
        loan_interest=figures.interest,
        lost=figures.lost,
        investment=figures.investment,
        course_weeks=ready.course_weeks,
        ready_months=ready.ready_months,
        job_months=ready.job_months,
        course_ends=ready.course_ends,
        exam_day=ready.exam_day,
        ready_day=ready.credential_day,
        job_day=ready.job_day,
        pay_low=given.p10,
        pay_first=given.p25,
        pay_middle=given.median,
        pay_high=given.p90,
        payback_low=figures.low.months,
        payback_first=figures.first.months,
        payback_middle=figures.middle.months,
        payback_high=figures.high.months,
        payback_day=figures.middle.day,
        never_low=figures.low.never,
        never_first=figures.first.never,
        never_middle=figures.middle.never,
        break_even=figures.break_even,
        pay_needed=figures.pay_needed,
        net_3_years=figures.net_3_years,
        extra_monthly=figures.extra_monthly,
        runway_months=run.months if run else None,
        runway_short=run.short_months if run else 0.0,
        runway_short_dollars=run.short_dollars if run else 0.0,
        runway_known=run is not None,
        assumed=not_said(given),
        change=change.name if change else "",
        change_to=change.value if change else None,
        change_verdict=change.verdict if change else "",
        change_flips=change.flips if change else "",
    )
