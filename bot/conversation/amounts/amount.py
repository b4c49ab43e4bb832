"""All amounts in a text: number, range, currency, unit ("15 hrs"), rate ("an hour")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.conversation.amounts.cents import only_cents, with_cents
from bot.conversation.amounts.numbers import SCALES, VAGUE, WORDS, Number, number_at, word_at
from bot.conversation.amounts.tokens import Token, tokens
from bot.conversation.amounts.years import is_year
from bot.conversation.changing import changed

Span = Literal["", "hour", "day", "week", "two weeks", "month", "year"]
Assumed = Literal["", "per", "thousands"]

_SPAN_WORDS: dict[Span, str] = {
    "hour": "h hr hrs hour hours",
    "day": "day days",
    "week": "w wk wks week weeks",
    "month": "mo mos mth mths month months",
    "year": "y yr yrs year years annum",
}
_SPANS: dict[str, Span] = {word: span for span, words in _SPAN_WORDS.items() for word in words.split()}
_RATES: dict[str, Span] = {"hourly": "hour", "daily": "day", "weekly": "week", "biweekly": "two weeks"}
_RATES |= {"fortnightly": "two weeks", "monthly": "month", "yearly": "year", "annually": "year", "ph": "hour"}
_MONEY = frozenset(["$", "dollar", "dollars", "buck", "bucks", "usd"])
_FOREIGN = frozenset("£€₹¥₱₦") | frozenset(
    ["pound", "pounds", "quid", "euro", "euros", "eur", "gbp", "rupee", "rupees", "inr", "cad", "aud", "peso", "pesos"]
)
_BEGINNINGS = frozenset([*SCALES, *WORDS, *VAGUE, "a", "an", "half", "-", "$"]) | _FOREIGN  # of an amount in words
_LONE_ONE = frozenset(["about", "around", "like", "just", "only", "maybe", "probably", "roughly", "at", "is"])


@dataclass(frozen=True, slots=True)
class Amount:
    """From `low` to `high` (equal when one figure was given), negative when written so.

    `unit` is what is counted when that is time or "percent"; `per` the time it is for; `currency` whether money was
    said, `foreign` whether that money is not dollars; `span` the characters of the text it was read from.
    `assumed` names what was not written but taken to be so: the time it is paid "per", or "thousands".
    """

    low: float
    high: float
    per: Span = ""
    currency: bool = False
    unit: Span | Literal["percent"] = ""
    foreign: bool = False
    span: tuple[int, int] = (0, 0)
    assumed: Assumed = ""

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def but(self, **changes: object) -> Amount:
        return changed(self, **changes)

    def times(self, factor: float) -> Amount:
        return self.but(low=self.low * factor, high=self.high * factor)


@dataclass(slots=True)
class _Tail:
    """What follows a number: money words, unit, rate."""

    end: int
    currency: bool = False
    foreign: bool = False
    unit: Span | Literal["percent"] = ""
    per: Span = ""


@lru_cache(maxsize=16)  # one text is asked about several times, for pay, for "none", for "no idea"
def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in the text, in order; none is not an error. Never raises, whatever the text.

    "About", "up to" and "at least" do not change the figure. "Half" alone is 50 percent; "in 2009" holds none.
    """
    parts = tokens(text)
    found: list[Amount] = []
    i = 0
    while i < len(parts):
        if parts[i].kind != "num" and parts[i].text not in _BEGINNINGS:
            i += 1
            continue
        amount, end = _amount_at(parts, i)
        if amount and not is_year(text, amount):
            found.append(amount)
        i = max(end, i + 1)
    return tuple(found)


def _amount_at(parts: Sequence[Token], i: int) -> tuple[Amount | None, int]:
    if word_at(parts, i) == "half" and not number_at(parts, i):
        return Amount(50, 50, unit="percent", span=(parts[i].start, parts[i].end)), i + 1
    lead = _lead(parts, i)
    between = word_at(parts, i - 1) in ("between", "from")
    first = number_at(parts, lead.end, after_between=between)
    if not first or _is_pronoun(parts, lead.end, first):
        return None, i + 1
    cents = only_cents(parts, first) or with_cents(parts, first)
    if cents.end != first.end:
        first, lead = cents, _Tail(lead.end, True, lead.foreign)
    tail = _tail(parts, first.end, lead)
    second, tail = _second(parts, first, tail, between)
    low, high = _bounds(first, second)
    negative = word_at(parts, i) == "-"
    sign = -1 if negative else 1
    amount = Amount(sign * low, sign * high, tail.per, tail.currency, tail.unit, tail.foreign)
    return amount.but(span=(parts[i].start, parts[tail.end - 1].end)), tail.end


