"""Each sum against figures worked out by hand, and the worked example to the cent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.conversation.estimates import ESTIMATES


def run(name: str, **values: Any) -> dict[str, Any]:
    return ESTIMATES[name](values)


EXAMPLE = {"investment": 9500.0, "current_pay": 32_000.0, "course_months": 9, "search_months": 4}


def test_the_worked_example_puts_in_nine_thousand_five_hundred() -> None:
    lost = run("lost_pay", pay=32_000, share_cut=0.25, months=9)["lost"]
    assert lost == 6000
    assert run("investment", net_price=2500 + 1000, lost_pay=lost)["total"] == 9500


def test_the_worked_example_is_paid_back_after_seven_point_eight_months_of_work() -> None:
    paid = run("payback", new_pay=46_660, **EXAMPLE)
    assert paid["months"] == pytest.approx(7.776, abs=0.001)  # 9,500 / ((46,660 - 32,000) / 12)
    assert round(paid["calendar_months"]) == 21
    assert run("payback", new_pay=74_200, **EXAMPLE)["months"] == pytest.approx(2.70, abs=0.005)


def test_the_worked_example_is_never_paid_back_at_the_low_end() -> None:
    paid = run("payback", new_pay=29_430, start=dt.date(2026, 1, 1), **EXAMPLE)
    assert (paid["never"], paid["months"], paid["day"]) == (True, None, None)


def test_the_worked_example_after_three_years_to_the_dollar() -> None:
    gain = run("net_gain", new_pay=46_660, chance=0.6, years=3, **EXAMPLE)
    assert round(gain["net"], 2) == 18_598.33  # 14,660 x 23 / 12 - 9,500
    assert round(gain["expected"], 2) == 7359.00
    assert round(gain["break_even"], 1) == 33.8


def test_the_worked_example_needs_36750_for_two_years() -> None:
    assert run("pay_needed", investment=9500, current_pay=32_000, months=24)["pay"] == 36_750


def test_the_worked_example_of_a_loan_to_the_cent() -> None:
    five = run("loan", principal=2500, apr=8, months=60, pay=46_660)
    assert round(five["monthly"], 2) == 50.69
    assert round(five["interest"], 2) == round(2500 * 0.08 / 12 / (1 - (1 + 0.08 / 12) ** -60) * 60 - 2500, 2)
    assert round(run("loan", principal=2500, apr=8, months=36)["monthly"], 2) == 78.34


def test_pay_range_is_the_published_points_and_a_beginner_starts_in_the_lower_half() -> None:
    pay = run("pay_range", p10=37_000, p25=43_490, median=51_140, p75=64_820, p90=81_150)
    assert (pay["low"], pay["first_most"], pay["middle"], pay["high"]) == (37_000, 43_490, 51_140, 81_150)
    assert pay["spread"] == 44_150


def test_one_figure_for_a_beginner_is_halfway_and_never_the_best_case() -> None:
    assert run("pay_range", p10=37_000, p25=43_500)["first"] == 40_250  # (37,000 + 43,500) / 2
    assert run("pay_range", p25=43_500)["first"] == 43_500
    assert run("pay_range")["first"] is None


@pytest.mark.parametrize(
    ("p10", "p25", "first", "most"),
    [(38_200, 45_400, 41_800, 45_400), (36_800, 39_100, 37_950, 39_100), (48_000, 56_000, 52_000, 56_000)],
)
def test_a_beginner_is_set_between_a_places_own_low_lines(p10: int, p25: int, first: int, most: int) -> None:
    pay = run("pay_range", p10=p10, p25=p25)
    assert (pay["first"], pay["first_most"]) == (first, most)


def test_a_pay_halfway_between_two_published_percentiles_is_halfway_between_them() -> None:
    table = {"p10": 30_000, "p25": 36_000, "median": 46_000, "p75": 60_000, "p90": 80_000}
    assert run("percentile", pay=41_000, **table)["percentile"] == 37.5
    assert run("percentile", pay=46_000, **table)["percentile"] == 50
    assert run("percentile", pay=46_000, **table)["to_middle"] == 0


def test_nothing_is_claimed_outside_the_published_percentiles() -> None:
    table = {"p10": 30_000, "median": 46_000, "p90": 80_000}
    assert run("percentile", pay=29_999, **table) == {"percentile": None, "side": "below", "to_middle": 16_001}
    assert run("percentile", pay=80_001, **table)["side"] == "above"
    assert run("percentile", pay=50_000)["side"] == "unknown"


def test_a_missing_percentile_is_stepped_over() -> None:
    assert run("percentile", pay=38_000, p10=30_000, median=46_000)["percentile"] == 30


def test_the_credential_premium_is_a_difference_and_a_ratio() -> None:
    extra = run("premium", with_credential=67_260, without=55_721)
    assert extra["dollars"] == 11_539
    assert extra["percent"] == pytest.approx(20.71, abs=0.005)


def test_full_cost_adds_low_to_low_and_high_to_high_and_weighs_the_retake() -> None:
    cost = run(
        "full_cost",
        tuition_low=3500,
        tuition_high=6500,
        books_low=245,
        books_high=375,
        membership=229,
        exam_fee=425,
        retake_fee=425,
        retake_chance=0.4,
        equipment_low=0,
        equipment_high=600,
    )
    assert cost["retake"] == 170
    assert cost["low"] == 3500 + 245 + 229 + 425 + 170
    assert cost["high"] == 6500 + 375 + 229 + 425 + 170 + 600
    assert cost["middle"] == (cost["low"] + cost["high"]) / 2
    assert cost["extras_low"] == 1069


def test_grants_lower_the_price_to_nothing_and_no_further() -> None:
    price = run("net_price", cost_low=2000, cost_high=6000, grants=3000, employer=500)
    assert (price["low"], price["middle"], price["high"], price["help"]) == (0, 1250, 2500, 3500)


def test_upkeep_spreads_dues_and_credits_over_the_year() -> None:
    yearly = run("upkeep", dues=229, credits=36, cycle_years=2, credit_price=10)
    assert (yearly["credits"], yearly["dollars"]) == (18, 409)


@pytest.mark.parametrize(("monthly_share", "burden"), [(7.9, "low"), (8.0, "medium"), (13.9, "medium"), (14.1, "high")])
def test_a_loan_is_heavy_by_its_share_of_pay(monthly_share: float, burden: str) -> None:
    debt = run("loan", principal=monthly_share * 10, apr=0, months=10, pay=1200)
    assert debt["share"] == pytest.approx(monthly_share)
    assert debt["burden"] == burden


def test_present_value_discounts_each_year() -> None:
    value = run("present_value", investment=1000, uplifts=(0.0, 1102.5, 1157.625), rate=5)["value"]
    assert value == pytest.approx(0 + 1000 + 1000 - 1000)


def test_the_same_pay_buys_more_where_prices_are_lower() -> None:
    real = run("same_pay_elsewhere", pay=44_000, rpp=88)
    assert real["feels_like"] == 50_000
    assert real["percent"] == pytest.approx(13.636, abs=0.001)


def test_a_program_whose_people_earn_no_more_than_high_school_is_flagged() -> None:
    assert run("high_school_benchmark", program_median=36_000, high_school_median=36_000)["flagged"]
    assert run("high_school_benchmark", program_median=38_500, high_school_median=36_000) == {
        "difference": 2500,
        "flagged": False,
    }


BOX = {"hours_low": 150, "hours_high": 599, "weeks_low": 8, "weeks_below": 15, "poverty_line": 15_960}


def test_a_short_program_with_everything_in_order_may_get_the_grant() -> None:
    check = run(
        "workforce_grant",
        clock_hours=300,
        weeks=12,
        accredited=True,
        state_approved=True,
        tuition=4000,
        completers_pay=40_000,
        completion=75,
        placement=70,
        **BOX,
    )
    assert check["value_added"] == 40_000 - 23_940
    assert (check["chance"], check["failed"], check["unknown"]) == ("may", (), ())


def test_a_program_of_fifteen_weeks_cannot_get_the_grant() -> None:
    check = run("workforce_grant", clock_hours=300, weeks=15, **BOX)
    assert check["chance"] == "cannot"
    assert check["failed"] == ("weeks",)
    assert "completion" in check["unknown"]


def test_what_is_not_known_about_a_program_is_to_be_asked() -> None:
    assert run("workforce_grant", clock_hours=150, weeks=8, **BOX)["chance"] == "ask"


def test_time_to_ready_gives_the_days() -> None:
    ready = run(
        "time_to_ready",
        hours=160,
        hours_a_week=12,
        start=dt.date(2027, 1, 4),
        exam_wait_weeks=2,
        result_weeks=1,
        search_months=4,
        mark_months=12,
    )
    assert ready["course_weeks"] == 14  # 160 / 12 = 13.3
    assert ready["course_ends"] == dt.date(2027, 4, 12)
    assert ready["exam_day"] == dt.date(2027, 4, 26)
    assert ready["credential_day"] == dt.date(2027, 5, 3)
    assert ready["job_day"] == dt.date(2027, 9, 2)
    assert ready["mark_gone_day"] == dt.date(2028, 9, 1)
    assert ready["ready_months"] == pytest.approx(119 / 30.4375)


def test_a_taught_course_is_not_shorter_than_its_calendar() -> None:
    ready = run("time_to_ready", hours=100, hours_a_week=50, least_weeks=16, start=dt.date(2027, 1, 4))
    assert ready["course_weeks"] == 16


@pytest.mark.parametrize(
    ("experience", "course", "practice", "left"),
    [(0, False, False, 24), (0, True, False, 12), (0, True, True, 0), (6, True, False, 6), (30, False, False, 0)],
)
def test_the_apprentice_mark_falls_by_work_and_study(
    experience: int, course: bool, practice: bool, left: float
) -> None:
    given = {"experience_months": experience, "approved_course": course, "practice_program": practice}
    assert run("apprentice_mark", **given)["months"] == left


def test_savings_last_as_long_as_the_gap_allows() -> None:
    short = run("runway", savings=6000, monthly_spend=2500, monthly_income=1500, needed_months=10)
    assert (short["months"], short["enough"], short["short_months"], short["short_dollars"]) == (6, False, 4, 4000)
    assert run("runway", savings=0, monthly_spend=2000, monthly_income=2000, needed_months=12)["enough"]


def test_the_course_comes_on_top_of_living_and_out_of_what_is_left_each_month() -> None:
    short = run("runway", savings=6000, monthly_spend=2500, monthly_income=1500, needed_months=10, course=3000)
    assert (short["months"], short["short_months"], short["short_dollars"]) == (6, 4, 7000)
    spare = run("runway", savings=500, monthly_spend=2000, monthly_income=2200, needed_months=10, course=3000)
    assert (spare["months"], spare["enough"], spare["short_dollars"]) == (None, False, 500)


def test_twice_the_share_of_jobs_is_a_quotient_of_two() -> None:
    assert run("job_density", jobs=40, all_jobs=1000, nation_jobs=2000, nation_all_jobs=100_000)["quotient"] == 2


def test_fit_weighs_what_the_day_is_made_of_double() -> None:
    fit = run("fit", offered=("a", "b", "c"), likes=("a",), dislikes=("b",), heavy=("a",))
    assert fit["score"] == 50 + 50 * (2 - 1) / 4
    assert (fit["band"], fit["strengths"], fit["worries"]) == ("good", ("a",), ("b",))
    assert run("fit", offered=("a", "b"))["band"] == "unknown"


def test_programs_side_by_side_name_the_cheapest_the_quickest_and_the_first_paid_back() -> None:
    table = run(
        "compare_programs", names=("one", "two", "three"), costs=(1000, 6000, 3000), months=(9, 4, 5), uplift=12_000
    )
    assert table["paid_back"] == (10, 10, 8)
    assert (table["cheapest"], table["quickest"], table["first_paid"]) == ("one", "two", "three")
    assert run("compare_programs", names=("one",), costs=(1,), months=(1,))["paid_back"] == (None,)


def test_prices_alone_can_be_compared_and_a_missing_program_is_left_out() -> None:
    table = run("compare_programs", names=("one", "two", "three"), costs=(3000, 2000, None))
    assert (table["cheapest"], table["quickest"], table["spread"]) == ("two", "", 1000)


def test_a_sum_called_with_a_wrong_name_says_so_at_once() -> None:
    with pytest.raises(TypeError):
        run("runway", saving=5, monthly_spend=1)
