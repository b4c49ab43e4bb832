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
    return re.compile(_one_of(phrases), re.IGNORECASE)


def any_soon_after(first: Iterable[str], then: Iterable[str], between: int) -> re.Pattern[str]:
    """Any of `first` and, past at most so many words, any of `then`; no share "of all", nor what is done "to" it."""
    return re.compile(rf"(?<!of ){_one_of(first)}(?:\W+(?!to\b)\w+){{0,{between}}}?\W+{_one_of(then)}", re.IGNORECASE)


def _one_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    told = "|".join(re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for phrase in longest_first)
    return rf"(?<!\w)(?:{told})(?!\w)"
