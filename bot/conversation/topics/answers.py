"""Answers a person gets to a question that was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bot.conversation import buttons
from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning
from bot.conversation.pictures import picture_of
from bot.conversation.places import Place
from bot.conversation.slots import Slots
from bot.conversation.state import Button, Picture, Reply, State, Turn
from bot.conversation.topics.places import not_found, others, told, told_slots
from bot.conversation.topics.recalled import Recalled, recall
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
    recalled = recall(state, intents, places, meaning, knowledge)
    places = recalled.places
    areas = [knowledge.areas[code] for code in dict.fromkeys(place.codes[0] for place in places)]
    asked = list(dict.fromkeys(_meant(intent, areas, recalled.slots, knowledge) for intent in intents))
    explained = state.explained
    said: list[Wording] = []
    for intent in asked:
        wording, fresh = answer(intent, knowledge, today, places=areas, slots=recalled.slots, explained=explained)
        explained += fresh
        said.append(wording)
    asked, said = _unrepeated(asked, said)
    assumed = not_found(meaning, asked, areas, knowledge)
    beside = meaning.beside if meaning else ()
    assumed += _assumptions(meaning.assumed_topic if meaning else "", beside, asked, areas, recalled, knowledge)
    text = "\n\n".join([*assumed, _joined(asked, said, knowledge)])
    picture = _picture(asked[-1], areas, recalled.slots, knowledge)
    return Turn(
        state=state.but(
            **_remembered(state, asked[-1], areas, recalled.slots, knowledge),
            explained=explained,
            last=text,
            beside=beside,
        ),
        replies=(Reply(text, _next(asked, beside, areas, places, knowledge), picture=picture),),
        kind=knowledge.kind_of(asked[0]),
        intents=tuple(asked),
        probability=meaning.probability if meaning else 1.0,
        slots=told_slots(areas, recalled.slots),
        sources=tuple(dict.fromkeys(s for w in said for s in w.sources)),
        meaning=meaning,
    )


def _remembered(state: State, topic: str, areas: Sequence[Area], slots: Slots, knowledge: Knowledge) -> dict[str, Any]:
    """Of the state: the topic if it is ours, the places if any were named, and what else was."""
    settled = {"offered": (), "choosing": (), "lost": 0}
    if not knowledge.is_ours(topic):
        return settled
    codes = [area.code for area in areas] or list(state.slots.get("places", ()))
    kept = ({"places": codes, "earlier": _earlier(state, codes)} if codes else {}) | slots.to_plain()
    return settled | {"topic": topic, "topic_age": 0, "slots": kept}


def _earlier(state: State, codes: Sequence[str]) -> list[str]:
    """The place asked about before this one, for "which is better?"."""
    before = list(state.slots.get("places", ()))
    if before == list(codes):
        return list(state.slots.get("earlier", ()))
    return before if len(before) == 1 else []


def _picture(intent: str, areas: Sequence[Area], slots: Slots, knowledge: Knowledge) -> Picture | None:
    entry = knowledge.entries.get(intent)
    if not entry or not entry.picture:
        return None
    kind, roles, amount = entry.picture, slots.roles, slots.a_year
    if amount is not None:
        return picture_of(kind, knowledge, areas=areas, roles=roles, amount=amount)
    places = tuple(area.code for area in areas)
    return knowledge.once((kind, places, roles), lambda: picture_of(kind, knowledge, areas=areas, roles=roles))


def _meant(intent: str, areas: Sequence[Area], slots: Slots, knowledge: Knowledge) -> str:
    """The question really meant with the places and occupations named."""
    career = knowledge.career
    alternative = any(role in career.alternatives for role in slots.roles)
    if career.bare_alternative and alternative and knowledge.goes_with_place(intent):
        return career.bare_alternative
    return in_place(intent, areas, knowledge)


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


def _unrepeated(asked: Sequence[str], said: Sequence[Wording]) -> tuple[list[str], list[Wording]]:
    """Without an answer that says nothing but what one before it says: one thing, asked in two ways."""
    paragraphs = [frozenset(wording.text.split("\n\n")) for wording in said]
    fresh = [at for at, mine in enumerate(paragraphs) if not any(mine <= other for other in paragraphs[:at])]
    return [asked[at] for at in fresh], [said[at] for at in fresh]


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
    beside: Sequence[str],
    asked: Sequence[str],
    areas: Sequence[Area],
    recalled: Recalled,
    knowledge: Knowledge,
) -> list[str]:
    said = []
    if beside:
        said.append(say(knowledge.voice, "took_as", question=knowledge.question(asked[0])))
    if recalled.told and any(knowledge.takes_place(intent) for intent in asked):
        said.append(say(knowledge.voice, "assumed_place", place=_listed(recalled.told)))
    elif assumed and assumed not in asked and _meant(assumed, areas, recalled.slots, knowledge) not in asked:
        said.append(say(knowledge.voice, "assumed_topic", topic=knowledge.title(assumed)))
    if not recalled.from_before and knowledge.takes_place(asked[0]):
        said += told(recalled.places, knowledge)
    return said


def _listed(names: Sequence[str]) -> str:
    """ "Texas, Ohio and Kansas"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def next_buttons(intent: str, knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """The natural next questions after `intent`."""
    return _next([intent], (), (), (), knowledge)


def _next(
    asked: Sequence[str],
    beside: Sequence[str],
    areas: Sequence[Area],
    places: Sequence[Place],
    knowledge: Knowledge,
) -> tuple[tuple[Button, ...], ...]:
    elsewhere = others(asked[0], places, knowledge)
    if elsewhere and not beside:
        return buttons.rows(elsewhere)
    offered = list(beside)
    for intent in asked:
        entry = knowledge.entries.get(intent)
        offered += entry.next if entry else knowledge.smalltalk[intent].next
    return buttons.rows(
        buttons.ask(intent, knowledge, carried(intent, areas, knowledge))
        for intent in list(dict.fromkeys(i for i in offered if i not in asked))[:3]
    )
