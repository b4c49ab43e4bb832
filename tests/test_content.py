"""What must hold for all content: every answer renders, is short enough to read, and shows where it is from."""

from __future__ import annotations

import pytest

from bot.conversation.events import Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.handlers.split import LIMIT, visible
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.templates import Markup, inspect_template
from tests.conftest import ROOT, TODAY

ENTRIES = sorted(
    line[:-1]
    for file in (ROOT / "knowledge" / "faq").glob("*.yaml")
    for line in file.read_text("utf-8").splitlines()
    if line.endswith(":") and line[0].isalpha()
)
SHAPES_OF_PLACES = ("48", "26420", "50", "10540", "6600001")  # a state, a metro area, no job count, nothing at all


@pytest.mark.parametrize("intent", ENTRIES)
def test_every_answer_is_readable_sourced_and_leads_on(intent: str, knowledge: Knowledge) -> None:
    turn = respond(State(), Pressed(f"q:{intent}", TODAY), knowledge)
    (reply,) = turn.replies
    assert turn.intents == (intent,)
    assert visible(reply.text) <= LIMIT
    assert turn.sources, "an answer without a source"
    assert reply.buttons, "an answer that leads nowhere"
    assert sum(len(row) for row in reply.buttons) <= 3


@pytest.mark.parametrize("place", SHAPES_OF_PLACES)
@pytest.mark.parametrize(
    "intent", ["salary_by_state", "salary_by_city", "jobs_by_state", "jobs_by_city", "cost_of_living"]
)
def test_answers_about_a_place_hold_for_every_shape_of_place(intent: str, place: str, knowledge: Knowledge) -> None:
    turn = respond(State(), Pressed(f"q:{intent}:{place}", TODAY), knowledge)
    markup = Markup()
    markup.feed(turn.replies[0].text)
    markup.close()
    assert markup.finish() == []
    assert knowledge.areas[place].name in markup.text
    assert "None" not in markup.text


def test_every_area_can_be_asked_for_and_gives_its_own_figure(knowledge: Knowledge) -> None:
    for code, area in knowledge.areas.items():
        median = area.pay["coder"].median
        turn = respond(State(), Pressed(f"q:salary_by_city:{code}", TODAY), knowledge)
        if median is not None:
            assert f"${median:,.0f}" in turn.replies[0].text, area.name


def test_button_data_fits_in_telegrams_64_bytes(knowledge: Knowledge) -> None:
    longest = max(knowledge.entries, key=len)
    code = max(knowledge.areas, key=len)
    assert len(f"q:{longest}:{code}".encode()) <= 64


def test_low_confidence_is_said_under_the_answer(knowledge: Knowledge) -> None:
    for intent, entry in knowledge.entries.items():
        low = [f for f in entry.cites if knowledge.facts[f].confidence == "low"]
        if low:
            turn = respond(State(), Pressed(f"q:{intent}", TODAY), knowledge)
            assert "unofficial estimate" in turn.replies[0].text, intent


def test_a_figure_past_its_date_is_called_old(knowledge: Knowledge) -> None:
    later = TODAY.replace(year=TODAY.year + 9)
    now = respond(State(), Pressed("q:exam_cost", TODAY), knowledge).replies[0].text
    then = respond(State(), Pressed("q:exam_cost", later), knowledge).replies[0].text
    assert "not renewed since" not in now
    assert "(figures of September 2026, not renewed since)" in then


def test_a_term_is_explained_the_first_time_only(knowledge: Knowledge) -> None:
    first = respond(State(), Said("how much does a coder make", TODAY), knowledge)
    again = respond(first.state, Said("how much does a coder make", TODAY), knowledge)
    meaning = knowledge.vocabulary.glossary["median"].means
    assert meaning in first.replies[0].text
    assert meaning not in again.replies[0].text


def test_the_same_content_is_always_understood_the_same() -> None:
    once, again = (load_knowledge(ROOT / "examples" / "pharmacy-technician") for _ in range(2))
    assert again.version == once.version
    for text in (
        "how much does a technician make",
        "is it worth it at 45",
        "tell me a joke",
        "wat do they ern in ohio",
    ):
        assert again.matcher.match(text) == once.matcher.match(text)


def test_a_slip_in_a_branch_for_some_kinds_of_places_only_is_found(knowledge: Knowledge) -> None:
    for kind in ("nation", "state", "metro", "nonmetro", "territory"):
        template = "{% if place and place.type == '" + kind + "' %}{{ place.pay(role).medain }}{% endif %}"
        (flaw,) = inspect_template(template, knowledge).flaws
        assert "pay has no 'medain'; did you mean 'median'?" in flaw.what
