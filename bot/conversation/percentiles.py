"""Published points of pay that are asked for by name: "75th percentile", "top tenth", "the lower quarter"."""

from __future__ import annotations

import re

_LOW = r"(?:bottom|lowest|lower|low)(?:[ -](?:paid|paying|end))?"
_HIGH = r"(?:top|highest|upper|best)(?:[ -](?:paid|paying|end))?"
_TENTH = r"(?:tenth|decile|(?:10|ten) ?(?:%|percent|pct|per cent))"
_QUARTER = r"(?:quarter|quartile|fourth|(?:25|twenty[ -]five) ?(?:%|percent|pct|per cent))"
_RANK = r"(?:[ -]?(?:percentile|percentil|pctile|%ile|percent line)s?)"
POINT = re.compile(
    rf"\b(?:(?P<p10>10(?:th)?{_RANK}|tenth{_RANK}|p10|{_LOW} {_TENTH})"
    rf"|(?P<p25>25(?:th)?{_RANK}|twenty[ -]fifth{_RANK}|p25|{_LOW} {_QUARTER}|first quartile)"
    rf"|(?P<median>50(?:th)?{_RANK}|fiftieth{_RANK}|p50)"
    rf"|(?P<p75>75(?:th)?{_RANK}|seventy[ -]fifth{_RANK}|p75|{_HIGH} {_QUARTER}|third quartile)"
    rf"|(?P<p90>90(?:th)?{_RANK}|ninetieth{_RANK}|p90|{_HIGH} {_TENTH}))(?!\w)",
    re.IGNORECASE,
)
# What any match of it ends in or is: looked for first, since most messages name no point.
SIGNS = re.compile(r"%|\bp(?:10|25|50|75|90)\b|percentil|pctile|tenth|decile|quart|fourth|perc|pct", re.IGNORECASE)
POINT_WORDS = frozenset({
    "percentile", "percentiles", "decile", "tenth", "quarter", "quartile", "bottom", "lowest", "lower", "top",
    "highest", "upper", "10th", "25th", "50th", "75th", "90th", "p10", "p25", "p50", "p75", "p90", "th", "first",
    "third", "paid",
})  # fmt: skip


def point_in(text: str) -> str:
    """The first point that the text names, as a field of pay; empty if it names none."""
    found = POINT.search(text) if SIGNS.search(text) else None
    return found.lastgroup or "" if found else ""


def without_points(text: str) -> str:
    """The text without the names of points, whose numbers are no pay."""
    return POINT.sub(" ", text) if SIGNS.search(text) else text
