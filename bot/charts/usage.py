"""What people asked: a column for each day, a bar of outcomes, and the questions asked most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.charts.canvas import (
    BODY,
    LABEL,
    MAIN,
    MARGIN,
    MARK,
    OTHER,
    SMALL,
    SOFT,
    WIDTH,
    Sheet,
    fitting,
    width_of,
)

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
COLUMNS, STACK, ROW, BAR = 260, 56, 66, 44
WIDEST_LABEL = 640
COLORS = {"answered": "#2B7A4B", "offered": "#B07A00", "place": "#D9B35C", "refused": MARK, "not_ours": OTHER}

Rows = Sequence[Mapping[str, Any]]


def draw_usage(figures: Mapping[str, Any]) -> bytes:
    sheet = Sheet(figures["title"], figures["subtitle"])
    _days(sheet, figures["days_title"], figures["days"])
    _outcomes(sheet, figures["outcomes_title"], figures["outcomes"])
    if figures["asked"]:
        _asked(sheet, figures["asked_title"], figures["asked"])
    return sheet.png(figures["source"])


def _heading(sheet: Sheet, title: str) -> None:
    sheet.y += 14
    sheet.paragraph(title, LABEL, bold=True)
    sheet.y += 12


def _days(sheet: Sheet, title: str, days: Rows) -> None:
    _heading(sheet, title)
    most = max(day["value"] for day in days)
    wide = (RIGHT - LEFT) / len(days)
    gap = min(8.0, wide / 4)
    base = sheet.y + 50 + COLUMNS
    highest = next(index for index, day in enumerate(days) if day["value"] == most)
    for index, day in enumerate(days):
        height = COLUMNS * day["value"] / most
        if day["value"]:
            sheet.box(LEFT + index * wide + gap / 2, base - height, wide - gap, height, MAIN, round_=4)
    half = width_of(str(most), BODY, bold=True) / 2
    x = min(max(LEFT + (highest + 0.5) * wide, LEFT + half), RIGHT - half)
    sheet.text(x, base - COLUMNS - 26, str(most), BODY, bold=True, side="center")
    sheet.line([LEFT, RIGHT], [base, base], SOFT, 2)
    sheet.text(LEFT, base + 34, days[0]["day"], SMALL, color=SOFT)
    if len(days) > 1:
        sheet.text(RIGHT, base + 34, days[-1]["day"], SMALL, color=SOFT, side="right")
    sheet.y = base + 66


def _outcomes(sheet: Sheet, title: str, outcomes: Rows) -> None:
    _heading(sheet, title)
    whole, x = sum(row["value"] for row in outcomes), float(LEFT)
    for row in outcomes:
        wide = (RIGHT - LEFT) * row["value"] / whole
        sheet.box(x, sheet.y, max(wide - 4, 2), STACK, COLORS[row["name"]], round_=4)
        x += wide
    sheet.y += STACK + 20
    for row in outcomes:
        sheet.box(LEFT, sheet.y + 10, 30, 30, COLORS[row["name"]], round_=6)
        sheet.text(LEFT + 46, sheet.y + 25, row["label"], SMALL + 2)
        sheet.y += 50


def _asked(sheet: Sheet, title: str, rows: Rows) -> None:
    _heading(sheet, title)
    left = LEFT + min(WIDEST_LABEL, max(width_of(row["label"], BODY) for row in rows)) + 24
    right = RIGHT - max(width_of(str(row["value"]), BODY, bold=True) for row in rows) - 20
    for row in rows:
        y = sheet.y + ROW / 2
        sheet.text(LEFT, y, row["label"], fitting(row["label"], BODY, left - LEFT - 20))
        end = left + (right - left) * row["value"] / rows[0]["value"]
        sheet.box(left, y - BAR / 2, end - left, BAR, MAIN)
        sheet.text(end + 14, y, str(row["value"]), BODY, bold=True)
        sheet.y += ROW
