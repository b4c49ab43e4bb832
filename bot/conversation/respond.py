"""The one door of the core: `respond(state, event, knowledge) -> Turn`. Pure: no I/O, no clock, no chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import escape

from bot.conversation import buttons
from bot.conversation.changing import changed
from bot.conversation.danger import sign_of_danger
from bot.conversation.events import Commanded, Event, Pressed, Said, Sent
from bot.conversation.flows.beginning import flows_offered
from bot.conversation.flows.beside import beside
from bot.conversation.flows.told_first import begun_with, plan_told
from bot.conversation.flows.turns import flow_turn, led_back, marked
from bot.conversation.knowledge import Knowledge
from bot.conversation.languages import language_of
from bot.conversation.meaning import Meaning
from bot.conversation.noting import noted
from bot.conversation.paid_by_day import heard_by_week, with_days_said
from bot.conversation.person import handed_on, moved_on, person_turn
from bot.conversation.places import Place
from bot.conversation.rating import rated
from bot.conversation.slots import ages_in
from bot.conversation.spaces import heard_plainly
from bot.conversation.state import Reply, State, Turn
from bot.conversation.telling import tells_of_other_work
from bot.conversation.topics.above import pointed_at, still_about
from bot.conversation.topics.answers import answered, next_buttons
from bot.conversation.topics.behind import says_who, sources
from bot.conversation.topics.commands import command
from bot.conversation.topics.explaining import explained
from bot.conversation.topics.last_result import last_result
from bot.conversation.topics.menu import menu, plans, section
from bot.conversation.topics.missed import missed
from bot.conversation.topics.paid_in_parts import paid_in_parts
from bot.conversation.topics.places import in_doubt, picked_place, which_place, with_place
from bot.conversation.topics.price_no_pay import price_no_pay
from bot.conversation.topics.said_before import said_before
from bot.conversation.topics.shorter import shortened
from bot.conversation.topics.two_pays import two_pays
from bot.conversation.topics.unsure import choices, chosen, lost, torn
from bot.conversation.understand import understand
from bot.conversation.wishes import wished
from bot.conversation.wording import say

THOUSAND = 1000  # what a bare number for a year's pay is counted in
PAY_SLOTS = frozenset({"amount", "per", "a_year", "assumed"})


def respond(state: State, event: Event, knowledge: Knowledge) -> Turn:
    """What the advisor says to `event`, and what it remembers afterwards. Never raises for any input of a person."""
    written = heard_plainly(event)
    event, counted = heard_by_week(written, knowledge)
    turn = (
        comforted(state, event, knowledge)
        or rated(state, event, knowledge)
        or person_turn(state, event, knowledge)
        or wished(state, event, knowledge)
        or last_result(state, event, knowledge)
        or flow_turn(state, event, knowledge)
        or answered_aside(state, event, knowledge)
    )
    turn = with_days_said(turn, counted, knowledge)
    return noted(state, written, marked(moved_on(state, turn), knowledge), knowledge)


def comforted(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """What is said to a sign of danger, whatever else is open or asked; a flow that waits can be gone on with."""
    if not isinstance(event, Said) or not sign_of_danger(event.text, knowledge):
        return None
    return led_back(asked(state, event, knowledge), event, knowledge)


def answered_aside(state: State, event: Event, knowledge: Knowledge) -> Turn:
    """The turn of an event that no flow takes; what it says to the question of a flow is kept all the same."""
    told = beside(state, event, knowledge)
    return led_back(said_to(told.state, told.event, knowledge), event, knowledge, told.taken, kept=told.kept)


def said_to(state: State, event: Event, knowledge: Knowledge) -> Turn:
    """The turn of an event that no flow takes."""
    if isinstance(event, Said):
        return hear(state, event, knowledge)
    if isinstance(event, Pressed):
        return press(state, event, knowledge)
    if isinstance(event, Commanded):
        return command(state, event, knowledge)
    return unreadable(state, event, knowledge)


def hear(state: State, event: Said, knowledge: Knowledge) -> Turn:
    """Free text: answer, ask back, or admit."""
    if not event.text.strip():
        return menu(state, knowledge, opening=say(knowledge.voice, "empty"))
    picked = chosen(event.text, state.offered, knowledge)
    if picked.startswith(buttons.FLOW_NAMED):
        return begun_with(state, picked.removeprefix(buttons.FLOW_NAMED), event.text, knowledge, event.at)
    if picked:
        return answered(state, [picked], knowledge, event.at)
    place = picked_place(event.text, state, knowledge)
    if place:
        return answered(state, [place[0]], knowledge, event.at, places=[place[1]])
    turn = said_before(state, event, knowledge) or about_ours(state, event, knowledge)
    return turn or asked(state, event, knowledge)


def about_ours(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """What is about our own words: what was left out of them, what stands behind them, what one of them means."""
    return (
        price_no_pay(state, event, knowledge)
        or missed(state, event, knowledge, asked)
        or paid_in_parts(state, event, knowledge)
        or two_pays(state, event, knowledge)
        or says_who(state, event, knowledge)
        or explained(state, event, knowledge, asked)
    )


def asked(state: State, event: Said, knowledge: Knowledge) -> Turn:
    """What the words ask of the subject."""
    known = without_age(state, event.text)
    meaning = understand(event.text, known, knowledge)
    turn = with_place(_heard(known, event, meaning, knowledge), meaning)
    return turn if known is state else turn.after(say(knowledge.voice, "age_no_pay"))


def without_age(state: State, text: str) -> State:
    """The state without the pay that was taken from a number which is now said to be an age; itself for others."""
    amount = state.slots.get("amount")
    ages = ages_in(text)
    if amount is None or not any(amount in {age, age * THOUSAND} for age in ages):
        return state
    return state.but(slots={name: value for name, value in state.slots.items() if name not in PAY_SLOTS})


def _heard(state: State, event: Said, meaning: Meaning, knowledge: Knowledge) -> Turn:
    leaning = still_about(state, meaning, knowledge)
    if leaning:
        return leaning
    if meaning.outcome == "torn":
        return torn(state, event.text, meaning, knowledge)
    if meaning.outcome == "lost" or tells_of_other_work(event.text, meaning.intents[0], knowledge):
        return lost(state, event.text, meaning, knowledge)
    unclear = in_doubt(meaning.intents, meaning.places, knowledge)
    if unclear:
        return which_place(state, unclear, meaning, knowledge)
    plan = plan_told(state, event.text, _flows_after(meaning, knowledge), knowledge, event.at)
    if plan:
        return changed(plan, intents=meaning.intents, probability=meaning.probability, meaning=meaning)
    special = _special(meaning.intents[0], knowledge)
    if special:
        return special(state, meaning, event, knowledge)
    older = state.but(topic_age=state.topic_age + 1)
    turn = answered(older, meaning.intents, knowledge, event.at, places=meaning.places, meaning=meaning)
    return turn if meaning.places else pointed_at(state, event.text, turn, knowledge)


def _flows_after(meaning: Meaning, knowledge: Knowledge) -> Sequence[str]:
    """The flows that the one question asked leads to; none where the question's own answer does the sum."""
    intent, *more = meaning.intents
    return () if more or knowledge.takes_amount(intent) else flows_offered(intent, knowledge)


