"""What an answer leaves in a run, and what becomes of it when it is given anew or the flow was edited."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.flows.ahead import kept_for_others
from bot.conversation.flows.bare import larger
from bot.conversation.flows.engine import setting
from bot.conversation.flows.lookalikes import is_no_answer
from bot.conversation.flows.progress import begun
from bot.conversation.flows.yes_no import yes_or_no
from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY
from tests.flows.person import Person, answers, text

ENROLL = ("/enroll", "no job", "5000", "2000")


@pytest.fixture
def enroll(knowledge: Knowledge) -> Person:
    person = Person(knowledge, TODAY)
    for said in ENROLL:
        person.say(said)
    assert person.turn
    assert person.turn.step == "incoming"
    return person


def test_money_that_ends_is_put_to_the_savings_once_however_often_it_is_said(enroll: Person) -> None:
    enroll.say("unemployment is 1600 a month until March")
    once = answers(enroll)["savings"]
    assert once != [5000, 5000]
    enroll.restart()
    for _ in range(2):
        enroll.say("back")
        enroll.say("unemployment is 1600 a month until March")
        assert answers(enroll)["savings"] == once
    enroll.say("back")
    enroll.say("nothing")
    assert answers(enroll)["savings"] == [5000, 5000]


def test_savings_that_were_said_anew_stay_as_they_were_said(enroll: Person) -> None:
    enroll.say("unemployment is 1600 a month until March")
    for said in ("back", "back", "back", "7000", "2000", "nothing"):
        enroll.say(said)
    assert answers(enroll)["savings"] == [7000, 7000]


def test_more_of_one_thing_changes_no_other(knowledge: Knowledge) -> None:
    at = setting("enroll", knowledge, TODAY)
    given = {"situation": "none", "savings": [5000, 5000], "spend": [2000, 2000]}
    progress = begun("enroll", at.flow, 1, "", given).but(step="incoming")
    kept, _ = kept_for_others(progress, {"spend": "500 more", "savings": "9000 saved"}, at)
    assert kept.answers["savings"] == [5000, 5000]


def test_a_territory_stands_between_its_places_and_the_nation(knowledge: Knowledge) -> None:
    area = next(a for a in knowledge.areas.values() if a.states == ("PR",) and a.type != "territory")
    assert [place.type for place in larger(area, knowledge)][1:] == ["territory", "nation"]


def test_ticks_are_kept_in_one_order(knowledge: Knowledge) -> None:
    kept = []
    for order in ((0, 1), (1, 0)):
        person = Person(knowledge, TODAY)
        person.say("/enroll")
        for said in ("i work in a store", "14 an hour", "ohio", "10 hours a week", "1 year"):
            person.say(said)
        assert person.turn
        assert person.turn.step == "likes"
        ticks = [b.label.removeprefix("☐ ") for row in person.turn.replies[-1].buttons for b in row if "☐" in b.label]
        for number in order:
            person.press(f"☐ {ticks[number]}")
        person.press("Done ✓")
        kept.append(answers(person)["likes"])
    assert kept[0] == kept[1]


@pytest.fixture
def at_result(person: Person) -> Person:
    for said in (
        "/laptop",
        "new",
        "800",
        "12",
        "10",
        "games",
        "no",
        "40k",
        "10",
        "2",
        "1",
        "ohio",
        "June 2027",
        "none",
    ):
        person.say(said)
    assert person.turn
    assert not person.turn.step
    return person


@pytest.mark.parametrize("said", ["my answers", "share", "why", "start over"])
def test_a_result_whose_flow_was_edited_since_is_made_anew(
    said: str, at_result: Person, with_laptop: Knowledge
) -> None:
    laptop = with_laptop.flows["laptop"]
    kind = laptop.steps["kind"]
    left = {name: option for name, option in kind.options.items() if name != "new"}
    uses = laptop.steps["uses"]
    fewer = {name: option for name, option in uses.options.items() if name != "games"}
    steps = {
        **laptop.steps,
        "kind": dataclasses.replace(kind, options=left),
        "uses": dataclasses.replace(uses, options=fewer),
    }
    edited = dataclasses.replace(laptop, steps=steps)
    at_result.knowledge = dataclasses.replace(with_laptop, flows={**with_laptop.flows, "laptop": edited})
    assert "I've been updated" in text(at_result.say(said))


@pytest.mark.parametrize("said", ["why", "how do you get that", "who says 39,600", "what is 63 in 100"])
def test_a_result_that_cant_be_worked_out_is_admitted_again(
    said: str, at_result: Person, with_laptop: Knowledge
) -> None:
    laptop = with_laptop.flows["laptop"]
    broken = {name: dataclasses.replace(card, text="{{ 1 / 0 }}") for name, card in laptop.result.items()}
    edited = dataclasses.replace(laptop, result=broken)
    at_result.knowledge = dataclasses.replace(with_laptop, flows={**with_laptop.flows, "laptop": edited})
    assert at_result.say(said).replies


@pytest.mark.parametrize("said", ["I don't", "i dont", "I'm not", "im not", "i dont smoke", "I didn't", "i didnt"])
def test_a_no_is_one_with_and_without_an_apostrophe(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize("said", ["no i don't", "nope i dont", "no i can't", "no i haven't", "nah i didnt"])
def test_a_no_said_twice_answers_the_question_that_is_asked(said: str, knowledge: Knowledge) -> None:
    for flow in ("cost", "path"):
        at = setting(flow, knowledge, TODAY)
        for step in at.flow.steps.values():
            assert step.kind != "yes_no" or not is_no_answer(step, said, at)


@pytest.mark.parametrize("said", ["I'm over 50", "im like 45", "45 y/o", "57 is my age", "when i was 30", "age is 40"])
def test_an_age_is_no_sum(said: str, knowledge: Knowledge) -> None:
    at = setting("enroll", knowledge, TODAY)
    assert is_no_answer(at.flow.steps["cash"], said, at)


def test_a_link_to_a_flow_begins_it_with_what_is_known(knowledge: Knowledge) -> None:
    asked = []
    for way in ("/payback", "/start f_payback"):
        person = Person(knowledge, TODAY)
        person.say("what do coders make in ohio")
        person.say(way)
        asked.append(answers(person))
    assert asked[0] == asked[1] != {}
