"""The nation's middle pay over the years, a line for each role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures.words import capital, line, people, picture, text, told
from bot.conversation.state import Picture
from bot.conversation.wording import WAGES


def trend(knowledge: Knowledge, roles: Sequence[str]) -> Picture | None:
    """None unless a role has at least two years."""
    lines = [drawn for role in roles if len((drawn := _line(role, knowledge))["points"]) > 1]
    if not lines:
        return None
    figures = {
        "title": text(knowledge, "trend"),
        "subtitle": text(knowledge, "subtitle_trend"),
        "lines": lines,
    }
    said = [f"{figures['subtitle']}.", *(_said(drawn, knowledge) for drawn in lines)]
    return picture("trend", figures, said, [WAGES], knowledge)


def _line(role: str, knowledge: Knowledge) -> dict[str, Any]:
    points = [
        {"year": int(year.as_of[:4]), **told(year.pay.median, "usd_year")}
        for year in knowledge.history.get(role, ())
        if year.pay.median is not None
    ]
    return {"label": capital(people(role, knowledge)), "points": points}


def _said(drawn: dict[str, Any], knowledge: Knowledge) -> str:
    points = drawn["points"]
    first, last = points[0], points[-1]
    grown = round((last["value"] / first["value"] - 1) * 100)
    return line(
        knowledge,
        "trend_row",
        label=drawn["label"],
        points=", ".join(text(knowledge, "trend_point", **point) for point in points),
        change=write_number(abs(grown), "percent"),
        rising=grown >= 0,
        first=first["year"],
        last=last["year"],
    )
