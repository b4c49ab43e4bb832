"""What has to be said about the places of a question: which one is meant, what was taken for it, what lies abroad."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from bot.conversation import buttons
from bot.conversation.area import Area
from bot.conversation.changing import changed
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning
from bot.conversation.places import Place, recognise
from bot.conversation.places.text import name_of
from bot.conversation.slots import Slots
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.topics.picking import ordinal
from bot.conversation.wording import say

OTHER_PLACES = 4
TOLD = {
    "ask": "other_places",
    "likely": "other_places",
    "parts": "place_parts",
    "outside": "place_outside",
    "unknown": "place_unknown_there",
}
NAMESAKES = 3
WORTH_NAMING = 10_000  # people in a namesake of a place abroad
KIND = re.compile(r"^(?:the |i mean(?:t)? the )?(state|city|metro|metro area)(?: one)?[.!]*$", re.IGNORECASE)


def in_doubt(intents: Sequence[str], places: Sequence[Place], knowledge: Knowledge) -> Place | None:
    """The place that a person has to be asked about before this question can be answered, if any.

    Of several places none is asked about: a button can name but one, so the likeliest is taken and said.
    """
    if len(places) != 1 or places[0].choice != "ask" or not any(knowledge.goes_with_place(i) for i in intents):
        return None
    return places[0]


def which_place(state: State, place: Place, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """ "Which Springfield?", most populous first."""
    intent = next(i for i in meaning.intents if knowledge.goes_with_place(i))
    text = say(knowledge.voice, "which_place", name=called(place))
    named = [knowledge.areas[code] for code in place.codes]
    rows = [(button,) for button in place_buttons(intent, place, place.codes, knowledge)]
    return Turn(
        state=state.moved_on(
            text,
            topic=intent,
            topic_age=0,
            slots=meaning.slots.to_plain(),
            choosing=(intent, *place.codes),
        ),
        replies=(Reply(text, tuple(rows)),),
        kind="clarify",
        intents=(knowledge.entries[intent].in_place.get(named[0].type, intent),),
        probability=meaning.probability,
        slots=told_slots(named, meaning.slots),
        meaning=meaning,
    )


def called(place: Place) -> str:
    """The name alone, without a state, with a capital: safe in Telegram HTML."""
    name = place.town.partition(",")[0] or place.written.strip()
    return html.escape(name.title() if name.islower() and len(name) > len("nyc") else name)


def place_buttons(intent: str, place: Place, codes: Sequence[str], knowledge: Knowledge) -> list[Button]:
    """A button for `intent` in each of `codes`, which are among those of `place`."""
    labels = dict(zip(place.codes, place.labels, strict=False))
    return [buttons.ask(intent, knowledge, c, labels.get(c) or label(knowledge.areas[c], knowledge)) for c in codes]


def label(area: Area, knowledge: Knowledge) -> str:
    """An area's name on a button; a state says that it is one, for cities share their names."""
    return say(knowledge.voice, "whole_state", name=area.name) if area.type == "state" else area.name


def picked_place(text: str, state: State, knowledge: Knowledge) -> tuple[str, Place] | None:
    """The question and the place that "2", "illinois" or "the one in Illinois" picks from those just offered."""
    if not state.choosing:
        return None
    intent, *codes = state.choosing
    areas = [knowledge.areas[code] for code in codes if code in knowledge.areas]
    number = ordinal(text, len(areas)) if areas else None
    chosen = [areas[number]] if number is not None else _fitting(text, areas, knowledge)
    if len(chosen) != 1 or not knowledge.is_ours(intent):
        return None
    return intent, Place(chosen[0].name, (chosen[0].code,))


