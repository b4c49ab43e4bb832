"""A finding in the content, told so that an author who writes no code can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`file:line: entry: what is wrong`, by which rule, why that matters, and a fix to copy.

    An error keeps the bot from starting, a warning does not.
    """

    file: str
    line: int
    where: str
    what: str
    rule: str = "shape"
    severity: Severity = "error"
    why: str = ""
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.where}: {self.what}"


class ContentError(Exception):
    """The knowledge folder can't be used; `problems` holds every reason, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(p) for p in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or nothing when none is close."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing when no known name is close."""
    near = nearest(word, known)
    return f"; did you mean '{near}'?" if near else ""
