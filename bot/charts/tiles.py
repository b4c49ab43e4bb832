"""The map of tiles: each state a square with its code and figure, darker the higher it ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.charts.canvas import INK, MARGIN, MARK, OTHER_LIGHT, SHADES, SMALL, SOFT, WIDTH, Sheet, width_of

GAP = 6
WHITE_FROM = 3  # the shade from which dark type would no longer be read


def draw_tiles(figures: Mapping[str, Any]) -> bytes:
    sheet = Sheet(figures["title"], figures["subtitle"])
    tiles = figures["tiles"]
    side = (WIDTH - 2 * MARGIN + GAP) / (max(tile["column"] for tile in tiles) + 1)
    for tile in sorted(tiles, key=lambda tile: bool(tile["marked"])):  # a border lies over its neighbours
        _tile(sheet, tile, MARGIN + tile["column"] * side, sheet.y + tile["row"] * side, side - GAP)
    sheet.y += (max(tile["row"] for tile in tiles) + 1) * side + 24
    _scale(sheet, figures)
    return sheet.png(figures["source"])


def _tile(sheet: Sheet, tile: Mapping[str, Any], x: float, y: float, side: float) -> None:
    shade = tile["shade"]
    sheet.box(x, y, side, side, OTHER_LIGHT if shade is None else SHADES[shade], round_=12, rim=MARK * tile["marked"])
    color = "white" if shade is not None and shade >= WHITE_FROM else INK
    sheet.text(x + side / 2, y + side * 0.32, tile["code"], 34, bold=True, color=color, side="center", on=None)
    sheet.text(x + side / 2, y + side * 0.71, tile["told"], 32, color=color, side="center", on=None)


def _scale(sheet: Sheet, figures: Mapping[str, Any]) -> None:
    x, wide = MARGIN + width_of(figures["low"], SMALL) + 18, 64
    sheet.text(MARGIN, sheet.y + 18, figures["low"], SMALL, color=SOFT)
    for shade in SHADES:
        sheet.box(x, sheet.y, wide, 34, shade, round_=6)
        x += wide + 4
    sheet.text(x + 14, sheet.y + 18, figures["high"], SMALL, color=SOFT)
    sheet.y += 44
