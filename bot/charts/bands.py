"""Bands of pay, one below the other on one scale: a thin bar for eight in ten, a wide one for the middle half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.charts.canvas import (
    BODY,
    INK,
    LABEL,
    MAIN,
    MAIN_LIGHT,
    MARGIN,
    MARK,
    OTHER,
    OTHER_LIGHT,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Sheet,
    apart,
    fitting,
    width_of,
)

Figures = Mapping[str, Any]

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
INSET = 10
BEYOND = 0.2  # of the bands' length: how far "you" may stretch the scale
THIN, WIDE, TICK = 20, 52, 76
COLORS = {"main": (MAIN, MAIN_LIGHT), "nation": (OTHER, OTHER_LIGHT)}


def draw_bands(figures: Figures) -> bytes:
    """Few bands with every figure on them and its meaning on the first."""
    return _draw(figures, ("p10", "median", "p90"), ("p25", "p75"))


def draw_comparison(figures: Figures) -> bytes:
    """Many bands, each with its middle and the middle half."""
    return _draw(figures, ("p25", "median", "p75"), ())


def _draw(figures: Figures, above: Sequence[str], below: Sequence[str]) -> bytes:
    sheet = Sheet(figures["title"], figures["subtitle"])
    scale, you = _scale(figures), figures["you"]
    if you:
        _pill(sheet, scale, you)
    top, words = sheet.y, figures["words"]
    for row in figures["rows"]:
        _label(sheet, row)
        if row["median"]:
            _figures(sheet, row, above, scale, words)
            _bar(sheet, row, scale)
            _figures(sheet, row, below, scale, words, under=True)
            words = {}  # said once, on the first band
        sheet.y += 30
    if you and scale.low <= you["value"] <= scale.high:
        x = scale.at(you["value"])
        sheet.line([x, x], [top - 14, sheet.y - 20], MARK)
    sheet.paragraph(figures["how_to_read"], SMALL, color=SOFT)
    return sheet.png(figures["source"])


@dataclass(frozen=True, slots=True)
class Scale:
    """Dollars -> pixels across the sheet."""

    low: float
    high: float

    def at(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low or 1)
        return LEFT + INSET + share * (RIGHT - LEFT - 2 * INSET)


def _scale(figures: Figures) -> Scale:
    """From the lowest figure to the highest; an amount far outside doesn't squeeze the bands."""
    values = [row[p]["value"] for row in figures["rows"] for p in ("p10", "p25", "median", "p75", "p90") if row[p]]
    low, high = min(values), max(values)
    reach = (high - low or high) * BEYOND
    if figures["you"]:
        you = figures["you"]["value"]
        low, high = max(min(low, you), low - reach), min(max(high, you), high + reach)
    return Scale(low, high)


def _pill(sheet: Sheet, scale: Scale, you: Figures) -> None:
    """The head of the line that shows where "you" are; an arrow where that is off the sheet."""
    value, label = you["value"], you["label"]
    label = f"{label} →" if value > scale.high else f"← {label}" if value < scale.low else label
    wide = width_of(label, BODY, bold=True) + 44
    (x,) = apart([scale.at(value)], [wide], LEFT, RIGHT)
    sheet.box(x - wide / 2, sheet.y, wide, 60, MARK, round_=14)
    sheet.text(x, sheet.y + 31, label, BODY, bold=True, color="white", side="center", on=None)
    sheet.y += 76


def _label(sheet: Sheet, row: Figures) -> None:
    size = fitting(row["label"], LABEL, RIGHT - LEFT, bold=True)
    beside = LEFT + width_of(row["label"], size, bold=True) + 24
    sheet.text(LEFT, sheet.y + 26, row["label"], size, bold=True, color=INK if row["tone"] == "main" else SOFT)
    sheet.y += 56
    if beside + width_of(row["note"], SMALL) <= RIGHT:
        sheet.text(beside, sheet.y - 30, row["note"], SMALL, color=SOFT)
    else:
        sheet.paragraph(row["note"], SMALL, color=SOFT)


def _bar(sheet: Sheet, row: Figures, scale: Scale) -> None:
    strong, light = COLORS[row["tone"]]
    y = sheet.y + TICK / 2 + 2
    for low, high, height, color in (("p10", "p90", THIN, light), ("p25", "p75", WIDE, strong)):
        if row[low] and row[high]:
            left, right = scale.at(row[low]["value"]), scale.at(row[high]["value"])
            sheet.box(left, y - height / 2, right - left, height, color)
    middle = scale.at(row["median"]["value"])
    sheet.box(middle - 8, y - TICK / 2, 16, TICK, PAPER, round_=0)
    sheet.box(middle - 4, y - TICK / 2, 8, TICK, INK, round_=0)
    sheet.y += TICK + 4


def _figures(
    sheet: Sheet, row: Figures, points: Sequence[str], scale: Scale, words: Mapping[str, str], *, under: bool = False
) -> None:
    """The figures of some points in one line, and what they mean in another, farther from the bar."""
    known = [point for point in points if row[point]]
    if not known:
        return
    widths = [max(width_of(row[p]["told"], BODY, p == "median"), width_of(words.get(p, ""), SMALL - 2)) for p in known]
    middles = apart([scale.at(row[point]["value"]) for point in known], widths, LEFT, RIGHT)
    figures_y = sheet.y + (25 if under or not words else 65)
    words_y = sheet.y + (70 if under else 20)
    for point, x in zip(known, middles, strict=True):
        sheet.text(x, figures_y, row[point]["told"], BODY, bold=point == "median", side="center")
        if words:
            sheet.text(x, words_y, words[point], SMALL - 2, color=SOFT, side="center")
    sheet.y += 90 if words else 50
