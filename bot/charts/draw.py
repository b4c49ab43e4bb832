"""A picture's plain data -> PNG. Imported only where drawing happens, because it loads matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.charts.bands import draw_bands, draw_comparison
from bot.charts.ranking import draw_ranking
from bot.charts.tiles import draw_tiles
from bot.charts.trend import draw_trend
from bot.charts.usage import draw_usage

DRAWINGS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "band": draw_bands,
    "compare": draw_comparison,
    "ranking": draw_ranking,
    "map": draw_tiles,
    "trend": draw_trend,
    "usage": draw_usage,
}


def png_of(kind: str, figures: Mapping[str, Any]) -> bytes:
    """The picture as a file. Not for several threads at once: matplotlib isn't made for that."""
    return DRAWINGS[kind](figures)
