"""The "2009" of "in 2009" counts no dollars: a year by the words before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.amounts.amount import Amount

EARLIEST, LATEST = 1950, 2040
ROUND = 50  # "from 2000 to 2050" may be a range of money
MONTH = r"(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
IN_A_YEAR = re.compile(
    rf"\b(?:in|since|class of|graduated|the year|early|late|mid|spring|summer|fall|winter|{MONTH})(?: of)?[\s,-]*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\b(?:from|between)\s*$", re.IGNORECASE)
WRITTEN = re.compile(r"[12]\d{3}(?:\D+[12]\d{3})?$")


def is_year(text: str, amount: Amount) -> bool:
    """Whether a bare figure of four digits is a year, or the years from and to."""
    if amount.currency or amount.unit or amount.per or not EARLIEST <= amount.low <= amount.high <= LATEST:
        return False
    before, said = text[: amount.span[0]], text[slice(*amount.span)]
    if not WRITTEN.match(said):
        return False
    ranges = amount.high > amount.low and amount.low % ROUND and BETWEEN.search(before)
    return bool(ranges or IN_A_YEAR.search(before))
