"""How a figure is written for a person: "$1,200", "8%", "4 to 12", "May 2025"."""

from __future__ import annotations

import datetime as dt

MONEY = frozenset({"usd", "usd_year", "usd_hour", "usd_month", "usd_week"})
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December")  # fmt: skip


def write_number(value: float, unit: str | None) -> str:
    """One number with its sign: whole dollars unless there are cents, thousands separated, years as they are."""
    whole = float(value).is_integer()
    if unit in MONEY:
        return f"${value:,.0f}" if whole else f"${value:,.2f}"
    number = f"{value:.0f}" if unit == "year" else f"{value:,.0f}" if whole else f"{value:,g}"
    return f"{number}%" if unit == "percent" else number


def write_figure(value: float | tuple[float, float], unit: str | None) -> str:
    """A number, or a range as "low to high"."""
    if isinstance(value, tuple):
        return f"{write_number(value[0], unit)} to {write_number(value[1], unit)}"
    return write_number(value, unit)


def write_date(as_of: str) -> str:
    """`2025-05` -> "May 2025"; a day is told as its month, because no price page is exact to the day."""
    parts = as_of.split("-")
    if len(parts) < 2 or not parts[1].isdigit():
        return as_of
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"


def write_month(day: dt.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
