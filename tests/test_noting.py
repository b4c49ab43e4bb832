"""What a turn leaves in the question log, decided by the core."""

from __future__ import annotations

import pytest

from bot.conversation.events import Commanded, Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import Mark, Note, State
from bot.operator.talk import Conversation, typed
from tests.conftest import TODAY

ASKED = "how long does it take to become a coder"


def notes(knowledge: Knowledge, *texts: str) -> list[Note | None]:
    state, found = State(), []
    for text in texts:
        turn = respond(state, typed(text, TODAY), knowledge)
        state = turn.state
        found.append(turn.note)
    return found


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (ASKED, "answered"),
        ("how much", "offered"),
        ("pay in springfield", "place"),
        ("the glorp of wexley", "refused"),
        ("recipe for lasagna", "not_ours"),
        ("hi", "smalltalk"),
    ],
)
def test_every_question_has_an_outcome(knowledge: Knowledge, text: str, outcome: str) -> None:
    assert notes(knowledge, text) == [Note(outcome, "said", 1)]


def test_menus_commands_and_stickers_are_nobodys_question(knowledge: Knowledge) -> None:
    assert notes(knowledge, "/start", "/menu", "/help") == [None, None, None]


def test_the_same_question_typed_again_is_known_as_that(knowledge: Knowledge) -> None:
    again = "how long until i am a coder"
    asked = notes(knowledge, ASKED, again, "pay in ohio", "pay in texas", ASKED)
    assert [note.again for note in asked if note] == [False, True, False, False, False]


def test_a_button_pressed_twice_is_not_asking_again(knowledge: Knowledge) -> None:
    state = respond(State(), Pressed("q:program_cost", TODAY), knowledge).state
    note = respond(state, Pressed("q:program_cost", TODAY), knowledge).note
    assert note == Note("answered", "pressed", 2)


def test_a_choice_typed_as_a_number_is_a_label_too(knowledge: Knowledge) -> None:
    state = respond(State(), Said("how much", TODAY), knowledge).state
    turn = respond(state, Said("2", TODAY), knowledge)
    assert turn.mark == Mark(1, chosen=state.offered[1])


def test_a_choice_that_is_no_longer_open_is_no_label(knowledge: Knowledge) -> None:
    state = respond(State(), Said("how much", TODAY), knowledge).state
    old = f"q:{state.offered[0]}"
    state = respond(state, Said(ASKED, TODAY), knowledge).state
    assert respond(state, Pressed(old, TODAY), knowledge).mark is None


def test_what_is_pressed_beside_a_guess_is_a_label(knowledge: Knowledge) -> None:
    turn = respond(State(), Said("tell me about the certificate", TODAY), knowledge)
    assert turn.kind == "answer"
    assert turn.state.beside
    pressed = respond(turn.state, Pressed(f"q:{turn.state.beside[0]}", TODAY), knowledge)
    assert pressed.mark == Mark(1, chosen=turn.state.beside[0])
    assert not pressed.state.beside


def test_a_flow_is_noted_step_by_step_to_its_verdict(knowledge: Knowledge) -> None:
    talk = Conversation(knowledge, lambda: TODAY)
    turn = talk.say("/enroll")
    found = [turn.note]
    for _ in range(60):
        if not turn.flow:
            break
        turn = talk.say("skip") if turn.note else talk.say("yes")
        if turn.note is None:
            turn = talk.say("no")
        found.append(turn.note)
    steps = [note.step for note in found if note]
    assert steps.index("") == len(steps) - 1
    assert found[-1] is not None
    assert found[-1].verdict in knowledge.flows["enroll"].verdicts


def test_the_same_step_shown_again_is_no_progress(knowledge: Knowledge) -> None:
    state = respond(State(), Commanded("enroll", "", TODAY), knowledge).state
    assert respond(state, Commanded("enroll", "", TODAY), knowledge).note is None


def test_what_a_flow_took_picked_nothing_of_what_was_offered(knowledge: Knowledge) -> None:
    begun = respond(State(), Commanded("cost", "", TODAY), knowledge).state
    offering = begun.but(offered=("exam_cost", "program_cost"), offer=1)
    turn = respond(offering, Said("2", TODAY), knowledge)
    assert (turn.kind, turn.mark) == ("flow", None)
