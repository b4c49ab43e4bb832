"""What it costs to be ready for the job, before and after grants, and what is given up on the way (C4, C5, C7, C8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Items:
    """Prices in dollars, low and high. `retake_chance` is a share from 0 to 1; the second exam fee counts by it.

    What tuition already includes is given as 0.
    """

    tuition_low: float
    tuition_high: float
    books_low: float = 0.0
    books_high: float = 0.0
    membership: float = 0.0
    exam_fee: float = 0.0
    retake_fee: float = 0.0
    retake_chance: float = 0.0
    equipment_low: float = 0.0
    equipment_high: float = 0.0
    other_low: float = 0.0
    other_high: float = 0.0


@dataclass(frozen=True, slots=True)
class FullCost:
    """Dollars. `retake` is the fee weighted by its chance; `extras_*` is everything but tuition."""

    low: float
    middle: float
    high: float
    retake: float
    extras_low: float
    extras_high: float


def full_cost(given: Items) -> FullCost:
    """C4. Sum of the low items, sum of the high items, each with chance x fee of a retake; the middle is halfway."""
    retake = given.retake_chance * given.retake_fee
    fixed = given.membership + given.exam_fee + retake
    extras_low = fixed + given.books_low + given.equipment_low + given.other_low
    extras_high = fixed + given.books_high + given.equipment_high + given.other_high
    low, high = given.tuition_low + extras_low, given.tuition_high + extras_high
    return FullCost(low, (low + high) / 2, high, retake, extras_low, extras_high)


@dataclass(frozen=True, slots=True)
class PriceAndHelp:
    """Full cost in dollars, and grants and employer help that need not be paid back."""

    cost_low: float
    cost_high: float
    grants: float = 0.0
    employer: float = 0.0


@dataclass(frozen=True, slots=True)
class NetPrice:
    """Out of pocket, never below nothing; `help` is what was taken off at the high end."""

    low: float
    middle: float
    high: float
    help: float


def net_price(given: PriceAndHelp) -> NetPrice:
    """C5. Cost less grants and employer help; as College Scorecard counts net price, loans do not lower it."""
    off = given.grants + given.employer
    low, high = max(0.0, given.cost_low - off), max(0.0, given.cost_high - off)
    return NetPrice(low, (low + high) / 2, high, given.cost_high - high)


@dataclass(frozen=True, slots=True)
class HoursCut:
    """Yearly pay in dollars, the share of working hours given up (0 to 1), and for how many months."""

    pay: float
    share_cut: float
    months: float


@dataclass(frozen=True, slots=True)
class LostPay:
    """Dollars not earned while studying."""

    lost: float


def lost_pay(given: HoursCut) -> LostPay:
    """C7. Pay x share x months / 12."""
    return LostPay(given.pay * given.share_cut * given.months / 12)


@dataclass(frozen=True, slots=True)
class Parts:
    """Dollars: what is paid, what a loan adds, what is not earned."""

    net_price: float
    interest: float = 0.0
    lost_pay: float = 0.0


@dataclass(frozen=True, slots=True)
class Investment:
    """Dollars put in, in all."""

    total: float


def investment(given: Parts) -> Investment:
    """C8. Net price + interest + lost pay."""
    return Investment(given.net_price + given.interest + given.lost_pay)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What keeping a credential costs: dues in dollars per `dues_years`, credits per `cycle_years` at so much each."""

    dues: float
    dues_years: float = 1.0
    credits: float = 0.0
    cycle_years: float = 2.0
    credit_price: float = 0.0


@dataclass(frozen=True, slots=True)
class YearlyUpkeep:
    """Dollars and continuing-education credits a year."""

    dollars: float
    credits: float


def upkeep(given: Upkeep) -> YearlyUpkeep:
    """C4, the yearly part: dues and credits spread over their cycles."""
    credits = given.credits / given.cycle_years
    return YearlyUpkeep(given.dues / given.dues_years + credits * given.credit_price, credits)
