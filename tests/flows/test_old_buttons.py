"""Every button works, however old, however often pressed, and one that was never ours harms nothing."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.events import Said
from bot.conversation.flows.shape import Option
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State
from tests.conftest import TODAY
from tests.flows.person import Person, answers, text


@pytest.fixture
def at_months(person: Person) -> Person:
    for said in ("/laptop", "new", "800"):
        person.say(said)
    return person


@pytest.mark.fault("F25")
def test_two_presses_at_once_answer_once(person: Person) -> None:
    person.say("/laptop")
    data = person.data_of("A new one")
    person.tap(data)
    turn = person.tap(data)
    assert turn.step == "price"
    assert answers(person) == {"kind": "new"}


@pytest.mark.fault("F25")
def test_two_presses_of_back_go_back_once(at_months: Person) -> None:
    data = at_months.data_of("◀ Back")
    at_months.tap(data)
    assert at_months.tap(data).step == "price"


def test_two_presses_of_a_tick_tick_once(at_months: Person) -> None:
    for said in ("12", "10"):
        at_months.say(said)
    data = at_months.data_of("☐ Games")
    at_months.tap(data)
    at_months.tap(data)
    at_months.press("Done ✓")
    assert answers(at_months)["uses"] == ["games"]


@pytest.mark.fault("F24")
def test_another_answer_to_a_past_question_is_offered_as_a_change(at_months: Person) -> None:
    turn = at_months.press("A used one")
    assert turn.step == "kind"
    assert "You answered “Kind” with A new one before" in text(turn)
    turn = at_months.press("Keep it")
    assert turn.step == "months"
    assert answers(at_months) == {"kind": "new", "price": [800, 800]}


@pytest.mark.fault("F24")
def test_a_button_of_an_earlier_run_changes_nothing_and_leads_on(at_months: Person) -> None:
    old = at_months.data_of("A used one")
    at_months.say("start over")
    turn = at_months.tap(old)
    assert "from an earlier time" in text(turn)
    assert answers(at_months) == {}
    assert at_months.press("Go on: A laptop on credit").step == "kind"


def test_a_button_works_after_the_chat_was_wiped(at_months: Person) -> None:
    old = at_months.data_of("A used one")
    at_months.state = State()
    turn = at_months.tap(old)
    assert turn.replies[0].buttons
    assert at_months.press("A laptop on credit").step == "kind"


def test_a_press_on_the_newest_card_changes_it_in_place_and_on_an_older_one_does_not(person: Person) -> None:
    person.say("/laptop")
    old = person.data_of("A new one")
    assert person.tap(old).replies[0].in_place
    person.press("◀ Back")
    person.say("what is a cpc?")
    assert not person.tap(old).replies[0].in_place


@pytest.mark.fault("F27")
def test_a_flow_that_was_edited_keeps_the_answers_that_still_fit(at_months: Person, with_laptop: Knowledge) -> None:
    laptop = with_laptop.flows["laptop"]
    steps = {k: v for k, v in laptop.steps.items() if k != "months"}
    steps["kind"] = dataclasses.replace(steps["kind"], options={"old": Option("An old one"), "toy": Option("A toy")})
    edited = dataclasses.replace(laptop, steps=steps, sums={}, verdict="", verdicts={})
    at_months.knowledge = dataclasses.replace(with_laptop, flows={**with_laptop.flows, "laptop": edited})
    at_months.restart()
    turn = at_months.say("6 months")
    assert "I've been updated" in text(turn)
    assert turn.step == "kind"
    assert answers(at_months) == {"price": [800, 800]}


@pytest.mark.fault("F27")
def test_a_flow_that_is_gone_leads_to_the_menu(at_months: Person, with_laptop: Knowledge) -> None:
    at_months.knowledge = dataclasses.replace(with_laptop, flows={})
    turn = at_months.press("Skip")
    assert turn.replies[0].buttons
    assert turn.flow == ""
    assert at_months.say("what does a medical coder do all day").kind == "answer"


FORGED = st.one_of(
    st.text(max_size=64),
    st.builds(
        "f:{}:{}:{}:{}".format,
        st.sampled_from(["laptop", "enroll", "nope", ""]),
        st.sampled_from(["01.01", "zz.zz", "-1.0", "1", "01.²²"]),
        st.sampled_from(["kind", "uses", "town", "price", "", "nope"]),
        st.sampled_from(["=new", "+games", "-games", "@48", "@nope", "#plan", "#", "!", "!yes", "!edit", "=", "x", ""]),
    ),
    st.builds("s:{}:{}".format, st.sampled_from("odclx"), st.sampled_from(["1", "-1", "laptop", "", "²"])),
)


@given(data=FORGED, begun=st.booleans())
def test_forged_data_never_raises_and_always_leads_on(data: str, begun: bool, with_laptop: Knowledge) -> None:
    person = Person(with_laptop, TODAY)
    if begun:
        person.say("/laptop")
    turn = person.tap(data)
    assert turn.replies
    assert any(row for reply in turn.replies for row in reply.buttons)
    assert person.state.to_plain()


def test_a_message_edited_later_never_counts_as_an_answer(at_months: Person) -> None:
    turn = at_months.take(Said("36", TODAY, edited=True))
    assert "Changing an old message" in text(turn)
    assert turn.step == "months"
    assert answers(at_months) == {"kind": "new", "price": [800, 800]}
