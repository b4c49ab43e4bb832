"""A new flow that uses sums which exist is one YAML file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY
from tests.flows.conftest import OWN
from tests.flows.person import Person, answers, text

TYPED = [
    "a used one", "$800", "2 years", "school and job", "nope", "20 bucks an hour", "10 hrs", "3", "two",
    "near tulsa", "next spring", "my old one broke",
]  # fmt: skip


def test_the_fifth_flow_is_one_file() -> None:
    assert [f.name for f in Path(OWN).rglob("*") if f.is_file()] == ["laptop.yaml"]


def test_every_kind_of_step_can_be_answered_by_typing(person: Person) -> None:
    turn = person.say("/laptop")
    for said in TYPED:
        assert turn.flow == "laptop", text(turn)
        turn = person.say(said)
    assert turn.flow == ""
    assert answers(person) == {
        "kind": "used", "price": [800, 800], "months": [24, 24], "uses": ["study", "work"], "wait": False,
        "pay": [41600, 41600], "hours": [10, 10], "wish": "3", "screens": [2, 2], "town": "46140",
        "when": "2027-03-01", "note": "my old one broke",
    }  # fmt: skip
    assert "$36.92 a month for 24 months" in text(turn)


def test_every_kind_of_step_can_be_answered_by_taps_or_skipped(person: Person) -> None:
    person.say("/laptop")
    for label in ["A new one", "About $400", "Skip", "Skip", "☐ Study", "☐ Games", "Done ✓", "No", "Skip", "Skip"]:
        person.press(label)
    for label in ["2", "Skip", "Outside the US", "Skip"]:
        person.press(label)
    turn = person.press("Skip")
    assert answers(person)["uses"] == ["study", "games"]
    assert answers(person)["town"] == "abroad"
    assert "Buy it" in text(turn)
    assert "one year to pay; one screen" in text(turn)


def test_a_calendar_file_comes_with_the_card_that_has_one(person: Person) -> None:
    person.say("/laptop")
    for said in TYPED:
        person.say(said)
    (reply,) = person.press("My day").replies
    assert reply.file
    assert reply.file.name == "laptop.ics"
    assert "DTSTART;VALUE=DATE:20270301" in reply.file.text


def test_its_command_is_listed_with_what_it_is_for(with_laptop: Knowledge) -> None:
    assert with_laptop.career.commands["laptop"] == "Whether to borrow for a laptop"


@pytest.mark.parametrize("flow_id", ["laptop", "enroll", "cost", "path", "pay"])
@pytest.mark.parametrize("steps_back", [1, 3])
def test_going_back_and_forward_again_gives_the_same_result(flow_id: str, steps_back: int, person: Person) -> None:
    turn = person.say(f"/{flow_id}")
    while turn.flow:
        turn = person.say("skip" if turn.step != "kind" else "1")
    result = turn.replies[0].text
    for _ in range(steps_back):
        turn = person.say("back")
    assert turn.flow == flow_id
    assert person.press("Keep it").replies[0].text == result


def test_the_operators_interest_is_told_with_the_result(with_laptop: Knowledge) -> None:
    career = dataclasses.replace(with_laptop.career, disclosure="We earn when you enroll.")
    person = Person(dataclasses.replace(with_laptop, career=career), TODAY)
    for said in ("/laptop", *TYPED):
        turn = person.say(said)
    assert "We earn when you enroll." in text(turn)
