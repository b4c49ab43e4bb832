"""Amounts as people write them: money, pay, hours, lengths of time, shares and days. Pure, and never raises."""

from bot.conversation.amounts.amount import Amount, find_amounts
from bot.conversation.amounts.dates import read_date
from bot.conversation.amounts.reading import (
    UNKNOWN,
    Read,
    Unknown,
    hours_worked,
    is_unknown,
    monthly,
    read_hours,
    read_money,
    read_months,
    read_number,
    read_pay,
    read_share,
    yearly,
)

__all__ = [
    "UNKNOWN",
    "Amount",
    "Read",
    "Unknown",
    "find_amounts",
    "hours_worked",
    "is_unknown",
    "monthly",
    "read_date",
    "read_hours",
    "read_money",
    "read_months",
    "read_number",
    "read_pay",
    "read_share",
    "yearly",
]
