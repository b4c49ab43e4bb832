"""`meanings.npz` -> Meanings. A folder without one works too; the matcher then knows words only by their letters."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.conversation.matching.meanings import Meanings
from bot.conversation.numbered import Numbered


def read_meanings(path: Path) -> Meanings:
    """The table that `benchmarks/distil.py` wrote, or an empty one if there is no such file."""
    if not path.is_file():
        return Meanings()
    with np.load(path, allow_pickle=False) as stored:
        words = Numbered(str(stored["words"]).split("\n"))
        return Meanings(words, stored["table"], np.append(stored["scale"], np.float32(0)), stored["centre"])
