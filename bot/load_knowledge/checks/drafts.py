"""What is begun and not finished: drafts, which nobody is answered with, and answers that hold a place free."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.knowledge import Entry
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.phrasings import FEWEST_PHRASINGS
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.checks.sourced import rests_on_nothing
from bot.load_knowledge.templates import inspect_template

YOURS_TO_WRITE = "This answer is yours to write."  # as `new-career` fills them in


@rule(
    "draft",
    severity="warning",
    why="Nobody is answered with a draft, however good it is.",
    fix="Mend what is named here. When nothing is left, take out the line 'draft: true'.",
)
def drafts(content: Content) -> Iterator[Found]:
    for entry_id, entry in content.knowledge.drafts.items():
        lacks = list(_lacking(entry, content))
        if not lacks:
            yield Found(entry_id, "is a draft that lacks nothing", ("draft",), "Take out the line 'draft: true'.")
        for line, what in lacks:
            yield Found(entry_id, f"is a draft: {what}", ("answer",), line=line)


def _lacking(entry: Entry, content: Content) -> Iterator[tuple[int, str]]:
    report = inspect_template(entry.answer, content.knowledge)
    yield from ((flaw.line, flaw.what) for flaw in report.flaws)
    if rests_on_nothing(entry, report, content):
        yield 0, "it has no source and no date; put what it says into a fact, and print it or name it under 'cites'"
    if len(entry.phrasings) < FEWEST_PHRASINGS:
        yield 0, f"it has {len(entry.phrasings)} phrasings; write at least {FEWEST_PHRASINGS}"


@rule(
    "yours-to-write",
    severity="warning",
    why="People are answered with it as it stands, and told that nobody has written the answer yet.",
    fix="Write the answer, with facts that have a source and a date; what to say is in the text that is there.",
)
def yours_to_write(content: Content) -> Iterator[Found]:
    for entry_id, entry in content.knowledge.entries.items():
        if YOURS_TO_WRITE in entry.answer:
            line = entry.answer[: entry.answer.index(YOURS_TO_WRITE)].count("\n") + 1
            yield Found(entry_id, f"still says '{YOURS_TO_WRITE}'", ("answer",), line=line)
