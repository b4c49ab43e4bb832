"""Amounts as people write them."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.amounts import (
    UNKNOWN,
    Amount,
    find_amounts,
    is_unknown,
    monthly,
    read_date,
    read_hours,
    read_money,
    read_months,
    read_number,
    read_pay,
    read_share,
    yearly,
)

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("2.5k", 2500, 2500, ""),
        ("$18/hr", 18, 18, "hour"),
        ("18 an hour", 18, 18, "hour"),
        ("13 dollars and 50 cents the hour", 13.5, 13.5, "hour"),
        ("$13 and 50 cents an hour", 13.5, 13.5, "hour"),
        ("13 dollars 50 an hour", 13.5, 13.5, "hour"),
        ("eighteen seventy-five an hour", 18.75, 18.75, "hour"),
        ("75 cents", 0.75, 0.75, ""),
        ("40k a year", 40_000, 40_000, "year"),
        ("45,000", 45_000, 45_000, ""),
        ("1 200", 1200, 1200, ""),
        ("1\u2009200", 1200, 1200, ""),
        ("1\u202f200 $", 1200, 1200, ""),
        ("1.200,50", 1200.5, 1200.5, ""),
        ("2,5", 2.5, 2.5, ""),
        ("between 2 and 3 grand", 2000, 3000, ""),
        ("2-3k", 2000, 3000, ""),
        ("$2-$3k", 2000, 3000, ""),
        ("500 to 2k", 500, 2000, ""),
        ("from 40 to 50 thousand a year", 40_000, 50_000, "year"),
        ("about fifteen hundred", 1500, 1500, ""),
        ("twenty bucks an hour", 20, 20, "hour"),
        ("twenty-five hourly", 25, 25, "hour"),
        ("2 grand", 2000, 2000, ""),
        ("three racks", 3000, 3000, ""),
        ("a band", 1000, 1000, ""),
        ("15 hunnid", 1500, 1500, ""),
        ("two and a half grand", 2500, 2500, ""),
        ("two thousand and fifty", 2050, 2050, ""),
        ("a couple of thousand", 2000, 2000, ""),
        ("a few hundred", 300, 500, ""),
        ("half a million", 500_000, 500_000, ""),
        ("2½k", 2500, 2500, ""),
        ("٢٥٠٠", 2500, 2500, ""),
        ("1٬200٫5", 1200.5, 1200.5, ""),
        ("$800 every two weeks", 800, 800, "two weeks"),
        ("45k-ish", 45_000, 45_000, ""),
        ("zero", 0, 0, ""),
        ("-500", -500, -500, ""),
        ("$ 1,500 per mo", 1500, 1500, "month"),
    ],
)
def test_an_amount_is_read_the_way_it_was_meant(text: str, low: float, high: float, per: str) -> None:
    (amount,) = find_amounts(text)
    assert (amount.low, amount.high, amount.per) == (low, high, per)


@pytest.mark.parametrize("text", ["the cheap one", "k", "hundreds of people", "no one", "hello", "", "9" * 5000, "²"])
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert find_amounts(text) == ()


def test_two_amounts_in_one_sentence_are_told_apart() -> None:
    pay, hours = find_amounts("I make $18 an hour and work 40 hours a week")
    assert (pay.low, pay.per, pay.currency) == (18, "hour", True)
    assert (hours.low, hours.unit, hours.per) == (40, "hour", "week")


def test_the_span_points_at_the_words_it_was_read_from() -> None:
    text = "maybe ½ a year, or $1\u2009200 at most"
    assert [text[slice(*a.span)] for a in find_amounts(text)] == ["½ a year", "$1\u2009200"]


def test_other_money_is_known_to_be_no_dollars() -> None:
    assert find_amounts("£25k")[0].foreign
    assert find_amounts("300 euros")[0].foreign
    assert not find_amounts("$300")[0].foreign


@pytest.mark.parametrize("text", ["dunno", "skip", "not sure", "idk", "I don't know", "I don’t know tbh", "?", "pass"])
def test_not_knowing_is_an_answer(text: str) -> None:
    assert is_unknown(text)
    for read in (read_money, read_pay, read_hours, read_months, read_number, read_share):
        assert read(text) is UNKNOWN
    assert read_date(text, TODAY) is UNKNOWN


def test_not_sure_with_a_figure_beside_it_is_the_figure() -> None:
    read = read_hours("not sure, maybe 15")
    assert isinstance(read, Amount)
    assert read.middle == 15


@pytest.mark.parametrize("text", ["nothing", "no job", "unemployed", "I'm broke", "zero", "0"])
def test_nothing_is_zero_and_not_unknown(text: str) -> None:
    read = read_pay(text)
    assert isinstance(read, Amount)
    assert read.high == 0


@pytest.mark.parametrize(
    ("text", "a_year", "assumed"),
    [
        ("19", 39_520, "per"),
        ("$45", 93_600, "per"),
        ("45", 45_000, "thousands"),
        ("3000", 36_000, "per"),
        ("45000", 45_000, "per"),
        ("40k", 40_000, "per"),
        ("$18/hr", 37_440, ""),
        ("18 hr", 37_440, ""),
        ("$800 every two weeks", 20_800, ""),
        ("600 a week", 31_200, ""),
        ("I work 30 hours a week for 15 an hour", 31_200, ""),
    ],
)
def test_pay_is_turned_into_a_year_and_what_was_assumed_is_said(text: str, a_year: float, assumed: str) -> None:
    pay = read_pay(text)
    assert isinstance(pay, Amount)
    assert (yearly(pay).middle, pay.assumed) == (a_year, assumed)


def test_pay_too_small_to_guess_about_keeps_its_question_open() -> None:
    pay = read_pay("5")
    assert isinstance(pay, Amount)
    assert pay.per == ""


def test_fewer_hours_make_a_smaller_year() -> None:
    assert yearly(Amount(20, 20, per="hour"), hours=1040).middle == 20_800
    assert monthly(Amount(24_000, 24_000, per="year")).middle == 2000
    assert monthly(Amount(1500, 1500)).middle == 1500


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("15 hrs a week", 15),
        ("like 15", 15),
        ("10-15", 12.5),
        ("2 hours a day", 14),
        ("full time", 40),
        ("part-time", 20),
        ("twenty", 20),
    ],
)
def test_hours_are_hours_a_week(text: str, hours: float) -> None:
    read = read_hours(text)
    assert isinstance(read, Amount)
    assert read.middle == hours


@pytest.mark.parametrize(
    ("text", "months"),
    [("6 months", 6), ("a year and a half", 18), ("two years", 24), ("half a year", 6), ("12", 12), ("26 weeks", 6)],
)
def test_a_length_of_time_is_months(text: str, months: float) -> None:
    read = read_months(text)
    assert isinstance(read, Amount)
    assert read.middle == pytest.approx(months)


def test_a_share_is_percent() -> None:
    for text in ("60%", "60 percent", "60"):
        read = read_share(text)
        assert isinstance(read, Amount)
        assert (read.middle, read.unit) == (60, "percent")
    half = read_share("half")
    assert isinstance(half, Amount)
    assert half.middle == 50


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next spring", "2027-03-01"),
        ("in march", "2027-03-01"),
        ("march 3rd", "2027-03-03"),
        ("asap", "2026-11-24"),
        ("3/15", "2027-03-15"),
        ("2027-02-01", "2027-02-01"),
        ("in 6 weeks", "2027-01-05"),
        ("next month", "2026-12-01"),
        ("monday", "2026-11-30"),
        ("summer 2028", "2028-06-01"),
        ("after new years", "2027-01-01"),
        ("this november", "2026-11-24"),
    ],
)
def test_a_day_is_found_in_everyday_words(text: str, day: str) -> None:
    assert read_date(text, TODAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("text", ["feb 31", "banana", "12", "1/1/2099", "2020-01-01", "13/45"])
def test_a_day_that_cannot_be_is_not_made_up(text: str) -> None:
    assert read_date(text, TODAY) is None


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for read in (read_money, read_pay, read_hours, read_months, read_number, read_share):
        read(text)
    read_date(text, TODAY)
    for amount in find_amounts(text):
        assert 0 <= amount.span[0] < amount.span[1] <= len(text)


WORDS = [
    "2",
    "and",
    "a",
    "half",
    "grand",
    "to",
    "$",
    "18",
    "/",
    "hr",
    "%",
    "k",
    "-",
    ",",
    ".",
    "half",
    "few",
    "of",
    "between",
    "hundred",
    "1,200",
    "couple",
    "an",
    "05",
    "one",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_heap_of_amount_words_is_survived_with_low_under_high(text: str) -> None:
    for amount in find_amounts(text):
        assert abs(amount.low) <= abs(amount.high)


@given(st.integers(0, 999_999_999))
def test_a_whole_number_comes_back_however_it_is_grouped(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"{number:,}".replace(",", " "), f"${number:,}", f"{number:,} dollars"):
        (amount,) = find_amounts(text)
        assert amount.low == amount.high == number


@given(st.integers(1, 9999), st.integers(0, 99))
def test_cents_come_back(dollars: int, cents: int) -> None:
    (amount,) = find_amounts(f"${dollars}.{cents:02}/hr")
    assert amount.low == pytest.approx(dollars + cents / 100)
    assert amount.per == "hour"


@given(st.integers(1, 900), st.integers(1, 900))
def test_a_range_keeps_both_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    (amount,) = find_amounts(f"{low} to {high}k")
    assert (amount.low, amount.high) == (low * 1000, high * 1000)


def test_a_very_long_message_of_digits_is_read_in_one_pass() -> None:
    """Backtracking over 200,000 characters would take minutes; what counts is that this ends at all."""
    started = time.process_time()
    for text in ("1," * 100_000, "1 " * 100_000, "and a half " * 20_000, "2-" * 100_000, "." * 200_000):
        find_amounts(text)
        read_date(text, TODAY)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("$120 down then $95 a month for 20 months", 2_020),
        ("the 120 and then twenty payments of 95", 2_020),
        ("10 installments of 210", 2_100),
        ("80 a week for half a year", None),
        ("2500 in 5 payments", 2_500),
        ("1500 down or 150 a month for 12 months", 1_500),
        ("nothing down, $175/mo for a year", 2_100),
        ("18 x 110", 1_980),
    ],
)
def test_what_is_paid_in_parts_is_added_up(text: str, total: float | None) -> None:
    read = read_money(text)
    assert total is None or (isinstance(read, Amount) and read.low == total)
