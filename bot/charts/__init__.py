"""Draws the core's pictures as PNG files, one at a time, in a process of their own, and keeps them."""

from bot.charts.painter import CannotDraw, Painter

__all__ = ["CannotDraw", "Painter"]
