"""The top places by a measure, as bars, longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.conversation.figures import write_number
from bot.conversation.knowledge import Area, Knowledge
from bot.conversation.pictures.measures import Measure
from bot.conversation.pictures.words import capital, line, nation, people, picture, short_name, text, told
from bot.conversation.state import Picture

SHOWN = 10
FEWEST_JOBS = 200  # so that a handful of people can't make a metro area the best paying one


def of_states(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], measure: Measure) -> Picture | None:
    """The top states; `areas` among them stand out, and come below with their rank if they are not at the top."""
    ranked = _ranked((a for a in knowledge.areas.values() if a.type == "state"), roles[0], measure)
    title = text(knowledge, "ranking_states", measure=_measure(measure, roles[0], knowledge))
    return _ranking(title, ranked, areas, roles[0], measure, knowledge)


def of_metros(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], measure: Measure) -> Picture | None:
    """The top metro areas; those of one state if `areas` starts with a state."""
    role, state = roles[0], areas[0] if areas and areas[0].type == "state" else None
    metros = (a for a in knowledge.areas.values() if a.type == "metro" and (a.pay[role].jobs or 0) >= FEWEST_JOBS)
    ranked = _ranked((a for a in metros if state is None or state.states[0] in a.states), role, measure)
    words = _measure(measure, role, knowledge)
    title = text(knowledge, "ranking_metros", measure=words)
    if state:
        title = text(knowledge, "ranking_metros_in", where=state.name, measure=words)
    return _ranking(title, ranked, areas, role, measure, knowledge, floor=FEWEST_JOBS)


def _measure(measure: Measure, role: str, knowledge: Knowledge) -> str:
    return text(knowledge, f"measure_{measure.name}", who=people(role, knowledge))


def _ranked(areas: Iterable[Area], role: str, measure: Measure) -> list[tuple[Area, float]]:
    known = [(area, value) for area in areas if (value := measure.of(area, role)) is not None]
    return sorted(known, key=lambda pair: (-pair[1], pair[0].name))


def _ranking(
    title: str,
    ranked: Sequence[tuple[Area, float]],
    marked: Sequence[Area],
    role: str,
    measure: Measure,
    knowledge: Knowledge,
    floor: int | None = None,
) -> Picture | None:
    if len(ranked) < 2:
        return None
    asked = {area.code for area in marked}
    rows: list[dict[str, Any]] = [
        {"rank": rank, "label": short_name(area, knowledge), "marked": area.code in asked, **told(value, measure.unit)}
        for rank, (area, value) in enumerate(ranked, start=1)
        if rank <= SHOWN or area.code in asked
    ]
    us = nation(knowledge)
    middle = measure.of(us, role) if us and measure.unit != "jobs" else None
    subtitle = text(knowledge, f"subtitle_{measure.name}")
    if floor:
        subtitle = text(knowledge, "subtitle_floor", subtitle=subtitle, jobs=write_number(floor, "jobs"))
    line_across = {"label": text(knowledge, "nation_row"), **told(middle, measure.unit)} if middle else None
    figures = {"title": capital(title), "subtitle": subtitle, "rows": rows, "nation": line_across}
    said = [subtitle + ":", *(line(knowledge, "ranking_row", **row) for row in rows)]
    if line_across:
        said.append(line(knowledge, "ranking_nation", told=line_across["told"]))
    return picture("ranking", figures, said, measure.tables, knowledge)
