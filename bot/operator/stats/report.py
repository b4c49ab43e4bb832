"""The shape of a report. Every number in it is a count of lines, of people, or a time in milliseconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was asked or shown, and by how many people."""

    name: str
    title: str
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class Votes:
    """Thumbs under one answer, why it was not liked (reason -> times), and how often it was asked again."""

    name: str
    title: str
    up: int
    down: int
    reasons: Mapping[str, int]
    again: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow: people who came to it, and those who came no further."""

    name: str
    title: str
    reached: int
    left: int


@dataclass(frozen=True, slots=True)
class FlowUse:
    """How one flow was gone through. `verdicts` counts people by the last verdict they saw."""

    name: str
    title: str
    started: int
    finished: int
    steps: tuple[Step, ...]
    verdicts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds inside `respond` for one answer."""

    name: str
    title: str
    times: int
    middle: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    questions: int
    people: int


@dataclass(frozen=True, slots=True)
class Version:
    """What was asked while one version of the content was in use."""

    version: str
    first: str  # ISO date
    questions: int
    answered: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Report:
    """The sums over the lines from `first` to `last`. Small talk and flows are not questions.

    `outcomes` counts questions (answered, offered, place, refused, not_ours). `hours` are 24 counts, in UTC. `misses`
    are what was not understood; words that too few people used are masked in them.
    """

    first: dt.date
    last: dt.date
    lines: int
    people: int
    questions: int
    outcomes: Mapping[str, int]
    days: tuple[Day, ...]
    hours: tuple[int, ...]
    asked: tuple[Count, ...]
    elsewhere: tuple[Count, ...]
    misses: tuple[Count, ...]
    votes: tuple[Votes, ...]
    up: int
    down: int
    flows: tuple[FlowUse, ...]
    speeds: tuple[Speed, ...]
    versions: tuple[Version, ...]

    @property
    def answered(self) -> int:
        return self.outcomes.get("answered", 0)

    @property
    def busiest(self) -> int:
        """The hour with the most questions, UTC."""
        return max(range(24), key=lambda hour: self.hours[hour])
