"""What nothing uses: it grows old unseen, and whoever mends the content next has to wonder what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.names import PART
from bot.load_knowledge.checks.rules import Found, rule


@rule(
    "unused-fact",
    severity="warning",
    why="A fact that no answer shows is never seen to be wrong or old.",
    fix="Use it in an answer as {{ its.id }}, name it under 'cites', or keep it for later with\n  reserve: true",
)
def unused_facts(content: Content) -> Iterator[Found]:
    for fact_id, fact in content.knowledge.facts.items():
        if fact_id not in content.used and not fact.reserve:
            yield Found(fact_id, "no answer uses this fact; use it, mark it 'reserve: true' or remove it")
        if fact_id in content.used and fact.reserve:
            yield Found(
                fact_id, "is used by an answer now; remove 'reserve'", ("reserve",), "Delete the line 'reserve: true'."
            )


@rule(
    "unused-source",
    severity="warning",
    why="A source that no fact names looks as if something rested on it.",
    fix="Name it under 'sources' of the fact that is from there, or delete it.",
)
def unused_sources(content: Content) -> Iterator[Found]:
    career = content.knowledge.career
    named = {source for fact in content.knowledge.facts.values() for source in fact.sources}
    for source in sorted(content.knowledge.sources.keys() - named - {career.wages.source, career.prices.source}):
        yield Found(source, "no fact names this source; remove it")


@rule(
    "unused-part",
    severity="warning",
    why="A part that no answer shows is never seen to be wrong.",
    fix="Show it in an answer with {{ part('its_name') }}, or delete it.",
)
def unused_parts(content: Content) -> Iterator[Found]:
    knowledge = content.knowledge
    shown = PART.findall("\n".join([*(item.answer for item in content.items.values()), *knowledge.parts.values()]))
    for name in knowledge.parts:
        if name not in shown:
            yield Found("parts.yaml", "no answer uses this part; remove it", (name,))
