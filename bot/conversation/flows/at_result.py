"""What is typed at the result of a flow: the words of its buttons, and answers taken back."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.about_result import challenged, doubted_later, of_fresh, unclear
from bot.conversation.flows.accounts import accounted
from bot.conversation.flows.all_put_right import all_put_right
from bot.conversation.flows.beginning import begun_by_name
from bot.conversation.flows.correcting import taken_back
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.moves import SAYS
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import form, words
from bot.conversation.flows.pressing import put_by, shared
from bot.conversation.flows.price_holds import held_at_result
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.put_right import put_right
from bot.conversation.flows.supposing import supposed
from bot.conversation.flows.told_late import told_late
from bot.conversation.flows.worked_hours import recounted
from bot.conversation.own_words import own_words
from bot.conversation.state import State, Turn
from bot.conversation.wording import say


def at_result(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """At the result the labels of its buttons can be typed, and an answer taken back."""
    move = SAYS.get(" ".join(words(event.text)))
    if move == "sum":
        return engine.summary(state, progress, at)
    if move == "again":
        return engine.again(state, progress, at.knowledge, at.today)
    if move == "back":
        return engine.back(state, progress, at)
    turn = recounted(state, progress, event.text, at)
    if turn:
        return turn
    if own_words(event.text, at.knowledge):
        return None
    meaning = of_fresh(state, event, at)
    wishes = meaning is not None and meaning.outcome != "sure"
    return (
        held_at_result(state, progress, event.text, at)
        or told_late(state, progress, event.text, at)
        or all_put_right(state, progress, event.text, at)
        or put_right(state, progress, event.text, at, wishes=wishes)
        or supposed(state, progress, event.text, at)
        or accounted(state, progress, event.text, at)
        or (challenged(state, progress, event, meaning, at) if meaning else None)
        or (doubted_later(state, progress, event.text, at) if meaning is None else None)
        or of_result(state, progress, event, at)
        or taken_back(state, progress, event.text, at)
        or begun_by_name(state, event, at.knowledge)
        or (unclear(state, progress, event, meaning, at) if meaning else None)
    )


def of_result(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """A card of the result, what can be done with it, or an answer of the list to change."""
    voice = at.knowledge.voice
    acts = {"flow_save": put_by, "flow_share_button": shared, "flow_change": engine.summary}
    for key, run in acts.items():
        if labelled(event.text, voice[key]):
            return run(state, progress, at)
    named = _card_meant(event.text, at)
    if named or labelled(event.text, voice["flow_result"]):
        return engine.shown(state, progress, at, card=named)
    if say(voice, "flow_summary", title=at.flow.title) not in state.last:
        return None
    listed = event.text.strip().lstrip("0123456789. ")
    step = next((s for s in progress.answers if labelled(listed, at.flow.steps[s].name)), "")
    return engine.shown(state, engine.at_step(progress, step), at) if step else None


def _card_meant(text: str, at: Setting) -> str:
    """The card whose button is named, or of which the message holds some of its author's other words."""
    cards = at.flow.result.items()
    button = next((name for name, card in cards if card.button and labelled(text, card.button)), "")
    said = f" {form(text)} "
    return button or next((name for name, card in cards if any(f" {form(also)} " in said for also in card.also)), "")
