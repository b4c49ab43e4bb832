"""Which card of a result a message is about: the words of its button, or others of its author."""

from __future__ import annotations

from bot.conversation.flows.cards import scope_of
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import form
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.results import shown


def card_named(progress: Progress, text: str, at: Setting) -> str:
    """ "" where none is, or where the one that is can't be told for these answers."""
    cards, said = at.flow.result.items(), f" {form(text)} "
    button = next((name for name, card in cards if card.button and labelled(text, card.button)), "")
    name = button or next((name for name, card in cards if any(f" {form(also)} " in said for also in card.also)), "")
    return name if name and shown(at.flow.result[name], scope_of(progress, at)) else ""
