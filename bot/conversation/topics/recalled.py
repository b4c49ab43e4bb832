"""What a question leaves out and the conversation already holds: places, an occupation, an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.changing import changed
from bot.conversation.flows.progress import flow_place
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS, Meaning
from bot.conversation.places import Place
from bot.conversation.slots import NOTHING, Slots
from bot.conversation.state import State
from bot.conversation.wording import pay_told

MOST_PLACES = 4  # that can be read side by side on a phone


@dataclass(frozen=True, slots=True)
class Recalled:
    """The places and slots to answer with; `told` is what was taken from before, in words."""

    places: tuple[Place, ...]
    slots: Slots
    told: tuple[str, ...] = ()
    from_before: bool = False  # whether the places are


def recall(
    state: State, intents: Sequence[str], places: Sequence[Place], meaning: Meaning | None, knowledge: Knowledge
) -> Recalled:
    """A button or a message that leans on the last one takes along what was named before, if there is room for it.

    A new question takes along only places, and only if it has room for a place and names none.
    """
    now = meaning.slots if meaning else NOTHING
    fits_before = knowledge.takes_place(state.topic) or knowledge.takes_role(state.topic)
    fresh = state.topic_age <= TOPIC_LASTS and fits_before
    if not fresh:
        return _from_earlier(state, intents, places, now, knowledge)
    before = Slots.from_plain(state.slots)
    known = _known_places(state, knowledge)
    if any(knowledge.compares(intent) for intent in intents) and len(places) == 1 and known:
        return Recalled(_together(known, places), _filled(now, before, intents, knowledge))
    elsewhere = bool(meaning and meaning.unknown)  # a place was named, only none that we know
    if len(known) == 1 and not places and all(knowledge.compares(intent) for intent in intents):
        known = [*_known_places(state, knowledge, "earlier"), *known]
    fits = not places and not elsewhere and all(knowledge.goes_with_place(intent) for intent in intents)
    if len(known) > 1:  # places set side by side say nothing of a question about the whole country
        fits = fits and all(knowledge.compares(intent) for intent in intents)
    taken = tuple(known) if fits else ()
    slots = _filled(now, before, intents, knowledge) if meaning is None or meaning.leans or fits else now
    told = [knowledge.areas[place.codes[0]].name for place in taken]
    return Recalled(tuple(places) or taken, slots, (*told, *_told(now, slots, knowledge)), bool(taken))


def _from_earlier(
    state: State, intents: Sequence[str], places: Sequence[Place], now: Slots, knowledge: Knowledge
) -> Recalled:
    """A question in the middle of a guided flow is about the place that was given there, and someone's own pay is
    judged where they are, however long ago they said so."""
    code = "" if places or not all(knowledge.goes_with_place(i) for i in intents) else flow_place(state, knowledge)
    known = _known_places(state, knowledge)
    own_pay = now.amount is not None and not places and all(knowledge.takes_amount(intent) for intent in intents)
    if not code and own_pay and len(known) == 1:
        code = known[0].codes[0]
    if not code:
        return Recalled(tuple(places), now)
    name = knowledge.areas[code].name
    return Recalled((Place(name, (code,)),), now, (name, *_told(now, now, knowledge)), True)


def _known_places(state: State, knowledge: Knowledge, key: str = "places") -> list[Place]:
    codes = [code for code in state.slots.get(key, ()) if code in knowledge.areas]
    return [Place(knowledge.areas[code].name, (code,)) for code in codes]


def _together(known: Sequence[Place], new: Sequence[Place]) -> tuple[Place, ...]:
    """Places to set side by side, each once, those just named last."""
    codes = {place.codes[0] for place in new}
    kept = [place for place in known if place.codes[0] not in codes]
    return (*kept[-(MOST_PLACES - len(new)) :], *new)


def _filled(now: Slots, before: Slots, intents: Sequence[str], knowledge: Knowledge) -> Slots:
    """What is named now, and from before what is missing and has room in the answer."""
    filled = changed(now, roles=now.roles or before.roles, credentials=now.credentials or before.credentials)
    if now.amount is not None and not now.point:  # "and how much less than my pay is that"
        filled = changed(filled, point=before.point)
    if now.amount is None and before.amount is not None and any(knowledge.takes_amount(i) for i in intents):
        return changed(filled, amount=before.amount, per=before.per, a_year=before.a_year, assumed="")
    return changed(filled, per=now.per or ("" if before.amount is not None else before.per))


def _told(now: Slots, filled: Slots, knowledge: Knowledge) -> list[str]:
    occupations = knowledge.career.known_occupations
    told = [] if now.roles else [occupations[role].people for role in filled.roles if role in occupations]
    if now.amount is None and filled.amount is not None:
        told.append(pay_told(filled.amount, filled.per, knowledge.voice))
    return told
