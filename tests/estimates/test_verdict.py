"""Gates first, then the sums: whom the verdict sends where, and what would change it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation.estimates import ESTIMATES
from bot.conversation.estimates.change import smallest_change
from bot.conversation.estimates.enroll import Situation, sums
from bot.conversation.estimates.verdict import BETTER_FIRST, judge
from bot.conversation.estimates.verdict import signs as weigh

READY_FOR_IT = Situation(
    start=dt.date(2027, 1, 4),
    cost_low=2000,
    cost_high=4000,
    hours=200,
    cash=4000,
    current_pay=32_000,
    hours_a_week=12,
    p10=37_000,
    beginner=43_490,
    median=51_140,
    p90=81_150,
    savings=6000,
    monthly_spend=2000,
    monthly_income=2100,
    patience_months=6,
    remote="onsite",
    record="clear",
    schooling="diploma",
    fit_score=75,
    fit_band="good",
)


def but(**changes: Any) -> Situation:
    return dataclasses.replace(READY_FOR_IT, **changes)


def test_someone_with_time_money_and_liking_for_the_work_is_told_to_go() -> None:
    assert judge(READY_FOR_IT) == "go"


def test_the_sums_of_a_whole_situation_are_those_of_its_parts() -> None:
    """Worked out by hand: 3,000 dollars, 17 + 3 + 1 weeks are 5 months and 4 to search, 11,490 dollars more a year."""
    figures = sums(READY_FOR_IT)
    ready = 21 * 7 / (365.25 / 12)
    gross = 11_490 * (36 - 9) / 12
    assert (figures.investment, figures.borrowed, figures.lost) == (3000, 0, 0)
    assert figures.ready.ready_months == pytest.approx(ready)
    assert figures.first.months == pytest.approx(3000 / (11_490 / 12))
    assert figures.break_even == pytest.approx(100 * 3000 / gross)
    assert figures.net_3_years == pytest.approx(gross - 3000, abs=0.5)
    assert figures.pay_needed == 32_000 + 3000 * 12 / 24


def test_a_loan_and_fewer_hours_make_it_dearer() -> None:
    figures = sums(but(cash=1000, share_cut=0.25))
    monthly = 2000 * (0.08 / 12) / (1 - (1 + 0.08 / 12) ** -36)
    assert monthly == pytest.approx(62.67, abs=0.005)
    assert (figures.borrowed, figures.monthly) == (2000, 62.67)
    assert figures.interest == 256  # 36 x 62.67 - 2,000
    assert figures.lost == 2606  # 32,000 x 0.25 x 3.91 months / 12
    assert figures.investment == 3000 + 256 + 2606


def test_every_figure_comes_from_those_that_are_shown() -> None:
    """A school at 3,850, 1,200 of it saved, 38,480 earned now, and pay from 36,650: each line by hand."""
    figures = sums(
        but(
            cost_low=4749, cost_high=4953, cash=1200, current_pay=38_480, hours=160, hours_a_week=8,
            p10=36_650, beginner=40_075, beginner_most=43_500, median=50_000,
        )
    )  # fmt: skip
    assert figures.net_middle == 4851  # halfway between 4,749 and 4,953
    assert (figures.borrowed, figures.monthly, figures.interest) == (3651, 114.41, 468)  # 36 x 114.41 - 3,651 = 467.76
    assert figures.investment == 5319  # 4,851 + 468
    assert figures.working_months == 26  # 20 + 3 + 1 weeks are 5.5 months, with 4 to search 10; 36 - 10
    assert figures.low.never
    assert figures.first.months == pytest.approx(40.0, abs=0.05)  # 5,319 / 1,595 x 12
    assert figures.best.months == pytest.approx(12.7, abs=0.05)  # 5,319 / 5,020 x 12
    assert figures.middle.months == pytest.approx(5.5, abs=0.05)  # 5,319 / 11,520 x 12
    assert figures.gross == pytest.approx(3456, abs=0.5)  # 26 months of 1,595 a year
    assert (figures.break_even, round(figures.net_3_years)) == (None, -1863)  # 3,456 - 5,319


def test_a_small_raise_is_told_however_much_else_speaks_against_it() -> None:
    hemmed_in = but(current_pay=39_000, beginner=40_075, cannot_sit=True, remote="must", schooling="none")
    advice = ESTIMATES["enroll"](dataclasses.asdict(hemmed_in))
    assert "pays_late" in (*advice["reasons_against"], *advice["kept_against"])
    crowded = but(current_pay=36_500, beginner=40_075, cannot_sit=True, remote="must", patience_months=1, cash=0)
    told = ESTIMATES["enroll"](dataclasses.asdict(crowded))
    assert {"chance_high", "debt"} <= {*told["reasons_against"], *told["kept_against"]}


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"record": "barred"}, "barred"),
        ({"remote": "must"}, "home_only"),
        ({"needs_income_now": True}, "income_now"),
        ({"hours_a_week": 2}, "no_hours"),
        ({"current_pay": 52_000}, "never_pays"),
        ({"monthly_income": 0, "savings": 100}, "no_runway"),
    ],
)
def test_a_gate_says_not_now_however_good_the_rest_is(changes: dict[str, Any], gate: str) -> None:
    advice = ESTIMATES["enroll"](dataclasses.asdict(but(**changes)))
    assert advice["verdict"] == "not_now"
    assert gate in advice["gates"]


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"schooling": "none"}, "diploma"),
        ({"patience_months": 2}, "patience"),
        ({"hours_a_week": 5}, "hours"),
        ({"record": "minor"}, "record"),
        ({"current_pay": 45_000}, "first_pay"),
        ({"cash": 500}, "debt"),
    ],
)
def test_one_open_point_makes_it_go_if(changes: dict[str, Any], condition: str) -> None:
    advice = ESTIMATES["enroll"](dataclasses.asdict(but(**changes)))
    assert advice["verdict"] in ("go_if", "try_first")
    assert condition in advice["conditions"]


@pytest.mark.parametrize("fit_band", ["good", "mixed", "poor", "unknown"])
def test_no_liking_makes_it_right_to_borrow_for_a_first_pay_that_is_lower(fit_band: str) -> None:
    assert judge(but(current_pay=45_000, cash=500, fit_band=fit_band, in_field=True)) == "not_now"


@pytest.mark.parametrize("fit_band", ["good", "mixed", "poor", "unknown"])
def test_who_can_pay_for_a_lower_first_pay_tries_the_work_first(fit_band: str) -> None:
    assert judge(but(current_pay=45_000, fit_band=fit_band, in_field=True)) == "try_first"


def test_pay_that_nobody_named_makes_no_cut() -> None:
    advice = ESTIMATES["enroll"](dataclasses.asdict(but(current_pay=None, other_pay=45_000, cash=500)))
    assert "cut_on_credit" not in advice["gates"]


def test_who_says_next_to_nothing_is_told_to_try_first() -> None:
    advice = ESTIMATES["enroll"]({"start": dt.date(2027, 1, 1), "cost_low": 1000, "cost_high": 2000, "hours": 100})
    assert (advice["verdict"], advice["doubts"]) == ("try_first", ("little_known",))


def test_without_a_job_the_raise_is_over_what_another_job_would_pay() -> None:
    figures = sums(but(current_pay=None, other_pay=31_200))
    assert figures.middle.months == pytest.approx(figures.investment / ((51_140 - 31_200) / 12))
    run = sums(but(current_pay=None, other_pay=31_200, savings=6000, monthly_spend=1000, monthly_income=0)).runway
    assert run is not None
    assert run.months == 6


def test_the_course_is_paid_from_savings_where_no_cash_is_named_for_it() -> None:
    """Bills are covered all along, so 3,000 dollars for the course are missing of the 1,000 saved: 2,000, no more."""
    short = but(cash=None, savings=1000, monthly_income=2000)
    run = sums(short).runway
    assert run is not None
    assert (run.months, run.short_months, run.short_dollars) == (None, 0, 2000)
    advice = ESTIMATES["enroll"](dataclasses.asdict(short))
    assert (advice["verdict"], advice["conditions"]) == ("go_if", ("runway",))


def test_who_cannot_sit_at_a_screen_tries_it_first() -> None:
    assert judge(but(cannot_sit=True)) == "try_first"
    assert judge(but(fit_band="poor", fit_score=20)) == "try_first"


def test_too_many_ifs_are_a_no() -> None:
    many = but(remote="must", schooling="none", patience_months=1, hours_a_week=5, fit_band="good", in_field=True)
    assert judge(dataclasses.replace(many, grants=1000)) in ("not_now", "try_first")


def test_there_are_always_three_reasons_each_way() -> None:
    for situation in (READY_FOR_IT, Situation(dt.date(2027, 1, 1), 1000, 2000, 100)):
        advice = ESTIMATES["enroll"](dataclasses.asdict(situation))
        assert len(advice["reasons_for"]) == len(advice["reasons_against"]) == 3


def test_what_was_not_said_is_listed_as_assumed() -> None:
    advice = ESTIMATES["enroll"]({"start": dt.date(2027, 1, 1), "cost_low": 1, "cost_high": 2, "hours": 10})
    assert {"current_pay", "hours_a_week", "cash", "remote", "fit"} <= set(advice["assumed"])


def test_the_smallest_change_really_changes_the_verdict() -> None:
    stuck = but(remote="must")
    change = smallest_change(stuck)
    assert change is not None
    assert (change.name, change.verdict) == ("remote", judge(but(remote="hoped")))
    low = smallest_change(READY_FOR_IT)
    assert low is not None
    assert low.verdict != "go"


def test_where_two_things_are_open_the_change_settles_one_of_them() -> None:
    change = smallest_change(but(schooling="none", record="minor", in_field=True))
    assert change is not None
    assert (change.name, change.flips, change.verdict) == ("diploma", "open", "go_if")


def test_the_pay_today_is_named_when_it_is_the_hurdle() -> None:
    change = smallest_change(but(current_pay=60_000, grants=0))
    assert change is not None
    assert change.name == "pay"
    assert change.value is not None
    assert change.value > 60_000


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    pay = sorted(draw(st.lists(st.integers(15_000, 120_000), min_size=4, max_size=4)))
    low = draw(st.integers(0, 10_000))
    maybe = st.none() | st.integers(0, 90_000)
    return Situation(
        start=dt.date(2027, 1, 1),
        cost_low=low,
        cost_high=low + draw(st.integers(0, 20_000)),
        hours=draw(st.integers(10, 3000)),
        grants=draw(st.sampled_from([0, 2000, 7395])),
        cash=draw(maybe),
        current_pay=draw(maybe),
        share_cut=draw(st.sampled_from([0.0, 0.25, 1.0])),
        hours_a_week=draw(st.none() | st.integers(0, 60)),
        p10=pay[0],
        beginner=pay[1],
        median=pay[2],
        p90=pay[3],
        savings=draw(maybe),
        monthly_spend=draw(st.none() | st.integers(0, 8000)),
        needs_income_now=draw(st.booleans()),
        patience_months=draw(st.none() | st.integers(0, 24)),
        remote=draw(st.sampled_from(["must", "hoped", "onsite", "unknown"])),
        record=draw(st.sampled_from(["clear", "minor", "serious", "barred", "unknown"])),
        schooling=draw(st.sampled_from(["none", "diploma", "college", "unknown"])),
        in_field=draw(st.booleans()),
        cannot_sit=draw(st.booleans()),
        fit_band=draw(st.sampled_from(["good", "mixed", "poor", "unknown"])),
    )


@given(situations())
def test_everybody_gets_a_verdict_with_reasons(situation: Situation) -> None:
    advice = ESTIMATES["enroll"](dataclasses.asdict(situation))
    assert advice["verdict"] in BETTER_FIRST
    assert len(advice["reasons_for"]) in (2, 3)  # two where training is long and little else speaks for it
    assert len(advice["reasons_against"]) == 3
    never = situation.current_pay is not None and advice["never_first"]
    assert not (never and advice["verdict"] in ("go", "go_if"))
    assert not (advice["verdict"] == "go" and (advice["gates"] or advice["doubts"] or advice["conditions"]))


@given(situations(), st.integers(1, 20_000))
def test_a_dearer_course_never_pays_back_sooner(situation: Situation, more: int) -> None:
    dearer = dataclasses.replace(
        situation, cost_low=situation.cost_low + more, cost_high=situation.cost_high + more, cash=None
    )
    before, after = sums(dataclasses.replace(situation, cash=None)), sums(dearer)
    assert after.investment >= before.investment
    assert after.pay_needed >= before.pay_needed
    if after.middle.months is not None:
        assert before.middle.months is not None
        assert after.middle.months >= before.middle.months


@given(situations())
def test_breaking_even_lies_where_expected_gain_crosses_nothing(situation: Situation) -> None:
    figures = sums(situation)
    if figures.break_even is None or figures.investment <= 0:
        return
    given_gain = {
        "investment": figures.investment,
        "new_pay": situation.beginner,
        "current_pay": situation.current_pay or 0,
        "course_months": 36 - figures.working_months,
        "chance": figures.break_even / 100,
    }
    assert ESTIMATES["net_gain"](given_gain)["expected"] == pytest.approx(0, abs=1)


@given(situations())
def test_a_change_said_to_move_the_verdict_does(situation: Situation) -> None:
    change = smallest_change(situation)
    assert change is None or change.flips != "verdict" or change.verdict != judge(situation)


@given(situations())
def test_reasons_come_heaviest_first(situation: Situation) -> None:
    weights = [abs(sign.weight) for sign in weigh(situation, sums(situation))]
    assert weights == sorted(weights, reverse=True)


@given(st.floats(0, 1e6), st.floats(0, 40), st.integers(1, 480))
@example(1.0, 4.79e-12, 480)
@example(1e6, 1.7e-10, 1)
@example(0.3, 5e-324, 12)
def test_a_loan_is_paid_back_in_full_and_never_costs_less_than_nothing(
    principal: float, apr: float, months: int
) -> None:
    loan = ESTIMATES["loan"]({"principal": principal, "apr": apr, "months": months})
    assert loan["total"] == pytest.approx(loan["monthly"] * months)
    assert loan["interest"] >= -1e-6 * (1 + principal)
