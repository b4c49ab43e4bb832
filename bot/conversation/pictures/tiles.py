"""The states as equal tiles, each with its figure, shaded by it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures.measures import Measure
from bot.conversation.pictures.words import line, people, picture, text
from bot.conversation.state import Picture

SHADES = 5


def tiles(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], measure: Measure) -> Picture | None:
    """Every state in its place; `areas` stand out. None if no state has a figure."""
    role = roles[0]
    states = {a.states[0]: a for a in knowledge.areas.values() if a.type == "state"}
    values = {code: measure.of(area, role) for code, area in states.items()}
    order = sorted((code for code, value in values.items() if value is not None), key=lambda c: (-(values[c] or 0), c))
    if not order:
        return None
    shades = {code: SHADES - 1 - place * SHADES // len(order) for place, code in enumerate(order)}
    asked = {state for area in areas for state in area.states}
    told = {code: _short(value, measure) for code, value in values.items()}
    drawn = [
        {"code": code, "column": x, "row": y, "shade": shades.get(code), "told": told[code], "marked": code in asked}
        for code, x, y in _grid(knowledge)
        if code in states
    ]
    figures = {
        "title": text(knowledge, f"map_{measure.name}", who=people(role, knowledge)),
        "subtitle": text(knowledge, f"map_unit_{measure.name}"),
        "tiles": drawn,
        "low": text(knowledge, "map_low"),
        "high": text(knowledge, "map_high"),
    }
    listed = ", ".join(f"{code} {told[code]}" for code in order)
    said = [f"{figures['subtitle']}:", listed + ".", line(knowledge, "map_scale")]
    unknown = sorted(code for code, value in values.items() if value is None)
    if unknown:
        said.append(line(knowledge, "map_none", states=", ".join(unknown)))
    return picture("map", figures, said, measure.tables, knowledge)


def _grid(knowledge: Knowledge) -> list[tuple[str, int, int]]:
    lines = knowledge.picture_words["tiles"].split("\n")
    return [
        (code, column, row)
        for row, codes in enumerate(lines)
        for column, code in enumerate(codes.split())
        if code != ".."
    ]


def _short(value: float | None, measure: Measure) -> str:
    """`48.9` for thousands of dollars; `290`, `2.3k`, `15k` for jobs."""
    if value is None:
        return "–"
    if measure.unit != "jobs":
        return f"{value / 1000:.1f}"
    if value < 1000:
        return f"{value:.0f}"
    return f"{value / 1000:.1f}k" if value < 9950 else f"{value / 1000:.0f}k"
