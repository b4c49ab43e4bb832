"""A ranking: a bar for each place, from zero, with the nation's figure as a line across."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.charts.canvas import BODY, MAIN, MARGIN, MARK, OTHER, SOFT, WIDTH, Sheet, apart, fitting, width_of

WIDEST_LABEL = 520
ROW, BAR, GAP = 74, 50, 26


def draw_ranking(figures: Mapping[str, Any]) -> bytes:
    sheet = Sheet(figures["title"], figures["subtitle"])
    rows, nation = figures["rows"], figures["nation"]
    names = MARGIN + max(width_of(str(row["rank"]), BODY, bold=True) for row in rows) + 22
    left = names + min(WIDEST_LABEL, max(width_of(row["label"], BODY, bold=True) for row in rows)) + 24
    right = WIDTH - MARGIN - max(width_of(row["told"], BODY, bold=True) for row in rows) - 20
    most = max([row["value"] for row in rows] + ([nation["value"]] if nation else []))
    top, last = sheet.y, 0
    for row in rows:
        if row["rank"] > last + 1:
            sheet.text(left + 6, sheet.y + GAP / 2, "· · ·", BODY, bold=True, color=SOFT)
            sheet.y += GAP + 8
        last = row["rank"]
        _bar(sheet, row, names, left, left + (right - left) * row["value"] / most)
    if nation:
        _line(sheet, nation, left + (right - left) * nation["value"] / most, top)
    return sheet.png(figures["source"])


def _bar(sheet: Sheet, row: Mapping[str, Any], names: float, left: float, end: float) -> None:
    y, marked = sheet.y + ROW / 2, row["marked"]
    size = fitting(row["label"], BODY, left - names - 20, bold=marked)
    sheet.text(names - 22, y, str(row["rank"]), BODY, bold=marked, color=SOFT, side="right")
    sheet.text(names, y, row["label"], size, bold=marked)
    sheet.box(left, y - BAR / 2, end - left, BAR, MARK if marked else MAIN)
    sheet.text(end + 16, y, row["told"], BODY, bold=True)
    sheet.y += ROW


def _line(sheet: Sheet, nation: Mapping[str, Any], x: float, top: float) -> None:
    """Ends below the bars, at its own label, so that it crosses no figure's text unseen."""
    sheet.line([x, x], [top, sheet.y + 8], OTHER, 4, dashed=True)
    label = f"{nation['label']} {nation['told']}"
    wide = width_of(label, BODY, bold=True)
    (middle,) = apart([x], [wide], MARGIN, WIDTH - MARGIN)
    sheet.text(middle, sheet.y + 34, label, BODY, bold=True, color=SOFT, side="center")
    sheet.y += 64
