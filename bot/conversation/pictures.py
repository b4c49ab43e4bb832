"""Which picture goes with an answer: areas, roles and figures -> the plain data of a chart."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.knowledge import Area, Knowledge
from bot.conversation.state import Picture


def picture_of(
    kind: str,
    knowledge: Knowledge,
    *,
    areas: Sequence[Area] = (),
    roles: Sequence[str] = (),
    amount: float | None = None,
) -> Picture | None:
    """The picture of `kind` (band, compare, ranking, map, trend) for these areas and roles, or None without figures.

    `amount` is a yearly pay in dollars to mark as "you".
    """
    return None
