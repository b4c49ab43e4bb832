"""The top places by a measure, as bars, longest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation.area import Area
from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.pay import nation, ranked
from bot.conversation.pictures.measures import Measure
from bot.conversation.pictures.words import capital, line, people, picture, short_name, text, told
from bot.conversation.state import Picture

SHOWN = 10


def of_states(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], measure: Measure) -> Picture | None:
    """The top states; those of `areas` stand out, and come below with their rank if they are not at the top."""
    title = text(knowledge, "ranking_states", measure=_measure(measure, roles[0], knowledge))
    found = _ranked(knowledge, roles[0], measure, "state")
    asked = {state for area in areas for state in area.states}
    marked = [state for state, _ in found if state.states[0] in asked]
    return _ranking(title, found, marked, roles[0], measure, knowledge)


def of_metros(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], measure: Measure) -> Picture | None:
    """The top metro areas; those of one state if `areas` starts with a state."""
    role, words = roles[0], _measure(measure, roles[0], knowledge)
    state = areas[0] if areas and areas[0].type == "state" else None
    title = text(knowledge, "ranking_metros", measure=words)
    if state:
        title = text(knowledge, "ranking_metros_in", where=state.name, measure=words)
    found = _ranked(knowledge, role, measure, "metro", state.states[0] if state else "")
    return _ranking(title, found, areas, role, measure, knowledge)


def _measure(measure: Measure, role: str, knowledge: Knowledge) -> str:
    return text(knowledge, f"measure_{measure.name}", who=people(role, knowledge))


def _ranked(knowledge: Knowledge, role: str, measure: Measure, kind: str, state: str = "") -> list[tuple[Area, float]]:
    areas = knowledge.areas.values()
    return ranked(areas, role, measure.by, kind=kind, least_jobs=_floor(measure, knowledge), state=state)


def _floor(measure: Measure, knowledge: Knowledge) -> int:
    """A handful of people can't make a place the best paying one."""
    return 0 if measure.unit == "jobs" else knowledge.career.few_jobs


def _ranking(
    title: str,
    found: Sequence[tuple[Area, float]],
    marked: Sequence[Area],
    role: str,
    measure: Measure,
    knowledge: Knowledge,
) -> Picture | None:
    if len(found) < 2:
        return None
    asked = {area.code for area in marked}
    rows: list[dict[str, Any]] = [
        {"rank": rank, "label": short_name(area, knowledge), "marked": area.code in asked, **told(value, measure.unit)}
        for rank, (area, value) in enumerate(found, start=1)
        if rank <= SHOWN or area.code in asked
    ]
    middle = measure.of(nation(knowledge.areas), role) if measure.unit != "jobs" else None
    subtitle, floor = text(knowledge, f"subtitle_{measure.name}"), _floor(measure, knowledge)
    if floor:
        subtitle = text(knowledge, "subtitle_floor", subtitle=subtitle, jobs=write_number(floor, "jobs"))
    line_across = {"label": text(knowledge, "nation_row"), **told(middle, measure.unit)} if middle else None
    figures = {"title": capital(title), "subtitle": subtitle, "rows": rows, "nation": line_across}
    said = [subtitle + ":", *(line(knowledge, "ranking_row", **row) for row in rows)]
    if line_across:
        said.append(line(knowledge, "ranking_nation", told=line_across["told"]))
    return picture("ranking", figures, said, measure.tables, knowledge)
