"""Texts that must hold something. YAML takes what stands behind a # for a comment, so they are easily empty."""

from __future__ import annotations

from collections.abc import Iterator

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule

OF_CAREER = ("title", "bot_name", "description", "short_description", "operator")


@rule(
    "empty",
    why="A button without a label can't be told from others, and from nothing nobody learns how people ask.",
    fix='Write it. A # begins a comment, so a text that begins with one stands in quotes: "#1 question".',
)
def empty_texts(content: Content) -> Iterator[Found]:
    for entry_id, entry in content.knowledge.entries.items():
        for key in ("title", "question", "answer"):
            yield from _empty(getattr(entry, key), entry_id, key)
    for item_id, item in content.items.items():
        for index, phrasing in enumerate(item.phrasings):
            yield from _empty(phrasing, item_id, "phrasings", index)
    for fact_id, fact in content.knowledge.facts.items():
        yield from _empty(fact.label, fact_id, "label")
    for source_id, source in content.knowledge.sources.items():
        yield from _empty(source.publisher, source_id, "publisher")
    for key in OF_CAREER:
        yield from _empty(getattr(content.knowledge.career, key), "career.yaml", key)


def _empty(text: str, item: str, *path: str | int) -> Iterator[Found]:
    if not text.strip():
        yield Found(item, "is empty", path)