def _lead(parts: Sequence[Token], i: int) -> _Tail:
    """Minus and currency signs before the number."""
    if word_at(parts, i) == "-" and (i == 0 or parts[i - 1].end < parts[i].start):
        i += 1
    if word_at(parts, i) in _FOREIGN and parts[i].kind == "sign":
        return _Tail(i + 1, currency=True, foreign=True)
    return _Tail(i + 1, currency=True) if word_at(parts, i) == "$" else _Tail(i)


def _is_pronoun(parts: Sequence[Token], i: int, number: Number) -> bool:
    """ "The cheap one" holds no number; "one grand", "about one" and "one" do."""
    lone = word_at(parts, i) == "one" and number.end == i + 1 and i > 0
    return lone and word_at(parts, i - 1) not in _LONE_ONE and word_at(parts, i + 1) not in _SPANS


def _second(parts: Sequence[Token], first: Number, tail: _Tail, between: bool) -> tuple[Number | None, _Tail]:
    """The upper end of a range, with what follows it; None when what follows is another amount."""
    joints = ("-", "to", "or", "and") if between else ("-", "to", "or")
    if word_at(parts, tail.end) not in joints:
        return None, tail
    lead = _lead(parts, tail.end + 1)
    second = number_at(parts, lead.end)
    if not second or parts[lead.end].text.startswith("0") or _bounds(first, second)[0] > second.high:
        return None, tail
    lead.currency, lead.foreign = lead.currency or tail.currency, lead.foreign or tail.foreign
    return second, _tail(parts, second.end, lead)


def _bounds(first: Number, second: Number | None) -> tuple[float, float]:
    """In "2 to 3 grand" the 2 is in thousands too; in "500 to 2 grand" the 500 is not."""
    if second is None:
        return first.low, first.high
    shared = second.scale if first.scale == 1 and first.low * second.scale <= second.high else 1
    return first.low * shared, second.high


def _tail(parts: Sequence[Token], i: int, lead: _Tail) -> _Tail:
    tail = _Tail(i, lead.currency, lead.foreign)
    _skip_ish(parts, tail)
    if word_at(parts, tail.end) in _MONEY or word_at(parts, tail.end) in _FOREIGN:
        if word_at(parts, tail.end) != "$" or not _starts_number(parts, tail.end + 1):
            tail.currency, tail.foreign = True, tail.foreign or word_at(parts, tail.end) in _FOREIGN
            tail.end += 1
    elif word_at(parts, tail.end) in ("%", "percent", "pct"):
        tail.unit, tail.end = "percent", tail.end + 1
    elif word_at(parts, tail.end) in _SPANS and not tail.currency:
        tail.unit, tail.end = _SPANS[parts[tail.end].text], tail.end + 1
    _read_rate(parts, tail)
    return tail


def _starts_number(parts: Sequence[Token], i: int) -> bool:
    return i < len(parts) and parts[i].kind == "num" and parts[i - 1].end == parts[i].start


def _skip_ish(parts: Sequence[Token], tail: _Tail) -> None:
    for words in (("-", "ish"), ("ish",), ("+",)):
        if tuple(word_at(parts, tail.end + n) for n in range(len(words))) == words:
            tail.end += len(words)
            return


def _read_rate(parts: Sequence[Token], tail: _Tail) -> None:
    """ "/hr", "an hour", "every two weeks", "hourly"; a bare "hr" straight after dollars is a rate too."""
    i = tail.end
    word = word_at(parts, i)
    if word in _RATES:
        tail.per, tail.end = _RATES[word], i + 1
    elif word in ("/", "a", "an", "per", "each", "every") or (word == "the" and tail.currency):
        if word == "every" and word_at(parts, i + 1) in ("two", "other", "2"):
            if _SPANS.get(word_at(parts, i + 2)) == "week":
                tail.per, tail.end = "two weeks", i + 3
        elif word_at(parts, i + 1) in _SPANS:
            tail.per, tail.end = _SPANS[parts[i + 1].text], i + 2
    elif word in _SPANS and tail.currency:
        tail.per, tail.end = _SPANS[word], i + 1


def in_thousands(amount: Amount) -> Amount:
    """The amount read as so many thousands, marked as assumed."""
    return amount.times(SCALES["thousand"]).but(assumed="thousands")
