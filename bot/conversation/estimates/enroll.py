"""All sums behind "should I enroll?": cost, time, payback at each pay, runway (C4-C12, C17, C19 in one go)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

from bot.conversation.estimates.cost import HoursCut, PriceAndHelp, lost_pay, net_price
from bot.conversation.estimates.gain import GainInputs, Payback, Target, Uplift, net_gain, pay_needed, payback
from bot.conversation.estimates.loan import Burden, LoanTerms, loan
from bot.conversation.estimates.time import Purse, Ready, Runway, Study, runway, time_to_ready

Remote = Literal["must", "hoped", "onsite", "unknown"]
Record = Literal["clear", "minor", "serious", "barred", "unknown"]
Schooling = Literal["none", "diploma", "college", "unknown"]
HORIZON_YEARS = 3.0


@dataclass(frozen=True, slots=True)
class Situation:
    """One person and one course. Dollars a year for pay, dollars for prices, months and weeks as named.

    None means the person did not say. `cost_*` is everything to the credential, `share_cut` (0 to 1) the working hours
    given up to study, `cash` what can be paid without borrowing, `patience_months` how long a first job may take to
    find, `search_months` how long it is taken to, `fit_*` come from the fit estimate. `current_pay` is what is earned,
    or could be, without the course; `other_pay` what a job without training pays: the yardstick where that is not said.
    `beginner` is what a first job is taken to pay, `beginner_most` the best that one pays; `monthly_income` what still
    comes in while studying.
    """

    start: dt.date
    cost_low: float
    cost_high: float
    hours: float
    least_weeks: float = 0.0
    grants: float = 0.0
    cash: float | None = None
    apr: float = 8.0
    loan_months: int = 36
    current_pay: float | None = None
    other_pay: float = 0.0
    share_cut: float = 0.0
    hours_a_week: float | None = None
    usual_hours: float = 10.0
    exam_wait_weeks: float = 3.0
    search_months: float = 4.0
    p10: float | None = None
    beginner: float | None = None
    beginner_most: float | None = None
    median: float | None = None
    p90: float | None = None
    savings: float | None = None
    monthly_spend: float | None = None
    monthly_income: float = 0.0
    needs_income_now: bool = False
    patience_months: float | None = None
    remote: Remote = "unknown"
    record: Record = "unknown"
    schooling: Schooling = "unknown"
    in_field: bool = False
    cannot_sit: bool = False
    fit_score: float = 50.0
    fit_band: str = "unknown"


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of one situation: payback at the low end, a beginner's, a beginner's best, the middle, the high end.

    Gain and chance are reckoned at a beginner's pay. Dollars and months that others are worked out from are whole, so
    that whoever checks a sum by what is shown comes to the same.
    """

    net_low: float
    net_middle: float
    net_high: float
    borrowed: float
    monthly: float
    interest: float
    burden: Burden
    lost: float
    investment: float
    ready: Ready
    low: Payback
    first: Payback
    best: Payback
    middle: Payback
    high: Payback
    working_months: float
    gross: float
    break_even: float | None
    net_3_years: float
    pay_needed: float
    runway: Runway | None
    extra_monthly: float


def sums(given: Situation) -> Sums:
    """All figures the verdict stands on. What is not known takes the default of `Situation`."""
    price = net_price(PriceAndHelp(given.cost_low, given.cost_high, given.grants))
    low_price, high_price = _whole(price.low), _whole(price.high)
    middle_price = _whole((low_price + high_price) / 2)
    borrowed = max(0.0, _whole(middle_price - given.cash)) if given.cash is not None else 0.0
    debt = loan(LoanTerms(borrowed, given.apr, given.loan_months, given.beginner))
    monthly = round(debt.monthly, 2)  # as a lender bills it
    interest = max(0.0, _whole(monthly * given.loan_months - borrowed))
    ready = time_to_ready(_study(given))
    current = given.other_pay if given.current_pay is None else given.current_pay
    lost = _whole(lost_pay(HoursCut(given.current_pay or 0.0, given.share_cut, ready.course_months)).lost)
    total = middle_price + interest + lost
    pays = (given.p10, given.beginner, given.beginner_most or given.beginner, given.median, given.p90)
    low, first, best, middle, high = (_payback(given, total, current, ready, pay) for pay in pays)
    gain = net_gain(_gain(given, total, current, ready))
    gross = _whole(gain.gross)
    working = max(0.0, 12 * HORIZON_YEARS - round(ready.job_months))
    return Sums(
        low_price, middle_price, high_price, borrowed, monthly, interest, debt.burden, lost, total, ready,
        low, first, best, middle, high, working, gross, gain.break_even, gross - total,
        pay_needed(Target(total, current)).pay,
        _runway(given, ready, middle_price), ((given.median or current) - current) / 12,
    )  # fmt: skip


def _whole(dollars: float) -> float:
    return math.floor(dollars + 0.5)


def _study(given: Situation) -> Study:
    weekly = given.hours_a_week if given.hours_a_week else given.usual_hours
    return Study(
        given.hours,
        max(weekly, 1.0),
        given.start,
        given.least_weeks,
        given.exam_wait_weeks,
        search_months=given.search_months,
    )


def _payback(given: Situation, total: float, current: float, ready: Ready, pay: float | None) -> Payback:
    if pay is None:
        return Payback(None, None, None, never=False)
    uplift = Uplift(total, pay, current, ready.ready_months, given.search_months, given.start)
    return payback(uplift)


def _gain(given: Situation, total: float, current: float, ready: Ready) -> GainInputs:
    pay = current if given.beginner is None else given.beginner
    return GainInputs(total, pay, current, round(ready.job_months), years=HORIZON_YEARS)


def _runway(given: Situation, ready: Ready, price: float) -> Runway | None:
    """None when savings or spending are not known. Where no cash is named for the course, savings pay it too."""
    if given.savings is None or given.monthly_spend is None:
        return None
    course = price if given.cash is None else 0.0
    return runway(Purse(given.savings, given.monthly_spend, given.monthly_income, round(ready.job_months), course))
