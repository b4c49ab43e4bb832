"""Results are kept, compared and shared; a link holds the answers and stores nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.flows.moving import Setting
from bot.conversation.flows.share import LONGEST, decode, encode
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.flow_walks import walks
from tests.conftest import TODAY
from tests.flows.person import Person, answers, text

QUICK = ["/laptop", "used", "800", "24", "study", "no", "skip", "skip", "2", "skip", "texas", "skip", "skip"]


@pytest.fixture
def finished(person: Person) -> Person:
    for said in QUICK:
        person.say(said)
    return person


def test_a_shared_link_gives_someone_else_the_same_result(finished: Person, with_laptop: Knowledge) -> None:
    link = re.search(r"r_\S+", text(finished.press("Share")))
    assert link
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link[0])
    friend = Person(with_laptop, TODAY)
    turn = friend.say(f"/start {link[0]}")
    assert "Someone shared" in text(turn)
    assert answers(friend) == answers(finished)
    assert text(friend.say("say that again")) == text(turn)


def test_a_link_of_an_older_version_begins_the_flow(person: Person) -> None:
    turn = person.say("/start r_laptop_0000AAAA")
    assert "older version" in text(turn)
    assert turn.step == "kind"


@given(payload=st.text("abcdefABCDEF0123456789_-", max_size=62))
def test_no_link_raises(payload: str, with_laptop: Knowledge) -> None:
    assert Person(with_laptop, TODAY).say(f"/start r_{payload}").replies


@pytest.mark.parametrize("flow_id", ["laptop", "enroll", "cost", "path", "pay"])
def test_links_of_every_flow_hold_their_answers(flow_id: str, with_laptop: Knowledge) -> None:
    flow = with_laptop.flows[flow_id]
    for given_answers in walks(Setting(flow, with_laptop, TODAY), 100):
        link = encode(flow_id, flow, given_answers, with_laptop)
        assert link is not None, given_answers
        assert len(link) <= LONGEST
        found = decode(link, with_laptop)
        assert found
        assert found[0] == flow_id
        assert found[1] is not None
        assert found[1].keys() == given_answers.keys()


def test_a_saved_result_opens_after_a_restart_and_can_be_deleted(finished: Person) -> None:
    before = answers(finished)
    finished.press("Save")
    finished.restart()
    finished.say("/start")
    finished.say("/saved")
    assert "Buy it" in text(finished.press("Open 1"))
    assert answers(finished) == before
    finished.say("/saved")
    assert "Deleted" in text(finished.press("Delete 1"))
    assert finished.state.saved == ()


def test_two_saved_results_are_laid_side_by_side(finished: Person) -> None:
    finished.press("Save")
    finished.press("Change an answer")
    finished.press("2. Price")
    finished.say("1600")
    finished.press("Save")
    finished.say("/saved")
    told = text(finished.press("Compare: A laptop on credit"))
    assert "1. $36.92" in told
    assert "2. $73.83" in told


def test_the_same_result_is_saved_once(finished: Person) -> None:
    finished.press("Save")
    assert "saved already" in text(finished.press("Save"))
    assert len(finished.state.saved) == 1
