"""Names that must lead somewhere: questions, facts, parts, sources, terms, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.knowledge import Entry, Knowledge, SmallTalk
from bot.conversation.pictures import KINDS
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.problems import did_you_mean, nearest

PLACE_KINDS = ("state", "metro", "nonmetro", "territory", "nation", "several")
ID = re.compile(r"[a-z0-9_]+")
WHERE_TO_ADD = {"glossary term": "Add it under 'glossary' in vocabulary.yaml, or take it out here."}
PART = re.compile(r"\bpart\([\"'](\w+)[\"']\)")


def onward(knowledge: Knowledge) -> set[str]:
    """What `next` may name: questions, and flows as `flow:id`."""
    return {*knowledge.entries, *(f"{FLOW_NAMED}{flow}" for flow in knowledge.flows)}


@rule(
    "unknown-name",
    why="A name that leads nowhere becomes a dead button, a missing source or an empty answer.",
    fix="Use a name that is there, or add what is missing.",
)
def unknown_names(content: Content) -> Iterator[Found]:
    knowledge = content.knowledge
    for item_id, item in content.items.items():
        yield from _of_item(item_id, item, knowledge)
    for entry_id, entry in knowledge.entries.items():
        yield from _of_entry(entry_id, entry, knowledge)
    for fact_id, fact in knowledge.facts.items():
        for index, source in enumerate(fact.sources):
            yield from _known(source, knowledge.sources, "source", fact_id, "sources", index)
    for name, template in knowledge.parts.items():
        for part in PART.findall(template):
            yield from _known(part, knowledge.parts, "part", "parts.yaml", name)
    yield from _of_career(knowledge)
    yield from _of_leaning(knowledge)
    for term, told in knowledge.vocabulary.glossary.items():
        for index, question in enumerate(told.see):
            yield from _known(
                question, knowledge.entries, "question", "vocabulary.yaml", "glossary", term, "see", index
            )


def _of_item(item_id: str, item: Entry | SmallTalk, knowledge: Knowledge) -> Iterator[Found]:
    leads_to = onward(knowledge)
    for index, other in enumerate(item.next):
        yield from _known(other, leads_to, "question", item_id, "next", index)
    for index, cited in enumerate(item.cites):
        yield from _known(cited, knowledge.facts, "fact", item_id, "cites", index)
    for part in PART.findall(item.answer):
        yield from _known(part, knowledge.parts, "part", item_id, "answer")


def _of_entry(entry_id: str, entry: Entry, knowledge: Knowledge) -> Iterator[Found]:
    for kind, other in entry.in_place.items():
        yield from _known(kind, PLACE_KINDS, "kind of place", entry_id, "in_place", kind)
        yield from _known(other, knowledge.entries, "question", entry_id, "in_place", kind)
    for words, other in entry.instead.items():
        yield from _known(other, knowledge.entries, "question", entry_id, "instead", words)
    if entry.picture:
        yield from _known(entry.picture, KINDS, "picture", entry_id, "picture")
    for index, term in enumerate(entry.terms):
        yield from _known(term, knowledge.vocabulary.glossary, "glossary term", entry_id, "terms", index)


def _of_leaning(knowledge: Knowledge) -> Iterator[Found]:
    leaning, file = knowledge.leaning, "leaning.yaml"
    for index, subject in enumerate(leaning.after):
        for number, entry in enumerate(subject.entries):
            yield from _known(entry, knowledge.entries, "question", file, "after", index, "entries", number)
        for way, other in subject.asks.items():
            yield from _known(way, leaning.ways, "way of asking", file, "after", index, "asks", way)
            yield from _known(other, knowledge.entries, "question", file, "after", index, "asks", way)


def _of_career(knowledge: Knowledge) -> Iterator[Found]:
    career, file = knowledge.career, "career.yaml"
    for index, section in enumerate(career.menu):
        for entry in section.entries:
            yield from _known(entry, knowledge.entries, "question", file, "menu", index, "entries")
    for entry in career.starters:
        yield from _known(entry, knowledge.entries, "question", file, "starters")
    yield from _known(career.wages.source, knowledge.sources, "source", file, "wages", "source")
    yield from _known(career.prices.source, knowledge.sources, "source", file, "prices", "source")
    for key in ("bare_place", "bare_amount", "own_amount", "bare_price", "bare_alternative"):
        if getattr(career, key):
            yield from _known(getattr(career, key), knowledge.entries, "question", file, key)


def _known(name: str, known: Iterable[str], kind: str, item: str, *path: str | int) -> Iterator[Found]:
    listed = set(known)
    if name not in listed:
        near = nearest(name, listed)
        fix = f"Write {near} instead of {name}." if near else WHERE_TO_ADD.get(kind, "")
        yield Found(item, f"unknown {kind} '{name}'{did_you_mean(name, listed)}", path, fix)


@rule(
    "id-form",
    why="Other entries, tests and you yourself name it by this id; with a space or capitals it is soon misspelt.",
    fix="Write it in lower-case letters, digits and _: how_long",
)
def id_form(content: Content) -> Iterator[Found]:
    for item_id in (*content.items, *content.knowledge.drafts):
        if not ID.fullmatch(item_id):
            yield Found(item_id, f"'{item_id}' is no id")


@rule(
    "offers-itself",
    severity="warning",
    why="A button that asks the same question again looks like a mistake to the person who taps it.",
    fix="Take this name out of 'next', or put a question there that people ask afterwards.",
)
def offers_itself(content: Content) -> Iterator[Found]:
    for item_id, item in content.items.items():
        if item_id in item.next:
            yield Found(item_id, "offers itself as the next question", ("next", item.next.index(item_id)))
