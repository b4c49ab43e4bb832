"""Answers a person gets to a question that was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.conversation import buttons
from bot.conversation.knowledge import Area, Knowledge
from bot.conversation.places import Place
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.topics.places import abroad, others, slots, told
from bot.conversation.understand import TOPIC_LASTS, Meaning
from bot.conversation.wording import Wording, answer, say


def answered(
    state: State,
    intents: Sequence[str],
    knowledge: Knowledge,
    today: dt.date,
    *,
    places: Sequence[Place] = (),
    meaning: Meaning | None = None,
) -> Turn:
    """The answers to `intents` in one message, with what was assumed, the sources and the next questions."""
    recalled = _recalled(state, intents, knowledge) if meaning and not places else []
    places = places or recalled
    areas = [knowledge.areas[code] for code in dict.fromkeys(place.codes[0] for place in places)]
    asked = [in_place(intent, areas, knowledge) for intent in intents]
    asked = list(dict.fromkeys(asked))
    explained = state.explained
    said: list[Wording] = []
    for intent in asked:
        wording, fresh = answer(intent, knowledge, today, places=areas, explained=explained)
        explained += fresh
        said.append(wording)
    text = _joined(asked, said, knowledge)
    assumed = abroad(meaning, asked, areas, knowledge)
    assumed += _assumptions(meaning.assumed_topic if meaning else "", asked, areas, places, bool(recalled), knowledge)
    text = "\n\n".join([*assumed, text])
    topic = asked[-1]
    after = state.but(
        topic=topic if knowledge.is_ours(topic) else state.topic,
        topic_age=0 if knowledge.is_ours(topic) else state.topic_age,
        slots={"places": [a.code for a in areas]} if areas else state.slots,
        offered=(),
        choosing=(),
        explained=explained,
        last=text,
        lost=0,
    )
    kind = "answer" if knowledge.is_ours(asked[0]) else knowledge.smalltalk[asked[0]].kind
    return Turn(
        state=after,
        replies=(Reply(text, _next(asked, areas, places, knowledge)),),
        kind=kind,
        intents=tuple(asked),
        probability=meaning.probability if meaning else 1.0,
        slots=slots(areas),
        sources=tuple(dict.fromkeys(s for w in said for s in w.sources)),
        meaning=meaning,
    )


def _recalled(state: State, intents: Sequence[str], knowledge: Knowledge) -> list[Place]:
    """The places of a topic not long ago, for a question that has room for a place and names none."""
    fresh = state.topic_age <= TOPIC_LASTS and knowledge.takes_place(state.topic)
    if not fresh or not all(knowledge.goes_with_place(intent) for intent in intents):
        return []
    codes = [code for code in state.slots.get("places", ()) if code in knowledge.areas]
    return [Place(knowledge.areas[code].name, (code,)) for code in codes]


def in_place(intent: str, areas: Sequence[Area], knowledge: Knowledge) -> str:
    """The question really meant when places are named with it."""
    entry = knowledge.entries.get(intent)
    if not entry or not areas:
        return intent
    kind = "several" if len(areas) > 1 else areas[0].type
    return entry.in_place.get(kind, intent)


def carried(intent: str, areas: Sequence[Area], knowledge: Knowledge) -> str:
    """The code of the place that a button for `intent` takes along, if the place fits that question."""
    if len(areas) != 1 or not knowledge.takes_place(intent) or in_place(intent, areas, knowledge) != intent:
        return ""
    return areas[0].code


def _joined(asked: Sequence[str], said: Sequence[Wording], knowledge: Knowledge) -> str:
    if len(said) == 1:
        return said[0].text
    opening = say(knowledge.voice, "two_answers", count=_count(len(said)))
    parts = [f"<b>{knowledge.title(intent)}</b>\n{wording.text}" for intent, wording in zip(asked, said, strict=True)]
    return "\n\n".join([opening, *parts])


def _count(number: int) -> str:
    return {2: "two", 3: "three"}.get(number, str(number))


def _assumptions(
    assumed: str,
    asked: Sequence[str],
    areas: Sequence[Area],
    places: Sequence[Place],
    recalled: bool,
    knowledge: Knowledge,
) -> list[str]:
    said = []
    if recalled and any(knowledge.takes_place(intent) for intent in asked):
        said.append(say(knowledge.voice, "assumed_place", place=" and ".join(area.name for area in areas)))
    elif assumed and assumed not in asked:
        said.append(say(knowledge.voice, "assumed_topic", topic=knowledge.title(assumed)))
    if not recalled and knowledge.takes_place(asked[0]):
        said += told(areas, places, knowledge)
    return said


def next_buttons(intent: str, knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """The natural next questions after `intent`."""
    return _next([intent], (), (), knowledge)


def _next(
    asked: Sequence[str], areas: Sequence[Area], places: Sequence[Place], knowledge: Knowledge
) -> tuple[tuple[Button, ...], ...]:
    elsewhere = others(asked[0], places, knowledge)
    if elsewhere:
        return buttons.rows(elsewhere)
    offered: list[str] = []
    for intent in asked:
        entry = knowledge.entries.get(intent)
        offered += entry.next if entry else knowledge.smalltalk[intent].next
    return buttons.rows(
        buttons.ask(intent, knowledge, carried(intent, areas, knowledge))
        for intent in list(dict.fromkeys(i for i in offered if i not in asked))[:3]
    )
