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
from bot.conversation.pay import is_small
from bot.conversation.pay_views import PAY_NAMES
from bot.conversation.slots import NOTHING, Slots
from bot.conversation.wording import ENVIRONMENT, fill
from bot.load_knowledge.problems import did_you_mean, nearest

ALLOWED_TAGS = frozenset({"b", "i", "u", "s", "a", "code", "blockquote"})
NOT_FACTS = PAY_NAMES | {"loop", "part"}
SMALL_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|"
    "sixty|seventy|eighty|ninety|hundred|thousand|half a|a dozen|a third of|a quarter of|twice|double|triple"
)
COUNTED = (*range(2, 13), 15, 16, *range(20, 100, 10))  # what the first of these are
NUMBERS = dict(zip(SMALL_NUMBERS.split("|"), map(str, COUNTED), strict=False))
UNITS = (
    "dollars?|bucks|percent|years?|months?|weeks?|days?|hours?|minutes?|times|questions?|attempts?|credits?|"
    "points|people|workers|jobs|states|employers|schools|students|exams"
)
TYPED_AMOUNT = re.compile(rf"\b({SMALL_NUMBERS})[\s-]+(?:more |full |extra )?({UNITS})\b", re.IGNORECASE)
UNIT_AFTER = re.compile(r"[\s-]*(%|percent|days?|weeks?|months?|years?|hours?|minutes?|questions?|credits?|jobs?)")
ONE_BRACE = (re.compile(r"(?<!\{)\{ *(\w+(?:\.\w+)+) *\}(?!\})"), "template", r"{{ \1 }}")
STARS = (re.compile(r"\*\*(\w[^*\n]*)\*\*"), "markup", r"<b>\1</b>")
LINK = (re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)"), "markup", r'<a href="\2">\1</a>')
SAMPLE_PAY = 40_000.0
UNFILLED = (jinja2.TemplateError, ArithmeticError, LookupError, AttributeError, TypeError, ValueError)
TYPED_ONE = "is a figure typed into the answer; make it a fact and write {{ its.id }}"
TYPED_MORE = "are figures typed into the answer; make each a fact and write {{ its.id }}"
NO_FILTER = re.compile(r"No filter named '(\w+)'")
DIGIT = re.compile(r"\d(?:[\d,.]*\d)?")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a template by which rule, on which of its lines (0: of the whole)."""

    line: int
    rule: str
    what: str
    fix: str = ""


@dataclass(slots=True)
class TemplateReport:
    """What a template uses, the text it gives without a place, the length of its longest, and what is wrong with it."""

    facts: set[str] = field(default_factory=set)
    text: str = ""
    longest: int = 0
    tree: nodes.Template | None = None
    flaws: list[Flaw] = field(default_factory=list)


def inspect_template(template: str, knowledge: Knowledge, *, rendered: bool = True) -> TemplateReport:
    """Parse, look up every name, and render without and with each kind of place, occupation and amount.

    What answers share as parts is not `rendered` by itself.
    """
    report = parsed(template)
    if report.tree is None:
        return report
    _look_up_facts(report.tree, knowledge, report)
    _look_for_typed_figures(report.tree, knowledge, report)
    _look_for_other_markup(report.tree, report)
    if rendered and not report.flaws:
        _try_rendering(template, knowledge, report)
    return report


def parsed(template: str) -> TemplateReport:
    """The template's tree, or why it has none."""
    try:
        return TemplateReport(tree=ENVIRONMENT.parse(template))
    except jinja2.TemplateSyntaxError as error:
        return TemplateReport(flaws=[Flaw(error.lineno, "template", f"template: {error.message}")])


