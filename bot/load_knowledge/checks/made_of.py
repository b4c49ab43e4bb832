"""Facts that are sums of other facts: when one of these changes, so must they."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.figures import write_figure
from bot.conversation.knowledge import Fact, Knowledge
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.flow_names import fact_in
from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.yaml_lines import Path_

ROUNDED = 1  # a sum is written in whole numbers, up or down
Range = tuple[float, float]
Figure = float | Range


class NoFigure(Exception):
    """A name that no figure is found by."""


@rule(
    "sum",
    why="A price that changed in one place would go on in the sums made of it, and two answers would contradict.",
    fix="Write the sum as it is now.",
)
def sums(content: Content) -> Iterator[Found]:
    for fact_id, fact in content.knowledge.facts.items():
        for at, figure, terms in _claimed(fact):
            try:
                yield from _compared(fact_id, at, figure, terms, content.knowledge)
            except NoFigure as wrong:
                fix = "Name figures as answers do: exam.fee, exam.fee.low, or one of several values by its name."
                yield Found(fact_id, str(wrong), ("made_of",), fix)


def _claimed(fact: Fact) -> Iterator[tuple[Path_, Figure | None, str]]:
    """Each figure of the fact that is said to be a sum: where it stands, the figure, the sum."""
    if isinstance(fact.made_of, str):
        if fact.made_of:
            yield ("value",), fact.value, fact.made_of
        return
    for name, terms in fact.made_of.items():
        yield ("values", name), fact.values.get(name), terms


def _compared(fact_id: str, at: Path_, figure: Figure | None, terms: str, knowledge: Knowledge) -> Iterator[Found]:
    if figure is None:
        raise NoFigure(f"is a sum for '{at[-1]}', which is no figure here")
    low, high = _both(figure)
    should = _sum(terms, knowledge)
    if abs(low - should[0]) >= ROUNDED or abs(high - should[1]) >= ROUNDED:
        unit = knowledge.facts[fact_id].unit
        rounded = (round(should[0]), round(should[1]))
        new = f"{rounded[0]}" if rounded[0] == rounded[1] else f"[{rounded[0]}, {rounded[1]}]"
        what = f"says {write_figure(figure, unit)}, and {terms} is {write_figure(_one(rounded), unit)}"
        yield Found(fact_id, what, at, f"  {at[-1]}: {new}\nLook whether 'note', 'label' and as_of still hold.")


def _sum(terms: str, knowledge: Knowledge) -> Range:
    """Of "a + b", or of the two sides of "a + b to c + d"."""
    first, _, last = terms.partition(" to ")
    return _added(first, knowledge)[0], _added(last or first, knowledge)[1]


def _added(terms: str, knowledge: Knowledge) -> Range:
    figures = [_both(_figure(name.strip(), knowledge)) for name in terms.split("+")]
    return sum(low for low, _ in figures), sum(high for _, high in figures)


def _figure(name: str, knowledge: Knowledge) -> Figure:
    path = tuple(name.split("."))
    fact_id = fact_in(path, knowledge)
    if not fact_id:
        raise NoFigure(f"is made of '{name}', which is no fact{did_you_mean(name, knowledge.facts)}")
    fact, rest = knowledge.facts[fact_id], path[fact_id.count(".") + 1 :]
    found = fact.values.get(rest[0]) if fact.values and rest else fact.value
    ends = rest[1:] if fact.values else rest
    if found is None or (ends and ends not in (("low",), ("high",))):
        raise NoFigure(f"is made of '{name}', which is no figure of {fact_id}")
    return _both(found)[ends == ("high",)] if ends else found


def _both(figure: Figure) -> Range:
    return figure if isinstance(figure, tuple) else (figure, figure)


def _one(both: Range) -> Figure:
    return both[0] if both[0] == both[1] else both