def press(state: State, event: Pressed, knowledge: Knowledge) -> Turn:
    """A button, however old: what it names is answered; what it names no longer exists leads to the menu."""
    verb, _, rest = event.data.partition(":")
    if verb == buttons.QUESTION:
        intent, _, code = rest.partition(":")
        if knowledge.is_ours(intent) and (not code or code in knowledge.areas):
            places = [Place(knowledge.areas[code].name, (code,))] if code else []
            return answered(state, [intent], knowledge, event.at, places=places)
    if verb == buttons.MENU and not rest:
        return menu(state, knowledge, in_place=True)
    if verb == buttons.MENU and rest.isascii() and rest.isdigit() and int(rest) < len(knowledge.career.menu):
        return section(state, int(rest), knowledge)
    if verb == buttons.PLAN:
        return plans(state, knowledge, in_place=True)
    if verb == buttons.NONE:
        return menu(state, knowledge, opening=say(knowledge.voice, "none_reply"))
    return menu(state, knowledge, opening=say(knowledge.voice, "gone_button"))


def unreadable(state: State, event: Sent, knowledge: Knowledge) -> Turn:
    """A voice message, a picture, a sticker: say kindly what works."""
    key = f"sent_{event.kind}"
    text = say(knowledge.voice, key if key in knowledge.voice else "sent_other")
    reply = Reply(text, ((buttons.menu(knowledge),),))
    return Turn(state.but(last=text), (reply,), "smalltalk")


def show_menu(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn:
    turn = menu(state, knowledge)
    return Turn(turn.state, turn.replies, "smalltalk", meaning.intents, meaning.probability, meaning=meaning)


def in_their_language(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn:
    """That we speak one language only, said first in theirs where we can."""
    turn = answered(state, meaning.intents, knowledge, event.at, meaning=meaning)
    language = knowledge.vocabulary.languages.get(language_of(event.text, knowledge.vocabulary))
    if language is None:
        return turn
    reply = turn.replies[0]
    ours = reply.text.partition("\n\n")[0]  # what stands below it is for those whose language we can't tell
    told = changed(reply, text=ours, buttons=(*reply.buttons, (buttons.menu(knowledge),)))
    return changed(turn, replies=(told,)).after(escape(language.says.strip()))


def to_a_person(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn:
    """Where a person can be asked, the way there; else who else can help."""
    if knowledge.adviser:
        return handed_on(state, meaning, knowledge)
    return answered(state, meaning.intents, knowledge, event.at, meaning=meaning)


def repeat(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn:
    """Say the last message again, with the buttons it had; where it was too much, only what it begins with."""
    shorter = shortened(state, meaning, event, knowledge)
    if shorter:
        return shorter
    if state.offered:
        rows = choices(state.offered, (), knowledge)
    elif state.topic and state.topic_age == 0:
        rows = next_buttons(state.topic, knowledge)
    else:
        rows = ((buttons.menu(knowledge),),)
    text = state.last or say(knowledge.voice, "repeat_nothing")
    return Turn(state, (Reply(text, rows),), "smalltalk", meaning.intents, meaning.probability, meaning=meaning)


def _special(intent: str, knowledge: Knowledge) -> Callable[[State, Meaning, Said, Knowledge], Turn] | None:
    talk = knowledge.smalltalk.get(intent)
    return SPECIAL.get(talk.role) if talk and talk.role else None


SPECIAL: dict[str, Callable[[State, Meaning, Said, Knowledge], Turn]] = {
    "menu": show_menu,
    "repeat": repeat,
    "language": in_their_language,
    "person": to_a_person,
    "sources": sources,
}
