"""Reads an answer's template before any person does: unknown facts, typed figures, markup, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from typing import Any

import jinja2
from jinja2 import nodes

from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.pay_views import PAY_NAMES
from bot.conversation.slots import NOTHING, Slots
from bot.conversation.wording import ENVIRONMENT, fill
from bot.load_knowledge.problems import did_you_mean

ALLOWED_TAGS = frozenset({"b", "i", "u", "s", "a", "code", "blockquote"})
NOT_FACTS = PAY_NAMES | {"loop", "part"}
SMALL_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|"
    "sixty|seventy|eighty|ninety|hundred|thousand|half a|a dozen|a third of|a quarter of|twice|double|triple"
)
UNITS = (
    "dollars?|bucks|percent|years?|months?|weeks?|days?|hours?|minutes?|times|questions?|attempts?|credits?|"
    "points|people|workers|jobs|states|employers|schools|students|exams"
)
TYPED_AMOUNT = re.compile(rf"\b({SMALL_NUMBERS})[\s-]+(?:more |full |extra )?({UNITS})\b", re.IGNORECASE)
SAMPLE_PAY = 40_000.0
DIGIT = re.compile(r"\d[\d,.]*")
AVERAGE = re.compile(r"\baverage (salary|pay|wage|income)\b", re.IGNORECASE)


@dataclass(slots=True)
class TemplateReport:
    """What a template uses and what is wrong with it: problems are (line within the answer, text)."""

    facts: set[str] = field(default_factory=set)
    words: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def inspect_template(template: str, knowledge: Knowledge, *, rendered: bool = True) -> TemplateReport:
    """Parse, look up every name, and render without and with each kind of place, occupation and amount.

    What answers share as parts is not `rendered` by itself.
    """
    report = TemplateReport()
    try:
        tree = ENVIRONMENT.parse(template)
    except jinja2.TemplateSyntaxError as error:
        report.problems.append((error.lineno, f"template: {error.message}"))
        return report
    _look_up_facts(tree, knowledge, report)
    _look_for_typed_figures(tree, knowledge, report)
    if rendered and not report.problems:
        _try_rendering(template, knowledge, report)
    return report


def _look_up_facts(tree: nodes.Template, knowledge: Knowledge, report: TemplateReport) -> None:
    bound = NOT_FACTS | {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
    for path, line in paths(tree):
        if path[0] in bound:
            continue
        fact_id = _fact_in(path, knowledge)
        if fact_id is None:
            name = ".".join(path)
            report.problems.append((line, f"unknown fact '{name}'{did_you_mean(name, knowledge.facts)}"))
        else:
            report.facts.add(fact_id)


def _fact_in(path: tuple[str, ...], knowledge: Knowledge) -> str | None:
    """The fact that `exam.fee.one` walks through, if its rest is a part that this fact has."""
    for end in range(len(path), 0, -1):
        fact = knowledge.facts.get(".".join(path[:end]))
        if fact is None:
            continue
        rest = path[end:]
        parts = set(fact.values) | {"top"} if fact.values else set()
        fits = not rest or rest[0] in parts | {"low", "high"}
        return ".".join(path[:end]) if fits else None
    return None


def paths(tree: nodes.Template) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every longest dotted name in the template."""
    inner: set[int] = set()
    for outer in tree.find_all((nodes.Getattr, nodes.Getitem)):
        inner |= {id(child) for child in outer.iter_child_nodes()}
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Getitem)):
        if id(node) in inner:
            continue
        path = _path_of(node)
        if path:
            yield path, node.lineno


def _path_of(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,) if node.ctx == "load" else ()
    if isinstance(node, nodes.Getattr):
        head = _path_of(node.node)
        return (*head, node.attr) if head else ()
    if isinstance(node, nodes.Getitem):
        head = _path_of(node.node)
        key = (str(node.arg.value),) if isinstance(node.arg, nodes.Const) else ()
        return (*head, *key) if head else ()
    return ()


def _look_for_typed_figures(tree: nodes.Template, knowledge: Knowledge, report: TemplateReport) -> None:
    allowed = sorted(knowledge.vocabulary.names_with_digits, key=len, reverse=True)
    for data in tree.find_all(nodes.TemplateData):
        text = re.sub(r"<[^>]*>", "", data.data)
        for name in allowed:
            text = text.replace(name, " ")
        for pattern in (DIGIT, TYPED_AMOUNT):
            for match in pattern.finditer(text):
                what = f"'{match[0]}' is a figure typed into the answer; make it a fact and write {{{{ its.id }}}}"
                report.problems.append((data.lineno, what))
        if AVERAGE.search(text):
            what = "'average salary' does not say which average; say median, or the mean of whom"
            report.problems.append((data.lineno, what))


def _try_rendering(template: str, knowledge: Knowledge, report: TemplateReport) -> None:
    some = Slots((next(iter(knowledge.career.occupations)),), amount=SAMPLE_PAY, per="year", a_year=SAMPLE_PAY)
    for places, slots in product(((), *_sample_places(knowledge)), (NOTHING, Slots(per="hour"), some)):
        try:
            text, used = fill(template, knowledge, places=places, slots=slots)
        except (jinja2.TemplateError, TypeError, KeyError, AttributeError) as error:
            named = f" for {places[0].name}" if places else ""
            report.problems.append((1, f"can't be filled in{named}: {error}"))
            return
        report.facts |= {fact for fact in used if fact in knowledge.facts}
        markup = Markup()
        markup.feed(text)
        markup.close()
        for what in markup.finish():
            report.problems.append((1, what))
        if not places and slots is NOTHING:
            report.words = len(markup.text.split())


def _sample_places(knowledge: Knowledge) -> list[tuple[Area, ...]]:
    """One place with all figures, one with none, and a pair."""
    areas = list(knowledge.areas.values())
    own = list(knowledge.career.occupations)
    full = next((a for a in areas if all(p.median and p.jobs for p in a.pay.values())), None)
    empty = next((a for a in areas if not any(a.pay[role].median for role in own)), None)
    some: list[tuple[Area, ...]] = [(area,) for area in (full, empty) if area]
    return [*some, (full, empty)] if full and empty else some


class Markup(HTMLParser):
    """Collects the plain text of Telegram HTML and what is wrong with its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._open: list[str] = []
        self._wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ALLOWED_TAGS:
            self._wrong.append(f"Telegram does not know the tag <{tag}>{did_you_mean(tag, ALLOWED_TAGS)}")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self._wrong.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> list[str]:
        return self._wrong + [f"<{tag}> is never closed" for tag in self._open]
