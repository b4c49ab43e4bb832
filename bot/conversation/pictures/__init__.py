"""Which picture goes with an answer: areas, roles and figures -> the plain data of a chart.

`KINDS` at the bottom lists all there is; an entry of the knowledge names one under `picture:`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures.bands import band, compare, compare_roles
from bot.conversation.pictures.measures import AFTER_PRICES, JOBS, MEDIAN, Measure
from bot.conversation.pictures.rankings import of_metros, of_states
from bot.conversation.pictures.tiles import tiles
from bot.conversation.pictures.trend import trend
from bot.conversation.state import Picture

Makes = Callable[[Knowledge, Sequence[Area], Sequence[str], "float | None"], Picture | None]


def picture_of(
    kind: str,
    knowledge: Knowledge,
    *,
    areas: Sequence[Area] = (),
    roles: Sequence[str] = (),
    amount: float | None = None,
) -> Picture | None:
    """The picture of `kind` (one of KINDS) for these areas and roles, or None where figures for it are missing.

    Without `areas` it is about the nation or all states; without `roles` about the career's own. Rankings and maps
    show the first role, and let `areas` stand out. `amount` is a yearly pay in dollars to mark as "you" on bands.
    """
    known = [role for role in roles if role in knowledge.career.known_occupations]
    return KINDS[kind](knowledge, areas, known or list(knowledge.career.occupations), amount)


def _by(make: Callable[[Knowledge, Sequence[Area], Sequence[str], Measure], Picture | None], measure: Measure) -> Makes:
    return lambda knowledge, areas, roles, _amount: make(knowledge, areas, roles, measure)


KINDS: dict[str, Makes] = {
    "band": band,
    "compare": compare,
    "compare.roles": compare_roles,
    "ranking": _by(of_states, MEDIAN),
    "ranking.jobs": _by(of_states, JOBS),
    "ranking.prices": _by(of_states, AFTER_PRICES),
    "ranking.metros": _by(of_metros, MEDIAN),
    "ranking.metros.jobs": _by(of_metros, JOBS),
    "ranking.metros.prices": _by(of_metros, AFTER_PRICES),
    "map": _by(tiles, MEDIAN),
    "map.jobs": _by(tiles, JOBS),
    "map.prices": _by(tiles, AFTER_PRICES),
    "trend": lambda knowledge, _areas, roles, _amount: trend(knowledge, roles),
}
