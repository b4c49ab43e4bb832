"""Words that mean little by themselves, after an answer; and an answer that stands above already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Candidate, Match
from bot.conversation.meaning import TOPIC_LASTS, Meaning
from bot.conversation.rehearsal import rehearse
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.topics.above import still_about
from tests.conftest import TODAY

NEAR = (Candidate("payback", 0.2), Candidate("privacy_law", 0.04))
LOST = Meaning("lost", (), 0.1, Match(("wibble", "wobble"), questions=NEAR))


def test_what_was_not_understood_is_asked_back_about_with_the_last_answer_in_mind(knowledge: Knowledge) -> None:
    turn = still_about(State(topic="financial_aid"), LOST, knowledge)
    assert turn is not None
    assert knowledge.title("financial_aid") in turn.replies[0].text
    assert turn.state.offered[0] == "payback"
    assert "privacy_law" not in turn.state.offered
    assert set(turn.state.offered[1:]) <= set(knowledge.entries["financial_aid"].next)


@pytest.mark.parametrize("state", [State(), State(topic="financial_aid", topic_age=TOPIC_LASTS)])
def test_without_an_answer_shortly_before_it_is_not(knowledge: Knowledge, state: State) -> None:
    assert still_about(state, LOST, knowledge) is None


def test_it_is_asked_back_about_once(knowledge: Knowledge) -> None:
    assert still_about(State(topic="financial_aid", lost=1), LOST, knowledge) is None


def small_talk(knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    for intent, talk in knowledge.smalltalk.items():
        yield intent, talk.kind == "smalltalk" and not talk.urgent


def test_unlikely_small_talk_is_not_taken_for_it_but_danger_always_is(knowledge: Knowledge) -> None:
    for intent, may_be_doubted in small_talk(knowledge):
        meaning = Meaning("sure", (intent,), 0.3, Match(("wibble",)))
        asked_back = still_about(State(topic="financial_aid"), meaning, knowledge) is not None
        assert asked_back == may_be_doubted, intent


def test_a_question_without_phrasings_is_rehearsed_too(knowledge: Knowledge) -> None:
    bare = {**knowledge.entries, "payback": replace(knowledge.entries["payback"], phrasings=())}
    assert len(list(rehearse(replace(knowledge, entries=bare), TODAY))) == len(list(rehearse(knowledge, TODAY)))


def test_a_rehearsal_changes_nothing_that_is_said(knowledge: Knowledge) -> None:
    before = respond(State(), Said("how much do coders make in ohio", TODAY), knowledge)
    steps = sum(1 for _ in rehearse(knowledge, TODAY))
    assert steps >= 2 * len(knowledge.entries)
    assert respond(State(), Said("how much do coders make in ohio", TODAY), knowledge) == before
