"""The few words that ask a question after another one, as the tables in which `follow_ups.py` looks a message up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import KINDS
from bot.conversation.meaning import content_words

# They say nothing in front of a follow-up.
BEFORE = frozenset({"and", "or", "but", "so", "ok", "okay", "then", "also", "oh", "well", "wait", "hmm"})


def short_forms(knowledge: Knowledge) -> dict[tuple[str, ...], str]:
    """Every entry's `follow_ups` as the words a message comes down to, whole and as its content alone."""
    found: dict[tuple[str, ...], str] = {}
    for intent, entry in knowledge.entries.items():
        for phrase in entry.follow_ups:
            words = [w for w in knowledge.matcher.read(phrase)[0] if w not in KINDS]
            for form in (tuple(words), tuple(sorted(set(content_words(words))))):
                if form:
                    found.setdefault(form, intent)
    return found


def forms_after(knowledge: Knowledge) -> dict[str, dict[tuple[str, ...], str]]:
    """For each question what the wordings of `leaning.yaml` ask after it, by whole words: content says too little."""
    forms = {
        way: [bare(knowledge.matcher.read(wording)[0]) for wording in wordings]
        for way, wordings in knowledge.leaning.ways.items()
    }
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for subject in knowledge.leaning.after:
        asked = {form: question for way, question in subject.asks.items() for form in forms[way] if form}
        for topic in subject.entries:
            found[topic] = asked | found.get(topic, {})
    return found


def bare(words: Sequence[str]) -> tuple[str, ...]:
    """The words without "so" or "and" before them, and without kinds of things."""
    said = [word for word in words if word not in KINDS]
    return tuple(dropwhile(BEFORE.__contains__, said)) or tuple(said)
