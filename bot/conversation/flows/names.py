"""What expressions and templates of a flow can see: answers, sums, bare facts, the pay table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType, SimpleNamespace
from typing import Any

import jinja2

from bot.conversation.amounts import WEEKS_A_YEAR
from bot.conversation.area import Area
from bot.conversation.estimates import ESTIMATES
from bot.conversation.flows.answers import default_of, ends_of, plain_of, told
from bot.conversation.flows.bare import BareFacts, BareTable, Names
from bot.conversation.flows.shape import Flow, Step, Sum
from bot.conversation.knowledge import Knowledge
from bot.conversation.views import Notes
from bot.conversation.wording import ENVIRONMENT

RAISES = (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError)


class FlowError(Exception):
    """A sum or a condition of a flow can't be worked out; says which and why."""


class Later:
    """An object that is made when something of it is asked."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


class Listed(Sequence[str]):
    """A list that is made when it is looked at."""

    def __init__(self, make: Callable[[], tuple[str, ...]]) -> None:
        self._make = make

    def __getitem__(self, index: Any) -> Any:
        return self._make()[index]

    def __len__(self) -> int:
        return len(self._make())

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())


@lru_cache(maxsize=4096)
def expression(source: str) -> Callable[..., Any]:
    """A compiled expression; raises `jinja2.TemplateSyntaxError` for what is none."""
    return ENVIRONMENT.compile_expression(source, undefined_to_none=False)


class Scope:
    """The names of one flow for one set of answers. `answers` holds only steps that were asked."""

    def __init__(
        self,
        flow: Flow,
        answers: Mapping[str, Any],
        knowledge: Knowledge,
        today: dt.date,
        by_hour: Mapping[str, Sequence[float]] = MappingProxyType({}),
    ) -> None:
        self.flow, self.answers, self.knowledge, self.today = flow, answers, knowledge, today
        self._by_hour = by_hour
        self.notes = Notes()  # facts that sums and conditions used
        self._sums: dict[str, Any] = {}
        self._open: list[str] = []
        self._table: BareTable | None = None
        self._names: dict[str, Any] = {}

    def answers_changed(self) -> None:
        """Forget what was worked out from `answers`, to which whoever walks a flow adds one after the other."""
        self._sums.clear()
        self._table = None

    def value(self, step_id: str) -> Any:
        """The answer as expressions see it, the default where there is none."""
        step, given = self.flow.steps[step_id], self.answers.get(step_id)
        return plain_of(step, default_of(step, self.today) if given is None else given)

    def _end(self, step_id: str, index: int) -> float | None:
        step, given = self.flow.steps[step_id], self.answers.get(step_id)
        ends = ends_of(default_of(step, self.today) if given is None else given)
        return ends[index] if ends else None

    def _worked(self, step_id: str) -> float | None:
        """The hours a week that a year's pay was counted from; None where no pay by the hour was told."""
        rate, year = ends_of(self._by_hour.get(step_id)), ends_of(self.answers.get(step_id))
        return year[1] / rate[1] / WEEKS_A_YEAR if rate and year and rate[1] else None

    def area(self) -> Area | None:
        """The place that was answered, if it is one of the table."""
        for step_id, step in self.flow.steps.items():
            if step.kind == "place":
                code = self.value(step_id)
                return self.knowledge.areas.get(code) if isinstance(code, str) else None
        return None

    def sum(self, name: str) -> Any:
        if name not in self._sums:
            if name in self._open:
                raise FlowError(f"sum '{name}' goes round in a circle: {' -> '.join([*self._open, name])}")
            self._open.append(name)
            try:
                self._sums[name] = self._work_out(name, self.flow.sums[name])
            finally:
                self._open.pop()
        return self._sums[name]

    def _work_out(self, name: str, wanted: str | Sum) -> Any:
        if isinstance(wanted, str):
            return self.evaluate(wanted, f"sum '{name}'")
        if wanted.when and not self.evaluate(wanted.when, f"the condition of sum '{name}'"):
            return None
        given = {key: self.evaluate(source, f"input '{key}' of '{name}'") for key, source in wanted.inputs.items()}
        try:
            return SimpleNamespace(**ESTIMATES[wanted.run](given))
        except RAISES as error:
            raise FlowError(f"sum '{name}' ({wanted.run}): {error}") from error

    def evaluate(self, source: str, what: str) -> Any:
        """Raises FlowError naming `what` when the expression fails."""
        try:
            value = expression(source)(self.names())
            if isinstance(value, jinja2.Undefined):
                str(value)  # a strict undefined raises, saying which name
            return value
        except RAISES as error:
            raise FlowError(f"{what}: {error}") from error

    def table(self) -> BareTable:
        if self._table is None:
            self._table = BareTable(self.area(), self.knowledge, self.notes)
        return self._table

    def names(self) -> dict[str, Any]:
        """What an expression sees; made once, since everything behind it is looked up when used."""
        if not self._names:
            self._names = self._all_names()
        return self._names

    def _all_names(self) -> dict[str, Any]:
        steps = self.flow.steps
        return {
            "answers": Names(self.value, steps),
            "known": Names(lambda name: self.answers.get(name) is not None, steps),
            "low": Names(lambda name: self._end(name, 0), steps),
            "high": Names(lambda name: self._end(name, 1), steps),
            "labels": Names(self.label, steps),
            "worked": Names(self._worked, steps),
            "skipped": Listed(self._skipped),
            "sums": Names(self.sum, self.flow.sums),
            "facts": BareFacts(self.knowledge.fact_tree, "", self.knowledge.facts, self.notes),
            "table": Later(self.table),
            "today": self.today,
        }

    def _skipped(self) -> tuple[str, ...]:
        return tuple(name for name in self.flow.steps if self.answers.get(name) is None)

    def label(self, step_id: str) -> str:
        step, given = self.flow.steps[step_id], self.answers.get(step_id)
        shown = default_of(step, self.today) if given is None else given
        return told(step, shown, self.knowledge) if shown is not None else ""

    def verdict(self) -> str:
        return str(self.evaluate(self.flow.verdict, "the verdict")) if self.flow.verdict else ""

    def known_verdict(self) -> str:
        """The same, but "" where it can't be worked out."""
        try:
            return self.verdict()
        except FlowError:
            return ""

    def assumed(self) -> list[str]:
        """What was taken for steps that were asked and skipped, in the author's words."""
        asked: Sequence[tuple[str, Step]] = [(k, s) for k, s in self.flow.steps.items() if k in self.answers]
        return [step.assume for name, step in asked if self.answers[name] is None and step.assume]
