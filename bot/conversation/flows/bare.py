"""Facts and pay as bare numbers, for the expressions of a flow; whatever is reached is noted for the source line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.area import Area
from bot.conversation.knowledge import Fact, Knowledge
from bot.conversation.pay import nation, wider
from bot.conversation.views import PRICES, WAGES, Notes


class Names:
    """`answers.x`: each name is looked up when it is used."""

    def __init__(self, look_up: Callable[[str], Any], known: Mapping[str, Any]) -> None:
        self._look_up, self._known = look_up, known

    def __getattr__(self, name: str) -> Any:
        if name in self._known:
            return self._look_up(name)
        raise AttributeError(f"unknown name '{name}'")


class Bounds:
    """A fact with a low and a high end, bare."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high, self.middle = low, high, (low + high) / 2


class BareFacts:
    """`facts.exam.fee` -> the number. Reaching a fact notes it, so that the source line names it."""

    def __init__(self, node: Mapping[str, Any], path: str, facts: Mapping[str, Fact], notes: Notes) -> None:
        self._node, self._path, self._facts, self._notes = node, path, facts, notes

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}{name}"
        if name not in self._node:
            raise AttributeError(f"unknown fact '{path}'")
        if self._node[name]:
            return BareFacts(self._node[name], f"{path}.", self._facts, self._notes)
        fact = self._facts[path]
        self._notes.add(path)
        if fact.values:
            return Names(lambda value: _bare(fact.values[value]), fact.values)
        return _bare(fact.value)


def _bare(value: float | tuple[float, float] | None) -> Any:
    return Bounds(*value) if isinstance(value, tuple) else value


class BareTable:
    """`table.<role>.median`: bare pay of a place, or of the nearest larger one whose figures were published."""

    def __init__(self, asked: Area | None, knowledge: Knowledge, notes: Notes) -> None:
        self._asked, self._notes = asked, notes
        own = knowledge.career.occupations
        self._used = next((a for a in larger(asked, knowledge) if all(_has_pay(a, role) for role in own)), asked)

    @property
    def name(self) -> str:
        return self._used.name if self._used else ""

    @property
    def fell_back(self) -> bool:
        return bool(self._asked and self._used and self._asked.code != self._used.code)

    @property
    def rpp(self) -> float | None:
        self._notes.add(PRICES)
        places = [place for place in (self._asked, self._used) if place and place.rpp is not None]
        return places[0].rpp if places else None

    def __getattr__(self, role: str) -> Any:
        if self._used and role in self._used.pay:
            self._notes.add(WAGES)
            return self._used.pay[role]
        raise AttributeError(f"no pay is known for '{role}'")


def _has_pay(area: Area, role: str) -> bool:
    return role in area.pay and area.pay[role].median is not None


def larger(area: Area | None, knowledge: Knowledge) -> list[Area]:
    """The area, its first state or territory, the nation."""
    return list(wider(area, knowledge.areas)) if area else [nation(knowledge.areas)]
