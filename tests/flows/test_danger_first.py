"""A sign of danger comes before whatever else is open: here what a transcript can't type."""

from __future__ import annotations

import dataclasses

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Turn
from tests.conftest import TODAY
from tests.flows.person import Person, text

DANGER = "i dont want to live anymore"


def heard(turn: Turn) -> bool:
    """Whether help is named first, with a button to go on and nothing else asked."""
    buttons = [button.label for row in turn.replies[-1].buttons for button in row]
    return len(turn.replies) == 1 and "988" in text(turn) and "Go on: A laptop on credit" in buttons


def test_in_a_message_that_was_edited(person: Person) -> None:
    person.say("/laptop")
    assert heard(person.take(Said(DANGER, TODAY, edited=True)))


def test_at_a_flow_that_was_edited_since(person: Person, with_laptop: Knowledge) -> None:
    person.say("/laptop")
    laptop = with_laptop.flows["laptop"]
    edited = dataclasses.replace(laptop, steps={k: v for k, v in laptop.steps.items() if k != "months"})
    person.knowledge = dataclasses.replace(with_laptop, flows={**with_laptop.flows, "laptop": edited})
    assert heard(person.say(DANGER))
