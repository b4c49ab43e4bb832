"""Middle pay over the years: a line for each role, named where it begins, with its figures along it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.charts.canvas import BODY, LABEL, MAIN, MARGIN, MARK, OTHER, SOFT, WIDTH, Sheet, apart, width_of

HEIGHT, ROOM = 560, 130  # of the lines, and above and below them for figures and names
INSET = 92
FIGURE = 34
STEEP, ASIDE = 55, 62
COLORS = (MAIN, MARK, OTHER)

Line = Mapping[str, Any]
Place = Callable[[float], float]


def draw_trend(figures: Mapping[str, Any]) -> bytes:
    """The upper line has its figures above it, every other below."""
    sheet = Sheet(figures["title"], figures["subtitle"])
    lines = sorted(figures["lines"], key=lambda line: -line["points"][-1]["value"])
    years: list[int] = sorted({point["year"] for line in lines for point in line["points"]})
    values: list[float] = [point["value"] for line in lines for point in line["points"]]
    top = sheet.y + ROOM

    def across(year: float) -> float:
        return MARGIN + INSET + (year - years[0]) / (years[-1] - years[0]) * (WIDTH - 2 * MARGIN - 2 * INSET)

    def down(value: float) -> float:
        return top + (max(values) - value) / (max(values) - min(values) or 1) * HEIGHT

    for line, color in zip(lines, COLORS, strict=False):
        _line(sheet, line, color, across, down, above=line is lines[0])
    sheet.y = top + HEIGHT + (ROOM if len(lines) > 1 else 30)
    _years(sheet, years, across)
    return sheet.png(figures["source"])


def _line(sheet: Sheet, line: Line, color: str, across: Place, down: Place, *, above: bool) -> None:
    xs = [across(point["year"]) for point in line["points"]]
    ys = [down(point["value"]) for point in line["points"]]
    sheet.line(xs, ys, color, 9, dots=22)
    away = -46 if above else 46
    widths = [width_of(point["told"], FIGURE, bold=True) for point in line["points"]]
    wanted = [x + _aside(ys, index, away) for index, x in enumerate(xs)]
    middles = apart(wanted, widths, MARGIN, WIDTH - MARGIN, gap=10)
    for point, x, y in zip(line["points"], middles, ys, strict=True):
        sheet.text(x, y + away, point["told"], FIGURE, bold=True, side="center")
    end = middles[-1] + widths[-1] / 2
    start = end - width_of(line["label"], LABEL, bold=True)
    beside = [y for y, x, width in zip(ys, middles, widths, strict=True) if x + width / 2 > start]
    outermost = min(beside) if above else max(beside)
    sheet.text(end, outermost + 2.2 * away, line["label"], LABEL, bold=True, color=color, side="right")


def _aside(ys: Sequence[float], index: int, away: float) -> float:
    """How far a figure moves out of the way of its own line, where that is steep and on the figure's side."""
    toward = 1 if away > 0 else -1
    if index and toward * (ys[index - 1] - ys[index]) > STEEP:
        return ASIDE
    if index + 1 < len(ys) and toward * (ys[index + 1] - ys[index]) > STEEP:
        return -ASIDE
    return 0


def _years(sheet: Sheet, years: Sequence[int], across: Place) -> None:
    sheet.line([MARGIN, WIDTH - MARGIN], [sheet.y, sheet.y], SOFT, 2)
    for year in years:
        sheet.text(across(year), sheet.y + 34, str(year), BODY, color=SOFT, side="center")
    sheet.y += 64
