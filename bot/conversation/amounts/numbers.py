"""Numbers in figures and in words: "2.5k", "fifteen hundred", "two and a half grand", "a few thousand"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.amounts.tokens import Token

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {w: float(n) for n, w in enumerate(_ONES)} | {w: 10.0 * n for n, w in enumerate(_TENS, 2)}
WORDS |= {"fourty": 40.0, "dozen": 12.0}
VAGUE = {"couple": (2.0, 2.0), "few": (3.0, 5.0)}
SCALES = {"hundred": 100.0, "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "mil": 1e6}
SCALES |= {"hundreds": 100.0, "thousands": 1e3, "lakh": 1e5, "lakhs": 1e5, "thou": 1e3}
SLANG = {"hunnid": 100.0, "hunned": 100.0} | dict.fromkeys(("band", "bands", "rack", "racks", "stack", "stacks"), 1e3)
SCALES |= SLANG
_ORDINAL = frozenset(["st", "nd", "rd", "th"])  # "1st" is no amount
_SPELT = frozenset({"hundred", "thousand", "million"})  # after these more may follow: "two thousand 500"


@dataclass(frozen=True, slots=True)
class Number:
    """From `low` to `high`; `scale` is the largest scale said with it (1 for none); `end` is the next token's index."""

    low: float
    high: float
    scale: float
    end: int


class _Sum:
    """What has been read so far of one number."""

    def __init__(self, end: int, last: str = "") -> None:
        self.total = 0.0
        self.part: tuple[float, float] | None = None
        self.scale = 1.0
        self.last = last  # the last word taken in; "#" for a numeral
        self.end = end

    def took(self, word: str, end: int) -> bool:
        self.last, self.end = word, end
        return True

    def number(self) -> Number | None:
        if self.part is None and self.scale == 1.0:
            return None
        low, high = self.part or (0.0, 0.0)
        return Number(self.total + low, self.total + high, self.scale, self.end)


def word_at(tokens: Sequence[Token], i: int) -> str:
    """The text of token `i`, or "" past either end."""
    return tokens[i].text if 0 <= i < len(tokens) else ""


def number_at(tokens: Sequence[Token], i: int, *, after_between: bool = False) -> Number | None:
    """The number that begins at token `i`, or None. After "between", "and" parts two numbers instead of joining one."""
    article = word_at(tokens, i) in ("a", "an")
    if article and not _article_counts(tokens, i):
        return None
    if word_at(tokens, i) == "half" and word_at(tokens, i + 1) in ("a", "an"):
        return _half_of(tokens, i + 2)
    so_far = _Sum(i + 1, "a") if article else _Sum(i)
    while _take(so_far, tokens, after_between):
        pass
    return so_far.number()


def _article_counts(tokens: Sequence[Token], i: int) -> bool:
    following = word_at(tokens, i + 1)
    if following in SLANG and word_at(tokens, i + 2) == "of":  # "a stack of bills"
        return False
    return following in SCALES or following in VAGUE or following == "dozen"


def _half_of(tokens: Sequence[Token], i: int) -> Number:
    """ "Half a million"; what is no scale ("half a year") is left for the unit."""
    scale = SCALES.get(word_at(tokens, i))
    return Number(0.5, 0.5, 1.0, i) if scale is None else Number(scale / 2, scale / 2, scale, i + 1)


def _take(so_far: _Sum, tokens: Sequence[Token], after_between: bool) -> bool:
    i = so_far.end
    if i >= len(tokens):
        return False
    token = tokens[i]
    if token.kind == "num":
        return not _is_ordinal(tokens, i) and _take_numeral(so_far, token)
    if token.text in SCALES:
        return _take_scale(so_far, token.text)
    if token.text in WORDS:
        return _take_word(so_far, token.text, WORDS[token.text])
    if token.text in VAGUE and so_far.part is None:
        so_far.part = VAGUE[token.text]
        return so_far.took(token.text, i + 2 if word_at(tokens, i + 1) == "of" else i + 1)
    return _take_joint(so_far, tokens, after_between)


def _is_ordinal(tokens: Sequence[Token], i: int) -> bool:
    return word_at(tokens, i + 1) in _ORDINAL and tokens[i].end == tokens[i + 1].start


def _take_numeral(so_far: _Sum, token: Token) -> bool:
    follows_scale = so_far.last in _SPELT and so_far.part is None and 100 <= token.value < so_far.scale
    if so_far.last and not follows_scale:
        return False
    so_far.part = (token.value, token.value)
    return so_far.took("#", so_far.end + 1)


def _take_scale(so_far: _Sum, word: str) -> bool:
    scale = SCALES[word]
    low, high = so_far.part or ((1.0, 1.0) if so_far.last == "a" else (0.0, 0.0))
    if not high and so_far.last not in ("#", "zero"):
        return False
    so_far.scale = max(so_far.scale, scale)
    if scale == 100.0 or low != high:
        so_far.part = (low * scale, high * scale)
    else:
        so_far.total, so_far.part = so_far.total + low * scale, None
    return so_far.took(word, so_far.end + 1)


def _take_word(so_far: _Sum, word: str, value: float) -> bool:
    if so_far.part is None:
        so_far.part = (value, value)
    elif so_far.last == "hundred" or (so_far.last in _TENS and 0 < value < 10):
        so_far.part = (so_far.part[0] + value, so_far.part[1] + value)
    else:
        return False
    return so_far.took(word, so_far.end + 1)


def _take_joint(so_far: _Sum, tokens: Sequence[Token], after_between: bool) -> bool:
    """The hyphen of "twenty-five" and the "and" of "two and a half" or "two hundred and ten"."""
    i = so_far.end
    following = word_at(tokens, i + 1)
    if tokens[i].text == "-" and so_far.last in _TENS and following in _ONES[1:10]:
        return _take_word(so_far, following, WORDS[following]) and so_far.took(following, i + 2)
    if tokens[i].text != "and" or not so_far.last:
        return False
    if following == "a" and word_at(tokens, i + 2) == "half" and so_far.part:
        so_far.part = (so_far.part[0] + 0.5, so_far.part[1] + 0.5)
        return so_far.took("half", i + 3)
    if not after_between and so_far.last in _SPELT and following in WORDS and WORDS[following] < so_far.scale:
        so_far.end = i + 1
        return _take_word(so_far, following, WORDS[following])
    return False
