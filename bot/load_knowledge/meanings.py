"""`meanings.npz` -> Meanings. A folder without one works too; the matcher then knows words only by their letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.conversation.matching.meanings import Meanings


def read_meanings(path: Path) -> Meanings:
    """The table that `benchmarks/distil.py` wrote, or an empty one if there is no such file."""
    if not path.is_file():
        return Meanings()
    with np.load(path, allow_pickle=False) as stored:
        words = str(stored["words"]).split("\n")
        number = {word: row for row, word in enumerate(words)}
        return Meanings(number, stored["table"], stored["scale"], stored["centre"])
