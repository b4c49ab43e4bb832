"""Answers that rest on something: a fact that is printed, one that is cited, or the table of pay and prices."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.knowledge import Entry
from bot.conversation.pay_views import PAY_NAMES
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.names import PART
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.templates import TemplateReport, paths

TABLE = PAY_NAMES - {"part"}


def rests_on_nothing(entry: Entry, report: TemplateReport, content: Content) -> bool:
    """Whether neither the answer nor a part that it shows has anything dated behind it."""
    shown = [content.parts[name] for name in PART.findall(entry.answer) if name in content.parts]
    return not entry.cites and not any(map(_dated, [report, *shown]))


def _dated(report: TemplateReport) -> bool:
    if report.facts or report.tree is None:  # of what can't be read other rules tell
        return True
    return any(path[0] in TABLE for path, _ in paths(report.tree))


@rule(
    "no-fact",
    severity="warning",
    why="People can't see who says so and of when it is; whoever mends the content can't look it up again.",
    fix="Put what it says into a fact with a source, and print it as {{ its.id }} or name it:\n  cites: [its.id]",
)
def no_fact(content: Content) -> Iterator[Found]:
    for entry_id, entry in content.knowledge.entries.items():
        report = content.answers[entry_id]
        if not report.flaws and rests_on_nothing(entry, report, content):  # the flaw may be the fact's name
            yield Found(entry_id, "has no source and no date: it prints no fact and cites none", ("answer",))
