"""Lists of words that rules look for, about claims and figures in general; `../words/*.yaml` holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "words"


@cache
def listed(name: str) -> Any:
    return yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words, in capitals or not; * stands for any ending."""
    longest_first = sorted(phrases, key=len, reverse=True)
    told = "|".join(re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)", re.IGNORECASE)