def _look_up_facts(tree: nodes.Template, knowledge: Knowledge, report: TemplateReport) -> None:
    bound = NOT_FACTS | {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
    for path, line in paths(tree):
        if path[0] in bound:
            continue
        fact_id = _fact_in(path, knowledge)
        if fact_id is None:
            name = ".".join(path)
            near = nearest(name, knowledge.facts)
            what = f"unknown fact '{name}'{did_you_mean(name, knowledge.facts)}"
            report.flaws.append(Flaw(line, "unknown-fact", what, f"{{{{ {near} }}}}" if near else ""))
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
        path = path_of(node)
        if path:
            yield path, node.lineno


def path_of(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,) if node.ctx == "load" else ()
    if isinstance(node, nodes.Getattr):
        head = path_of(node.node)
        return (*head, node.attr) if head else ()
    if isinstance(node, nodes.Getitem):
        head = path_of(node.node)
        key = (str(node.arg.value),) if isinstance(node.arg, nodes.Const) else ()
        return (*head, *key) if head else ()
    return ()


def _look_for_typed_figures(tree: nodes.Template, knowledge: Knowledge, report: TemplateReport) -> None:
    """One flaw for each line that has any, which names them in their order."""
    allowed = sorted(knowledge.vocabulary.names_with_digits, key=len, reverse=True)
    typed: dict[int, list[tuple[str, str]]] = {}  # line -> figures, each with the fact it should be
    for data in tree.find_all(nodes.TemplateData):
        text = re.sub(r"<[^>]*>", "", data.data)
        for name in allowed:
            text = text.replace(name, " ")
        matches = [match for pattern in (DIGIT, TYPED_AMOUNT) for match in pattern.finditer(text)]
        for match in sorted(matches, key=lambda match: match.start()):
            line = data.lineno + text.count("\n", 0, match.start())
            typed.setdefault(line, []).append((match[0], _as_fact(match[0], text[match.end() :])))
    for line, figures in typed.items():
        names = list(dict.fromkeys(f"'{figure}'" for figure, _ in figures))
        what = f"{', '.join(names)} {TYPED_ONE if len(names) == 1 else TYPED_MORE}"
        report.flaws.append(Flaw(line, "typed-figure", what, "\n".join(dict.fromkeys(fix for _, fix in figures))))


def _look_for_other_markup(tree: nodes.Template, report: TemplateReport) -> None:
    """What people would see as it stands: names in single braces, and the markup of Markdown."""
    for data in tree.find_all(nodes.TemplateData):
        for pattern, rule, instead in ONE_BRACE, STARS, LINK:
            for match in pattern.finditer(data.data):
                line = data.lineno + data.data.count("\n", 0, match.start())
                fix = match.expand(instead)
                report.flaws.append(Flaw(line, rule, f"people would read '{match[0]}' as it stands", f"Write {fix}"))


def _as_fact(figure: str, after: str) -> str:
    """The fact that a typed figure should be, to fill in; its unit is guessed from the words `after` it."""
    digits = re.sub(r"[^\d.]", "", figure).strip(".") or NUMBERS.get(re.split(r"[\s-]", figure.lower())[0], "0")
    named = UNIT_AFTER.match(after) or UNIT_AFTER.search(figure)
    unit = "usd" if named is None else "percent" if named[1] in ("%", "percent") else f"{named[1].rstrip('s')}s"
    statistic = {"usd": "price", "percent": "share"}.get(unit, "rule")
    return (
        "in a file under facts/:\n"
        f"a.name.for_it:\n  label: what {figure} is\n  value: {digits}\n  unit: {unit}\n  statistic: {statistic}\n"
        "  sources: [an_id_from_sources.yaml]\n  as_of: 2026-01\n  old_after: 2027-01-31\n  confidence: medium\n"
        "in the answer: {{ a.name.for_it }}"
    )


def _try_rendering(template: str, knowledge: Knowledge, report: TemplateReport) -> None:
    some = Slots((next(iter(knowledge.career.occupations)),), amount=SAMPLE_PAY, per="year", a_year=SAMPLE_PAY)
    for places, slots in product(((), *_sample_places(knowledge)), (NOTHING, Slots(per="hour"), some)):
        try:
            text, used = fill(template, knowledge, places=places, slots=slots)
        except UNFILLED as error:
            named = f" for {places[0].name}" if places else ""
            line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else 0
            report.flaws.append(Flaw(line, "template", f"can't be filled in{named}: {why(error)}"))
            return
        report.facts |= {fact for fact in used if fact in knowledge.facts}
        markup = Markup()
        markup.feed(text)
        markup.close()
        flaws = [Flaw(_line_of_tag(what, template), "markup", what) for what in markup.finish()]
        report.flaws += [flaw for flaw in flaws if flaw not in report.flaws]
        report.longest = max(report.longest, shown_length(markup.text))
        if not places and slots is NOTHING:
            report.text = markup.text


def why(error: Exception) -> str:
    """What went wrong in a template, for whoever wrote it."""
    if isinstance(error, KeyError):
        return f"there is no {error}"
    told = str(error).partition("\n")[0]
    unknown = NO_FILTER.match(told)
    return f"there is no filter '{unknown[1]}'{did_you_mean(unknown[1], ENVIRONMENT.filters)}" if unknown else told


def _line_of_tag(what: str, template: str) -> int:
    """The line where a tag is opened and not closed; else the first that has it."""
    tag = re.search(r"</?(\w+)", what)
    name = tag[1] if tag else ""
    lines = [(len(re.findall(rf"<{name}\b", line)), line.count(f"</{name}>")) for line in template.splitlines()]
    uneven = [number for number, (opened, closed) in enumerate(lines, start=1) if opened != closed]
    having = [number for number, (opened, closed) in enumerate(lines, start=1) if opened or closed]
    return (uneven or having or [0])[0]


def _sample_places(knowledge: Knowledge) -> list[tuple[Area, ...]]:
    """Of every type one place with pay and jobs, with and without prices; few jobs, no figures; and two pairs."""
    areas = list(knowledge.areas.values())
    own = list(knowledge.career.occupations)
    full: dict[tuple[str, bool], Area] = {}
    for area in areas:
        if all(area.pay[role].median and area.pay[role].jobs for role in own):
            full.setdefault((area.type, area.rpp is None), area)
    few = next((a for a in areas if is_small(a.pay[own[0]], knowledge.career.few_jobs)), None)
    empty = next((a for a in areas if not any(a.pay[role].median for role in own)), None)
    some = [*full.values(), *filter(None, (few, empty))]
    pairs = [(some[0], some[-1]), (some[len(some) // 2], some[1])] if len(some) > 1 else []
    return [*((area,) for area in some), *pairs]


def shown_length(text: str) -> int:
    """How long Telegram counts a text: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


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
