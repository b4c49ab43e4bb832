"""Text as people type it -> tokens (numeral, word, sign), each knowing where in the text it stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

LONGEST = 4096  # characters read; a Telegram message holds no more
DIGITS_MOST = 15  # a numeral longer than this is a serial number, not an amount

_ALIKE = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘ʼ`´", "'") | {"٬": ",", "٫": ".", "⁄": "/"}
_TOKEN = re.compile(
    r"(?P<num>\d+(?:[.,' ]\d{3}(?!\d))*(?:[.,]\d+)?|\.\d+)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<sign>[^\w\s])"
)
_ASCII = {ord(c): " " for c in map(chr, range(128)) if c.isspace()} | {ord("`"): "'"}
_GROUPS = re.compile(r"[.,]")


class Token(NamedTuple):
    """`value` is set for numerals only; `start` and `end` count characters of the original text."""

    kind: Literal["num", "word", "sign"]
    text: str
    start: int
    end: int
    value: float = 0.0


def _written(char: str) -> str:
    """One character in plain letters: any script's digits as 0-9, any space as a space, ½ as .5."""
    if char in _ALIKE:
        return _ALIKE[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(char) == "No":  # ½ is meant as a number, ² and ① are not
        return (
            f"{unicodedata.numeric(char):.4g}".removeprefix("0") if "⁄" in unicodedata.normalize("NFKC", char) else " "
        )
    plain = unicodedata.normalize("NFKC", char).lower()
    return " " if plain.isspace() else "".join(_ALIKE.get(c, c) for c in plain)


def plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain letters, and for each of its characters where it stood in the original."""
    text = text[:LONGEST]
    if text.isascii():
        return text.lower().translate(_ASCII), range(len(text))
    letters: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        for written in _written(char):
            letters.append(written)
            origin.append(i)
    return "".join(letters), origin


def _value(numeral: str) -> float | None:
    """ "1,200.50", "1.200,50", "1 200" and "1'200" as a number; None for one too long to be an amount."""
    digits = numeral.replace(" ", "").replace("'", "")
    if sum(c.isdigit() for c in digits) > DIGITS_MOST:
        return None
    parts = _GROUPS.split(digits)
    marks = _GROUPS.findall(digits)
    if marks and _is_decimal(parts, marks):
        return float("".join(parts[:-1]) + "." + parts[-1])
    return float("".join(parts))


def _is_decimal(parts: list[str], marks: list[str]) -> bool:
    """Whether the last mark is a decimal point. "2.500" is read as thousands: prices are seldom given in mills."""
    if len(parts[-1]) != 3 or parts[0] in ("", "0") or len(parts[0]) > 3:
        return True
    return len(marks) > 1 and marks[-1] != marks[0]


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of the text, in order. Any text is fine; numerals too long for an amount become signs."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    letters, origin = plain(text)
    for found in _TOKEN.finditer(letters):
        start, end = origin[found.start()], origin[found.end() - 1] + 1
        if found["num"]:
            value = _value(found["num"])
            yield Token("sign" if value is None else "num", found[0], start, end, value or 0.0)
        else:
            yield Token("word" if found["word"] else "sign", found[0], start, end)
