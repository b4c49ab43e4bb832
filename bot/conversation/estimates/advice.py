"""Everything told with a verdict: figures, reasons, assumptions, and what would change it (C22)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bot.conversation.estimates.change import Change, smallest_change
from bot.conversation.estimates.enroll import Situation, Sums, sums
from bot.conversation.estimates.time import Runway
from bot.conversation.estimates.verdict import Verdict, conditions, doubts, gates, judge, not_said, signs

SHOWN = 3
ALWAYS_TOLD = {"pays_late", "never_at_first", "chance_high", "debt"}  # the price, which other worries must not hide


@dataclass(frozen=True, slots=True)
class Advice:
    """The verdict with all that is told beside it. Names are worded by content; None is "never" or "not known".

    `kept_against` are reasons about money that are told however many weigh more.
    `change` is the smallest single change, `change_to` the value it takes, `change_flips` what it changes.
    """

    verdict: Verdict
    gates: tuple[str, ...]
    doubts: tuple[str, ...]
    conditions: tuple[str, ...]
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    kept_against: tuple[str, ...]
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
    pay_best: float | None
    pay_middle: float | None
    pay_high: float | None
    payback_low: float | None
    payback_first: float | None
    payback_best: float | None
    payback_middle: float | None
    payback_high: float | None
    payback_day: dt.date | None
    never_low: bool
    never_first: bool
    never_best: bool
    never_middle: bool
    working_months: float
    gross: float
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
    """C22. Gates, then doubts, then conditions; every sum; up to three reasons each way; what would change it."""
    figures = sums(given)
    weighed = signs(given, figures)
    against = tuple(s.name for s in weighed if s.weight < 0)
    return Advice(
        verdict=judge(given),
        gates=gates(given, figures),
        doubts=doubts(given, figures, weighed),
        conditions=conditions(given, figures),
        reasons_for=tuple(s.name for s in weighed if s.weight > 0)[:SHOWN],
        reasons_against=against[:SHOWN],
        kept_against=tuple(name for name in against[SHOWN:] if name in ALWAYS_TOLD),
        assumed=not_said(given),
        **_cost(figures),
        **_time(figures),
        **_pay(given, figures),
        **_savings(figures.runway),
        **_change(smallest_change(given)),
    )


def _cost(figures: Sums) -> dict[str, Any]:
    paid = ("net_low", "net_middle", "net_high", "borrowed", "lost", "investment")
    gained = ("working_months", "gross", "break_even", "pay_needed", "net_3_years", "extra_monthly")
    told = {name: getattr(figures, name) for name in (*paid, *gained)}
    return told | {"loan_monthly": figures.monthly, "loan_interest": figures.interest}


def _time(figures: Sums) -> dict[str, Any]:
    names = ("course_weeks", "ready_months", "job_months", "course_ends", "exam_day", "job_day")
    return {name: getattr(figures.ready, name) for name in names} | {"ready_day": figures.ready.credential_day}


def _pay(given: Situation, figures: Sums) -> dict[str, Any]:
    best = given.beginner_most or given.beginner
    pays = {"low": given.p10, "first": given.beginner, "best": best, "middle": given.median, "high": given.p90}
    backs = {name: getattr(figures, name) for name in pays}
    told: dict[str, Any] = {f"pay_{name}": pay for name, pay in pays.items()}
    told |= {f"payback_{name}": back.months for name, back in backs.items()}
    told |= {f"never_{name}": backs[name].never for name in ("low", "first", "best", "middle")}
    return told | {"payback_day": figures.middle.day}


def _savings(run: Runway | None) -> dict[str, Any]:
    if run is None:
        return {"runway_months": None, "runway_short": 0.0, "runway_short_dollars": 0.0, "runway_known": False}
    short = {"runway_short": run.short_months, "runway_short_dollars": run.short_dollars}
    return short | {"runway_months": run.months, "runway_known": True}


def _change(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {"change": "", "change_to": None, "change_verdict": "", "change_flips": ""}
    return {
        "change": change.name,
        "change_to": change.value,
        "change_verdict": change.verdict,
        "change_flips": change.flips,
    }
