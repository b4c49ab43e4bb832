"""An answer as it is kept (plain data), as expressions see it, and as a person is told it.

Kept: None (skipped), an option's id, a list of ids (several), true or false, `[low, high]` for amounts, an ISO day, a
code of an area, or text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bot.conversation.amounts import (
    Amount,
    Unknown,
    find_amounts,
    hours_worked,
    monthly,
    months_a_year,
    read_count,
    read_date,
    read_hours,
    read_money,
    read_months,
    read_number,
    read_pay,
    read_share,
    yearly,
)
from bot.conversation.amounts.amount import Span
from bot.conversation.figures import write_month
from bot.conversation.filters import amount, dollars
from bot.conversation.flows.shape import AMOUNTS, Step, StepKind
from bot.conversation.knowledge import Knowledge

LONGEST_TEXT = 200
UNITS: dict[str, str] = {"hours": "hours", "months": "months", "percent": "%"}
GUESSES = frozenset({"hour", "week", "month"})
OFTEN = frozenset({"hour", "day", "week", "two weeks", "month"})
POSSIBLE: dict[str, tuple[float, float]] = {
    "money": (0, 100_000_000), "hours": (0, 168), "months": (0, 600), "percent": (0, 100), "number": (0, 1e9),
}  # fmt: skip


def unit_of(step: Step) -> Span:
    """What a step for a number counts, by its name, if that is time: "week" where it is called Weeks."""
    named = find_amounts(f"2 {step.name}") if step.kind == "number" else ()
    unit = named[0].unit if named else ""
    return "" if unit == "percent" else unit


def read_amount(kind: StepKind, per: str, text: str, over: str = "", unit: Span = "") -> Amount | Unknown | None:
    """An amount in the unit that a step of `kind` keeps; money given by the month adds up `over` a year.

    At a step that asks for one sum without `over`, "50 a week" is none.
    """
    if kind == "money" and per == "year":
        read = read_pay(text)
        return _a_year(read, text) if isinstance(read, Amount) else read
    if kind == "money":
        read = read_money(text)
        if not isinstance(read, Amount):
            return read
        if over and read.per:
            return yearly(read)
        return monthly(read) if per == "month" else None if read.per in OFTEN else read
    if unit:
        return read_count(text, unit)
    readers = {"hours": read_hours, "months": read_months, "percent": read_share, "number": read_number}
    return readers[kind](text)


def _a_year(pay: Amount, text: str) -> Amount:
    """Pay for a year, by the hours and months that are worked."""
    if pay.per in ("", "year", "hour"):
        return yearly(pay, hours_worked(text))
    return yearly(pay).times((months_a_year(text) or 12) / 12)


def guessed_pay(kind: StepKind, per: str, text: str) -> Amount | None:
    """The pay as it was written, where we had to guess that it is for an hour, a week or a month."""
    read = read_pay(text) if kind == "money" and per == "year" else None
    return read if isinstance(read, Amount) and read.assumed == "per" and read.per in GUESSES else None


def pay_by_hour(kind: StepKind, per: str, text: str) -> tuple[float, float] | None:
    """From and to what an hour is paid, where a year's pay is counted from that."""
    read = read_pay(text) if kind == "money" and per == "year" else None
    return (read.low, read.high) if isinstance(read, Amount) and read.per == "hour" else None


def fits(step: Step, value: Any, knowledge: Knowledge) -> bool:
    """Whether a kept answer can still stand at this step: content may have changed since it was given."""
    if value is None:
        return step.skip
    if step.kind == "several":
        return isinstance(value, list) and all(item in step.options for item in value)
    if step.kind == "yes_no":
        return isinstance(value, bool)
    if step.kind in AMOUNTS:
        return ends_of(value) is not None
    if not isinstance(value, str):
        return False
    if step.kind == "date":
        return _day(value) is not None
    if step.kind == "place":
        return value in knowledge.areas or value in step.options
    return step.kind == "text" or value in step.options


def ends_of(value: Any) -> tuple[float, float] | None:
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        low, high = value
        if isinstance(low, int | float) and isinstance(high, int | float) and low <= high:
            return float(low), float(high)
    return None


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _read_default(kind: StepKind, per: str, default: str, today: dt.date) -> Any:
    if kind in AMOUNTS:
        read = read_amount(kind, per, default)
        return (read.low, read.high) if isinstance(read, Amount) else None
    if kind == "date":
        day = read_date(default, today)
        return day.isoformat() if isinstance(day, dt.date) else None
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(default)
    if kind == "several":
        return tuple(part.strip() for part in default.split(",") if part.strip())
    return default


def default_of(step: Step, today: dt.date) -> Any:
    """What is taken when the step is not answered, in the form answers are kept; None when nothing is."""
    return _read_default(step.kind, step.per, step.default, today) if step.default else None


def plain_of(step: Step, value: Any) -> Any:
    """A kept answer as expressions see it."""
    if value is None:
        return () if step.kind == "several" else None
    if step.kind in AMOUNTS:
        ends = ends_of(value)
        return (ends[0] + ends[1]) / 2 if ends else None
    if step.kind == "date":
        return _day(value)
    if step.kind == "several":
        return tuple(value)
    if step.kind == "scale":
        return float(step.options[value].value or list(step.options).index(value) + 1)
    return value


def told(step: Step, value: Any, knowledge: Knowledge) -> str:
    """A kept answer in a person's words."""
    if value is None:
        return knowledge.voice["flow_skipped"]
    if step.kind == "several":
        return ", ".join(step.options[item].label for item in value) or knowledge.voice["flow_none"]
    if step.kind == "yes_no":
        key = "yes" if value else "no"
        return step.options[key].label if key in step.options else knowledge.voice[f"flow_{key}"]
    ends = ends_of(value)
    if step.kind in AMOUNTS and ends:
        return _amount_told(step, ends)
    day = _day(value) if step.kind == "date" else None
    if day:
        return write_month(day)
    if step.kind == "place" and value in knowledge.areas:
        return knowledge.areas[value].name
    return step.options[value].label if value in step.options else str(value)


def _amount_told(step: Step, ends: tuple[float, float]) -> str:
    write = dollars if step.kind == "money" else amount
    said = write(ends[0]) if ends[0] == ends[1] else f"{write(ends[0])} to {write(ends[1])}"
    if step.kind == "money":
        return f"{said} a {step.per}" if step.per else said
    unit = UNITS.get(step.kind, "") or (step.name.lower() if unit_of(step) else "")
    return f"{said}{unit}" if unit == "%" else f"{said} {unit}".strip()
