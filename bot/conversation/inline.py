"""What is offered while somebody types "@bot ..." in any chat: cards to choose from, each a whole answer to share.

Nobody's conversation is looked at or changed; the same words always give the same cards.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import MAYBE_OURS, Meaning
from bot.conversation.pictures.words import short_name
from bot.conversation.places import Place
from bot.conversation.plain_text import plain_text
from bot.conversation.state import State
from bot.conversation.topics.answers import answered
from bot.conversation.understand import LEAST_OFFERED, understand

MOST_CARDS = 10
MOST_NAMESAKES = 4
LONGEST_DESCRIPTION = 120
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


@dataclass(frozen=True, slots=True)
class Card:
    """One offer: `text` (Telegram HTML, with its sources) is what is sent when it is chosen; `id` names it."""

    id: str
    title: str
    description: str
    text: str


def cards(text: str, knowledge: Knowledge, today: dt.date) -> tuple[Card, ...]:
    """Up to ten cards for `text`, likeliest first; first questions for an empty or strange one. Never raises."""
    if not text.strip():
        return _made([(intent, ()) for intent in knowledge.career.starters], knowledge, today)
    meaning = replace(understand(text, State(), knowledge), beside=())  # a card has no buttons to speak of
    if meaning.intents and knowledge.is_urgent(meaning.intents[0]):
        return _made([(meaning.intents[0], ())], knowledge, today)
    wanted = _wanted(meaning, knowledge) or list(knowledge.career.starters)
    likeliest, *namesakes = _readings(meaning.places, knowledge)
    offers = [(wanted[0], places) for places in namesakes if knowledge.goes_with_place(wanted[0])]
    offers = [(wanted[0], likeliest), *offers, *((intent, likeliest) for intent in wanted[1:])]
    return _made(offers, knowledge, today, meaning)


def _readings(places: Sequence[Place], knowledge: Knowledge) -> list[Sequence[Place]]:
    """The places that may be meant, likeliest first: a name that several have is told apart by a card for each."""
    if len(places) != 1 or len(places[0].codes) == 1:
        return [places]
    return [(Place(knowledge.areas[code].name, (code,)),) for code in places[0].codes[:MOST_NAMESAKES]]


def _wanted(meaning: Meaning, knowledge: Knowledge) -> list[str]:
    """What was understood, what else it may be, and what people ask next."""
    found = [intent for intent in meaning.intents if knowledge.is_ours(intent)]
    talk = any(knowledge.kind_of(intent) == "smalltalk" for intent in meaning.intents)
    if meaning.match.ours >= MAYBE_OURS and not talk:
        found += [match.intent for match in meaning.match.questions if match.share >= LEAST_OFFERED]
    if not found and meaning.places and knowledge.career.bare_place:
        found = [knowledge.career.bare_place]
    after = [name for intent in found[:1] for name in knowledge.questions_after(intent)]
    further = [name for intent in after for name in knowledge.questions_after(intent)]
    if meaning.places:
        further = [intent for intent in further if knowledge.goes_with_place(intent)]
    return found + after + further


def _made(
    offers: Sequence[tuple[str, Sequence[Place]]],
    knowledge: Knowledge,
    today: dt.date,
    meaning: Meaning | None = None,
) -> tuple[Card, ...]:
    made: dict[str, Card] = {}
    for intent, places in offers:
        card = _card(intent, _fitting(intent, places, knowledge), knowledge, today, meaning)
        made.setdefault(card.id, card)
        if len(made) == MOST_CARDS:
            break
    return tuple(made.values())


def _card(intent: str, places: Sequence[Place], knowledge: Knowledge, today: dt.date, meaning: Meaning | None) -> Card:
    turn = answered(State(), [intent], knowledge, today, places=places, meaning=meaning)
    asked, text = turn.intents[0], turn.replies[0].text
    if not places or not knowledge.takes_place(asked):
        return Card(asked, knowledge.title(asked), _description(text), text)
    codes = list(dict.fromkeys(place.codes[0] for place in places))
    title = f"{knowledge.title(asked)} · {' / '.join(short_name(knowledge.areas[code], knowledge) for code in codes)}"
    return Card(f"{asked}:{codes[0]}", title, _description(text), text)


def _fitting(intent: str, places: Sequence[Place], knowledge: Knowledge) -> Sequence[Place]:
    """The places that an answer to `intent` will speak of: all, the first, or none."""
    if not knowledge.goes_with_place(intent):
        return ()
    compared = knowledge.compares(intent) or "several" in knowledge.entries[intent].in_place
    return places if compared else places[:1]


def _description(text: str) -> str:
    """The first sentence without markup, cut at a word where it is long."""
    first = SENTENCE_END.split(plain_text(text).strip(), maxsplit=1)[0]
    if len(first) <= LONGEST_DESCRIPTION:
        return first
    return first[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"