def _fitting(text: str, areas: Sequence[Area], knowledge: Knowledge) -> list[Area]:
    """The offered areas that a short reply fits: by kind ("the state"), the area named, or those of the state named.

    Another town is no reply: "chicago" does not mean the Springfield in Illinois.
    """
    kind = KIND.match(text.strip())
    if kind:
        return [area for area in areas if (area.type == "state") == (kind[1].lower() == "state")]
    found = recognise(text, knowledge.places).places
    if len(found) != 1 or len(text.split()) > 6:
        return []
    exact = [area for area in areas if area.code == found[0].codes[0]]
    if exact or knowledge.areas[found[0].codes[0]].type not in {"state", "territory"}:
        return exact
    return [area for area in areas if set(found[0].states[:1]) & set(area.states)]


def with_place(turn: Turn, meaning: Meaning) -> Turn:
    """The turn with the one place named in the message remembered, whatever else was made of it."""
    if len(meaning.places) != 1 or meaning.places[0].choice == "ask" or turn.state.choosing:
        return turn
    codes = [meaning.places[0].codes[0]]
    if turn.state.slots.get("places") == codes:
        return turn
    return changed(turn, state=turn.state.but(slots={**turn.state.slots, "places": codes}))


def told_slots(areas: Sequence[Area], slots: Slots) -> dict[str, object]:
    """The slots of a turn as `ask --json` reports them: only those that apply."""
    told = [{"code": a.code, "name": a.name, "type": a.type} for a in areas]
    found: dict[str, object] = {"place": told[0], "places": told} if told else {}
    named = {
        "role": next(iter(slots.roles), ""),
        "credential": next(iter(slots.credentials), ""),
        "amount": slots.amount,
        "per": slots.per,
    }
    return found | {name: value for name, value in named.items() if value}


def told(places: Sequence[Place], knowledge: Knowledge) -> list[str]:
    """What was taken for the places named, where their names do not say it."""
    said = []
    for place in places:
        area = knowledge.areas[place.codes[0]]
        key = TOLD.get(place.choice, "" if _says_so(place, area) else "place_within")
        if key:
            name = called(place) if place.choice in {"ask", "likely"} else html.escape(place.town) or called(place)
            said.append(say(knowledge.voice, key, place=label(area, knowledge), name=name))
    return said


def _says_so(place: Place, area: Area) -> bool:
    """Whether the area's name shows by itself that it is the place meant."""
    town = name_of((place.town or place.written).partition(",")[0])
    return area.type in {"state", "territory", "nation"} or not place.end or town in name_of(area.name)


def others(intent: str, places: Sequence[Place], knowledge: Knowledge) -> list[Button]:
    """The other areas that the one place named may mean or consists of."""
    if len(places) != 1 or len(places[0].codes) < 2 or not knowledge.takes_place(intent):
        return []
    return place_buttons(intent, places[0], places[0].codes[1 : 1 + OTHER_PLACES], knowledge)


def not_found(meaning: Meaning | None, asked: Sequence[str], areas: Sequence[Area], knowledge: Knowledge) -> list[str]:
    """Where a place was named that we have no figures for: abroad, with its namesakes here, or in no list of ours."""
    if not meaning or areas or not knowledge.is_ours(asked[0]):
        return []
    said = []
    if meaning.abroad:
        name = html.escape(meaning.abroad.strip().title())
        if knowledge.goes_with_place(asked[0]):
            said.append(say(knowledge.voice, "place_abroad", name=name))
        states = _namesakes(meaning.abroad, knowledge)
        if states:
            said.append(say(knowledge.voice, "place_namesakes", name=name, states=states))
    elif meaning.unknown and knowledge.goes_with_place(asked[0]):
        said.append(say(knowledge.voice, "place_unknown", name=html.escape(meaning.unknown)))
    return said


def _namesakes(name: str, knowledge: Knowledge) -> str:
    """The states that have a town of the name of a place abroad, the largest first: "Texas or Tennessee"."""
    index = knowledge.places
    towns = [town for town in index.towns.of(name_of(name)) if town.people >= WORTH_NAMING]
    towns.sort(key=lambda town: -town.people)
    states = dict.fromkeys(index.titles[index.state_areas[town.state]] for town in towns)
    return " or ".join(list(states)[:NAMESAKES])
