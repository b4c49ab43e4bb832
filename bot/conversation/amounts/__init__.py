"""Amounts as people write them: money, pay, hours, lengths of time, shares and days. Pure, and never raises."""

from bot.conversation.amounts.amount import Amount, find_amounts
from bot.conversation.amounts.dates import read_date
from bot.conversation.amounts.reading import (
    UNKNOWN,
    Read,
    Unknown,
    is_unknown,
    monthly,
    read_count,
    read_hours,
    read_money,
    read_months,
    read_number,
    read_pay,
    read_share,
    says_no_pay,
    yearly,
)
from bot.conversation.amounts.week import day_or_week, read_week
from bot.conversation.amounts.worked import (
    FULL_WEEK,
    WEEKS_A_YEAR,
    hours_a_week,
    hours_worked,
    months_a_year,
    week_worked,
)

__all__ = [
    "FULL_WEEK",
    "UNKNOWN",
    "WEEKS_A_YEAR",
    "Amount",
    "Read",
    "Unknown",
    "day_or_week",
    "find_amounts",
    "hours_a_week",
    "hours_worked",
    "is_unknown",
    "monthly",
    "months_a_year",
    "read_count",
    "read_date",
    "read_hours",
    "read_money",
    "read_months",
    "read_number",
    "read_pay",
    "read_share",
    "read_week",
    "says_no_pay",
    "week_worked",
    "yearly",
]
