"""When we are torn between questions, or did not understand: an honest question back, never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import buttons
from bot.conversation.knowledge import Knowledge
from bot.conversation.places import Place
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.topics.answers import slots
from bot.conversation.topics.menu import section_buttons
from bot.conversation.understand import Meaning, content_words
from bot.conversation.wording import say

MOST_UNDERSTOOD = 3


def torn(state: State, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """ "Did you mean": up to four titles and "none of these"."""
    areas = [knowledge.areas[p.codes[0]] for p in meaning.places]
    place = areas[0].code if len(areas) == 1 else ""
    choices = [
        (buttons.ask(i, knowledge, place if knowledge.takes_place(i) else "", knowledge.question(i)),)
        for i in meaning.intents
    ]
    none = (Button(knowledge.voice["none_of_these"], buttons.NONE),)
    text = say(knowledge.voice, "clarify")
    return Turn(
        state=state.but(offered=meaning.intents, last=text, topic_age=state.topic_age + 1),
        replies=(Reply(text, (*choices, none)),),
        kind="clarify",
        intents=meaning.intents,
        probability=meaning.probability,
        slots=slots(areas),
        meaning=meaning,
    )


def lost(state: State, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """Say what was understood, admit the rest, show the way on."""
    key = "fallback_again" if state.lost else "fallback"
    text = say(knowledge.voice, key, understood=understood(meaning, knowledge))
    return Turn(
        state=state.but(offered=(), lost=state.lost + 1, last=text, topic_age=state.topic_age + 1),
        replies=(Reply(text, section_buttons(knowledge)),),
        kind="fallback",
        probability=meaning.probability,
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
