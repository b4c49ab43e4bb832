"""A question that the message itself says is not the one: "I passed" asks nothing about failing."""

from __future__ import annotations

from bot.conversation.changing import changed
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import words_in
from bot.conversation.meaning import Meaning


def not_denied(text: str, meaning: Meaning, knowledge: Knowledge) -> Meaning:
    """The meaning with other questions in the place of those whose `instead` has words of the message.

    One that was among several likely ones is then the likeliest by far: nothing else fits those words.
    """
    said = f" {' '.join(words_in(text))} "
    meant = {intent: _meant(intent, said, knowledge) for intent in (*meaning.intents, *meaning.beside)}
    others = [other for intent, other in meant.items() if other != intent]
    if not others:
        return meaning
    if meaning.outcome == "torn":
        return changed(meaning, outcome="sure", intents=(others[0],), why=("the words rule others out",))
    intents = tuple(dict.fromkeys(meant[intent] for intent in meaning.intents))
    beside = tuple(dict.fromkeys(meant[i] for i in meaning.beside if meant[i] not in intents))
    return changed(meaning, intents=intents, beside=beside)


def _meant(intent: str, said: str, knowledge: Knowledge) -> str:
    entry = knowledge.entries.get(intent)
    found = (other for words, other in entry.instead.items() if f" {words} " in said) if entry and entry.instead else ()
    return next(iter(found), intent)
