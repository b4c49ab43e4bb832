"""Bands of pay: from the lowest tenth to the highest, the middle half and the middle, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation.area import Area
from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.pay import is_small, nation, nearest
from bot.conversation.pictures.words import (
    LONGEST_CAPTION,
    capital,
    line,
    people,
    picture,
    short_name,
    text,
    told,
    where,
)
from bot.conversation.state import Picture
from bot.conversation.wording import WAGES

POINTS = ("p10", "p25", "median", "p75", "p90")
MOST_BANDS = 8

Row = dict[str, Any]


def band(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], amount: float | None) -> Picture | None:
    """One place: a band for each role and the nation's below it.

    A role without figures there is shown for the nearest area that has some, under that area's name.
    """
    us = nation(knowledge.areas)
    home = areas[0] if areas else us
    found = [(role, nearest(home, role, knowledge.areas)) for role in roles]
    found = [(role, area) for role, area in found if _known(area, role)]
    if not found:
        return None
    if home not in [area for _, area in found]:
        home = found[0][1]
    several = len(found) > 1
    rows: list[Row] = []
    for role, area in found:
        who = capital(people(role, knowledge))
        elsewhere = text(knowledge, "title_one", who=who, where=where(area, knowledge))
        label = (who if area is home else elsewhere) if several else short_name(area, knowledge)
        rows.append(_row(label, area, role, "main", knowledge))
        if area is not us and _known(us, role):
            beside = text(knowledge, "title_one", who=who, where=where(us, knowledge))
            rows.append(_row(beside if several else short_name(us, knowledge), us, role, "nation", knowledge))
    key = "title_several" if several else "title_one"
    title = text(knowledge, key, who=capital(people(found[0][0], knowledge)), where=where(home, knowledge))
    return _bands("band", title, rows, amount, knowledge)


def compare(knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], amount: float | None) -> Picture | None:
    """Two to four places, or several roles in one. None unless at least two bands can be drawn."""
    us = nation(knowledge.areas)
    places = list(areas) or [us]
    if len(places) * len(roles) > MOST_BANDS:
        roles = roles[:1] if len(places) > 1 else roles[:MOST_BANDS]
    pairs = [(area, role) for role in roles for area in places[:MOST_BANDS]]
    rows = [
        _row(_pair_label(area, role, places, roles, knowledge), area, role, "main", knowledge) for area, role in pairs
    ]
    if sum(row["median"] is not None for row in rows) < 2:
        return None
    if len(roles) == 1 and us not in places and _known(us, roles[0]):
        rows.append(_row(short_name(us, knowledge), us, roles[0], "nation", knowledge))
    drawn = _bands("compare", _compare_title(places, roles, knowledge), rows, amount, knowledge)
    if len(drawn.caption) > LONGEST_CAPTION and len(roles) > 1:
        return compare(knowledge, areas, roles[:-1], amount)
    return drawn


def compare_roles(
    knowledge: Knowledge, areas: Sequence[Area], roles: Sequence[str], amount: float | None
) -> Picture | None:
    """Our own occupation beside those weighed against it, all of them if none is named, in one place."""
    own = list(knowledge.career.occupations)
    ours = [role for role in roles if role in own]
    others = [role for role in roles if role not in own] or list(knowledge.career.alternatives)
    return compare(knowledge, areas[:1], [*(ours if len(ours) == 1 else own[:1]), *others], amount)


def _pair_label(area: Area, role: str, places: Sequence[Area], roles: Sequence[str], knowledge: Knowledge) -> str:
    who, place = capital(people(role, knowledge)), short_name(area, knowledge)
    if len(roles) == 1:
        return place
    return who if len(places) == 1 else text(knowledge, "title_one", who=who, where=place)


def _compare_title(places: Sequence[Area], roles: Sequence[str], knowledge: Knowledge) -> str:
    if len(roles) == 1:
        return text(knowledge, "title_compare", who=capital(people(roles[0], knowledge)))
    if len(places) == 1:
        return text(knowledge, "title_compare_roles", where=where(places[0], knowledge))
    return text(knowledge, "title_compare_both")


def _known(area: Area, role: str) -> bool:
    return role in area.pay and area.pay[role].median is not None


def _row(label: str, area: Area, role: str, tone: str, knowledge: Knowledge) -> Row:
    """A band, or its name alone where nothing was published."""
    if not _known(area, role):
        none = dict.fromkeys(POINTS)
        return {"label": label, "tone": tone, "note": text(knowledge, "no_figure"), **none}
    pay = area.pay[role]
    values = {point: getattr(pay, point) for point in POINTS}
    drawn = {point: None if value is None else told(value, "usd_year") for point, value in values.items()}
    notes = [knowledge.career.known_occupations[role].note]
    if is_small(pay, knowledge.career.few_jobs):
        notes.append(text(knowledge, "few_jobs", jobs=write_number(pay.jobs or 0, "jobs")))
    note = "; ".join(filter(None, notes)) if tone == "main" else ""
    return {"label": label, "tone": tone, "note": note, **drawn}


def _bands(kind: str, title: str, rows: Sequence[Row], amount: float | None, knowledge: Knowledge) -> Picture:
    figures: dict[str, Any] = {
        "title": title,
        "subtitle": text(knowledge, "subtitle_pay"),
        "rows": list(rows),
        "words": {point: text(knowledge, point) for point in POINTS},
        "how_to_read": text(knowledge, "how_to_read"),
        "you": None,
    }
    after: list[str] = []
    if amount is not None:
        you = told(round(amount), "usd_year")
        figures["you"] = {**you, "label": text(knowledge, "you", amount=you["told"])}
        after = [line(knowledge, "you_row", amount=you["told"])]
    full = picture(kind, figures, [*_said(rows, "band_row", knowledge), *after], [WAGES], knowledge)
    if len(full.caption) <= LONGEST_CAPTION:
        return full
    return picture(kind, figures, [*_said(rows, "band_row_short", knowledge), *after], [WAGES], knowledge)


def _said(rows: Sequence[Row], key: str, knowledge: Knowledge) -> list[str]:
    said = []
    for row in rows:
        values = {point: row[point]["told"] if row[point] else "" for point in POINTS}
        if row["median"] is None:
            said.append(line(knowledge, "band_row_none", label=row["label"], no_figure=row["note"]))
        else:
            said.append(line(knowledge, key, label=row["label"], note=row["note"], **values))
    return said
