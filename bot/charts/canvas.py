"""A sheet in the house style, measured in pixels from its top left corner, that grows as long as it needs to be.

Matplotlib's objects are used without pyplot: there is no state outside the sheet. Only the drawing process imports
this module, because matplotlib takes most of a second to load.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

WIDTH, MARGIN = 1280, 56  # twice what a phone shows
TITLE, LABEL, BODY, SMALL = 56, 42, 38, 32  # sizes of type
COLORS = 64
DOTS_AN_INCH = 72  # so that a point of type is a pixel

# Opaque, so that it reads the same in a dark chat and a light one. Blue, orange and grey stay apart for everyone.
PAPER, INK, SOFT = "#FBFAF7", "#1D2433", "#5A6474"
MAIN, MAIN_LIGHT = "#0072B2", "#A9D0E6"
OTHER, OTHER_LIGHT = "#6B7480", "#CFD4DA"
MARK = "#C2500A"
SHADES = ("#E3EEF6", "#B9D6E9", "#82B5D8", "#2F78AC", "#0A3F66")

BELOW, BETWEEN, ABOVE = 1, 2, 3

Side = Literal["left", "center", "right"]

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
PLAIN, BOLD = FontProperties(fname=FONTS / "DejaVuSans.ttf"), FontProperties(fname=FONTS / "DejaVuSans-Bold.ttf")
RULER = RendererAgg(1, 1, DOTS_AN_INCH)


def font(size: float, bold: bool) -> FontProperties:
    chosen = (BOLD if bold else PLAIN).copy()
    chosen.set_size(size)
    return chosen


def width_of(text: str, size: float, bold: bool = False) -> float:
    """In pixels."""
    wide, _, _ = RULER.get_text_width_height_descent(text, font(size, bold), False)
    return float(wide)


def wrapped(text: str, size: float, bold: bool = False, width: float = WIDTH - 2 * MARGIN) -> list[str]:
    """Lines that fit into `width`, broken at spaces, or after a hyphen or slash where a word alone is too long."""
    lines: list[str] = []
    current = ""
    for word in text.replace("-", "-\u200b").replace("/", "/\u200b").replace(" ", " \u200b").split("\u200b"):
        if current and width_of((current + word).rstrip(), size, bold) > width:
            lines.append(current.rstrip())
            current = ""
        current += word
    return [*lines, current.rstrip()]


def fitting(text: str, size: float, width: float, bold: bool = False) -> float:
    """A size of type, at most `size`, at which `text` is no wider than `width`."""
    wide = width_of(text, size, bold)
    return size if wide <= width else size * width / wide * 0.98  # type is not exactly to scale


def apart(middles: Sequence[float], widths: Sequence[float], left: float, right: float, gap: float = 18) -> list[float]:
    """Where labels of these widths stand so that none overlaps or sticks out, as near to `middles` as may be.

    `middles` come from left to right.
    """
    placed: list[float] = []
    edge = left
    for middle, width in zip(middles, widths, strict=True):
        placed.append(max(middle, edge + width / 2))
        edge = placed[-1] + width / 2 + gap
    edge = right
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], edge - widths[index] / 2)
        edge = placed[index] - widths[index] / 2 - gap
    return placed


def _compact(image: Image.Image) -> bytes:
    """A PNG of few colours, which is a third of the size and looks the same."""
    file = io.BytesIO()
    few = image.convert("RGB").quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


class Sheet:
    """Draw from top to bottom; `y` is how far we are. `png` ends it."""

    def __init__(self, title: str, subtitle: str) -> None:
        self.y = float(MARGIN - 8)
        self._pixels = Affine2D()
        self._artists: list[Artist] = []
        self.paragraph(title, TITLE, bold=True, leading=1.2)
        self.y += 6
        self.paragraph(subtitle, BODY - 2, color=SOFT)
        self.y += 26

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        bold: bool = False,
        color: str = INK,
        side: Side = "left",
        on: str | None = PAPER,
    ) -> None:
        """One line of text, `y` at its middle, on a patch of paper that a line behind it can't be seen through.

        `on=None` leaves the patch away, for text inside a filled box.
        """
        artist = Text(x, y, text, color=color, ha=side, va="center_baseline", parse_math=False, zorder=ABOVE)
        artist.set_fontproperties(font(size, bold))
        if on:
            artist.set_bbox({"facecolor": on, "linewidth": 0, "pad": 5})
        self._add(artist)

    def paragraph(self, text: str, size: float, *, bold: bool = False, color: str = INK, leading: float = 1.3) -> None:
        for line in wrapped(text, size, bold):
            self.text(MARGIN, self.y + size * leading / 2, line, size, bold=bold, color=color)
            self.y += size * leading

    def box(
        self, x: float, y: float, width: float, height: float, color: str, *, round_: float = 6, rim: str = ""
    ) -> None:
        """A filled box with round corners; `rim` is the colour of a thick border."""
        round_ = min(round_, width / 2, height / 2)
        style = f"round,pad=0,rounding_size={round_}"
        rim_style = {"edgecolor": rim, "linewidth": 8} if rim else {"linewidth": 0}
        self._add(
            FancyBboxPatch((x, y), max(width, 1), height, boxstyle=style, facecolor=color, zorder=BELOW, **rim_style)
        )

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        color: str,
        width: float = 5,
        *,
        dashed: bool = False,
        dots: float = 0,
    ) -> None:
        """A line over all boxes and under all text, with a rim of paper unless it has dots."""
        artist = Line2D(xs, ys, color=color, linewidth=width, zorder=BETWEEN, marker="o", markersize=dots)
        if dashed:
            artist.set_linestyle((0, (4, 2)))
        if not dots:
            artist.set_path_effects([withStroke(linewidth=width + 5, foreground=PAPER)])
        self._add(artist)

    def png(self, source: str) -> bytes:
        """The finished picture with its source line at the foot."""
        self.y += 18
        self.paragraph(source, SMALL - 2, color=SOFT)
        height = round(self.y + MARGIN / 2)
        self._pixels.clear().scale(1, -1).translate(0, height)
        figure = Figure(figsize=(WIDTH / DOTS_AN_INCH, height / DOTS_AN_INCH), dpi=DOTS_AN_INCH, facecolor=PAPER)
        for artist in self._artists:
            figure.add_artist(artist)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        return _compact(Image.fromarray(np.asarray(canvas.buffer_rgba())))

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._pixels)
        self._artists.append(artist)
