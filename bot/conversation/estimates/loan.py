"""A loan for the training: each month, in all, and how heavy it is on a pay (C6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Burden = Literal["none", "low", "medium", "high", "unknown"]
LOW_UNDER, HIGH_OVER = 8.0, 14.0  # percent of gross pay
NO_RATE = 1e-15  # a month: less than a cent on a trillion, and division would soon be by nothing


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """`principal` in dollars, `apr` in percent a year, `months` to pay back; `pay` is the yearly gross pay meant."""

    principal: float
    apr: float
    months: int
    pay: float | None = None


@dataclass(frozen=True, slots=True)
class Loan:
    """Dollars; `share` is percent of gross pay, None without a pay."""

    monthly: float
    interest: float
    total: float
    share: float | None
    burden: Burden


def loan(given: LoanTerms) -> Loan:
    """C6. M = P r / (1 - (1 + r)^-n) with the monthly rate r; interest is M n - P.

    Under 8 % of gross pay is low, up to 14 % medium, above high: the bands of the Consumer Financial Protection
    Bureau's student-debt guidance. A principal of nothing is no loan. Raises `ValueError` for months below one.
    """
    if given.months < 1:
        raise ValueError("a loan is paid back over at least one month")
    rate = given.apr / 1200
    # 1 - (1 + r)^-n, which written like that loses all its digits where the rate is next to nothing.
    shrinkage = -math.expm1(-given.months * math.log1p(rate))
    monthly = given.principal * rate / shrinkage if rate > NO_RATE else given.principal / given.months
    total = monthly * given.months
    share = 1200 * monthly / given.pay if given.pay else None
    return Loan(monthly, total - given.principal, total, share, _burden(given.principal, share))


def _burden(principal: float, share: float | None) -> Burden:
    if principal <= 0:
        return "none"
    if share is None:
        return "unknown"
    return "low" if share < LOW_UNDER else "medium" if share <= HIGH_OVER else "high"
