"""When we are torn between questions, or did not understand: an honest question back, never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import buttons
from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import plain, words_of
from bot.conversation.meaning import Meaning, content_words
from bot.conversation.places import Place
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.telling import tells_only
from bot.conversation.topics.answers import carried
from bot.conversation.topics.menu import plan_row, section_buttons
from bot.conversation.topics.picking import named, ordinal
from bot.conversation.topics.places import told_slots
from bot.conversation.wording import say

MOST_UNDERSTOOD = 3


def torn(state: State, said: str, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """ "Did you mean": up to four questions and "none of these"; who only told of themselves is thanked first."""
    areas = [knowledge.areas[p.codes[0]] for p in meaning.places]
    told = tells_only(said)
    key = "told" if told else "clarify" if len(meaning.intents) > 1 else "clarify_one"
    text = say(knowledge.voice, key, place=" and ".join(area.name for area in areas))
    rows = choices(meaning.intents, areas, knowledge)
    return Turn(
        state=state.moved_on(text, offered=meaning.intents, topic_age=state.topic_age + 1),
        replies=(Reply(text, (*plan_row(knowledge), *rows) if told else rows),),
        kind="clarify",
        intents=meaning.intents,
        probability=meaning.probability,
        slots=told_slots(areas, meaning.slots),
        meaning=meaning,
    )


def choices(intents: Sequence[str], areas: Sequence[Area], knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """A button for each question offered, and the way out."""
    return (*offers(intents, areas, knowledge), (Button(knowledge.voice["none_of_these"], buttons.NONE),))


def offers(intents: Sequence[str], areas: Sequence[Area], knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """A button for each question, in full and with the place it is about, and for each flow that is named, each in a
    row of its own."""
    return tuple((_offer(intent, areas, knowledge),) for intent in intents)


def _offer(intent: str, areas: Sequence[Area], knowledge: Knowledge) -> Button:
    if intent.startswith(buttons.FLOW_NAMED):
        return buttons.ask(intent, knowledge)
    return buttons.ask(intent, knowledge, carried(intent, areas, knowledge), knowledge.question(intent))


def lost(state: State, said: str, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """Say what was understood, admit the rest, show the way on."""
    key = "told_unasked" if tells_only(said) else "fallback_again" if state.lost else "fallback"
    text = say(knowledge.voice, key, understood=understood(meaning, knowledge))
    return Turn(
        state=state.moved_on(text, lost=state.lost + 1, topic_age=state.topic_age + 1),
        replies=(Reply(text, section_buttons(knowledge)),),
        kind="fallback",
        probability=meaning.probability,
        slots=told_slots([knowledge.areas[p.codes[0]] for p in meaning.places], meaning.slots),
        meaning=meaning,
    )


def understood(meaning: Meaning, knowledge: Knowledge) -> str:
    """ "pay and Nevada": the parts of a message that we do know, in a person's words."""
    parts = _known_subjects(meaning.match.words, knowledge) + _names(meaning.places, knowledge)
    listed = [f"“{part}”" for part in parts[:MOST_UNDERSTOOD]]
    return " and ".join(listed)


def _names(places: Sequence[Place], knowledge: Knowledge) -> list[str]:
    return [knowledge.areas[place.codes[0]].name for place in places]


def _known_subjects(words: Sequence[str], knowledge: Knowledge) -> list[str]:
    own = {word for listed in knowledge.vocabulary.synonyms.values() for word in listed}
    return list(dict.fromkeys(w for w in content_words(words) if w in own))


def chosen(text: str, offered: Sequence[str], knowledge: Knowledge) -> str:
    """The offered question that "2", "the first one" or "the one about the exam" picks, or nothing."""
    place = ordinal(text, len(offered))
    return offered[place] if place is not None else _named(named(text), offered, knowledge)


def _named(words: str, offered: Sequence[str], knowledge: Knowledge) -> str:
    """The one question offered that holds most of the words, and more than any other does."""
    if not words:
        return ""
    stems = knowledge.matcher.stems
    wanted = frozenset(stems(content_words(words_of(plain(words)))))
    asks = [intent for intent in offered if not intent.startswith(buttons.FLOW_NAMED)]
    told = {intent: plain(f"{knowledge.question(intent)} {knowledge.title(intent)}") for intent in asks}
    held = {intent: len(wanted.intersection(stems(words_of(said)))) for intent, said in told.items()}
    best = max(held, key=lambda intent: held[intent], default="")
    alone = best and held[best] and list(held.values()).count(held[best]) == 1
    return best if alone else ""
