"""Few words that ask nothing by themselves, and what they ask by what was talked of.

"How much is it?" after an exam is not what it is after a course.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.conversation.vocabulary import STRICT


@dataclass(frozen=True, slots=True)
class Subject:
    """Questions that are about one thing; `asks` names the question that a way of asking means after any of them."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    entries: tuple[str, ...]
    asks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leaning:
    """`ways` of asking by name, each in all its wordings; where two of `after` name an entry, the first counts."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: tuple[Subject, ...] = ()
