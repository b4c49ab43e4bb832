"""How a template prints a number or a day that was worked out: `{{ sums.cost.low | about }}`. None is "unknown"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from bot.conversation.figures import MONTHS, write_month

UNKNOWN = "unknown"


def _of(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: UNKNOWN if value is None else write(value if isinstance(value, dt.date) else float(value))


def dollars(value: float) -> str:
    return f"-${-value:,.0f}" if round(value) < 0 else f"${abs(value):,.0f}"


def about(value: float) -> str:
    """To the hundred; what is below a hundred, to the dollar."""
    return dollars(value if abs(value) < 100 else round(value / 100) * 100)


def cents(value: float) -> str:
    return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"


def amount(value: float) -> str:
    return f"{round(value, 1):,g}"


def day(value: dt.date) -> str:
    return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"


def months(value: float) -> str:
    """ "5 months"; what is hardly one is "a month", what is less "less than a month"."""
    if round(value) > 1:
        return f"{value:,.0f} months"
    return "a month" if round(value) == 1 else "less than a month"


FILTERS: dict[str, Callable[[Any], str]] = {
    "about": _of(about),
    "dollars": _of(dollars),
    "cents": _of(cents),
    "amount": _of(amount),
    "whole": _of(lambda value: f"{value:,.0f}"),
    "percent": _of(lambda value: f"{value:.0f}%"),
    "day": _of(day),
    "month": _of(write_month),
    "months": _of(months),
}
