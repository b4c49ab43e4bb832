"""The cents behind a number: "13 dollars and 50 cents", "13 dollars 50 an hour", "thirteen fifty an hour"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.amounts.numbers import SCALES, WORDS, Number, number_at, word_at
from bot.conversation.amounts.tokens import Token

DOLLARS = frozenset({"dollar", "dollars", "buck", "bucks"})
CENTS = frozenset({"cent", "cents"})
A, HOURS = frozenset({"a", "an", "per", "the", "each", "/"}), frozenset({"hour", "hr"})
RANGE = 5  # "fifteen twenty an hour" is from one to the other


def with_cents(parts: Sequence[Token], first: Number) -> Number:
    """The number with the cents that follow it, its `end` behind them; the same number if none do."""
    if first.low != first.high or first.scale != 1 or first.low % 1:
        return first
    return _named(parts, first) or _spoken(parts, first) or first


def only_cents(parts: Sequence[Token], first: Number) -> Number | None:
    """ "50 cents" by itself, in dollars."""
    if word_at(parts, first.end) not in CENTS or first.high >= 100:
        return None
    return Number(first.low / 100, first.high / 100, 1.0, first.end + 1)


def _named(parts: Sequence[Token], first: Number) -> Number | None:
    """ "13 (dollars) (and) 50 cents"; behind "dollars" the word "cents" may be left out before "an hour"."""
    i, dollars = first.end, word_at(parts, first.end) in DOLLARS
    i += dollars
    i += word_at(parts, i) == "and"
    cents = number_at(parts, i)
    if cents is None or not 0 < cents.high < 100 or cents.low != cents.high or cents.scale != 1:
        return None
    if word_at(parts, cents.end) in CENTS:
        return _sum(first, cents, cents.end + 1)
    return _sum(first, cents, cents.end) if dollars and _an_hour(parts, cents.end) else None


def _spoken(parts: Sequence[Token], first: Number) -> Number | None:
    """ "thirteen fifty an hour", both in words."""
    spelt = [word_at(parts, first.end - 1), word_at(parts, first.end)]
    cents = number_at(parts, first.end)
    if not cents or any(word not in WORDS or word in SCALES for word in spelt) or not 7 <= first.low < 100:
        return None
    ranges = first.low < cents.low <= first.low + RANGE
    if not 10 <= cents.low < 100 or cents.scale != 1 or ranges or not _an_hour(parts, cents.end):
        return None
    return _sum(first, cents, cents.end)


def _an_hour(parts: Sequence[Token], i: int) -> bool:
    word = word_at(parts, i)
    return word == "hourly" or (word in A and word_at(parts, i + 1) in HOURS)


def _sum(first: Number, cents: Number, end: int) -> Number:
    value = first.low + cents.low / 100
    return Number(value, value, 1.0, end)
