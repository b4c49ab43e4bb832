"""The cards of inline mode: what is offered for a few typed words, and that nothing typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.inline import MOST_CARDS, Card, cards
from bot.conversation.knowledge import Knowledge
from bot.handlers.split import LIMIT, visible
from tests.conftest import TODAY


def offered(text: str, knowledge: Knowledge) -> tuple[Card, ...]:
    found = cards(text, knowledge, TODAY)
    assert 1 <= len(found) <= MOST_CARDS
    assert len({card.id for card in found}) == len(found)
    for card in found:
        assert len(card.id.encode()) <= 64
        assert card.title
        assert card.description
        assert visible(card.text) <= LIMIT
    return found


def test_nothing_typed_yet_offers_first_questions(knowledge: Knowledge) -> None:
    assert tuple(card.id for card in offered(" ", knowledge)) == knowledge.career.starters


def test_a_place_goes_with_every_card_that_can_take_one(knowledge: Knowledge) -> None:
    found = offered("salary houston", knowledge)
    assert "Houston" in found[0].title
    assert "$51,250" in found[0].text
    assert sum("Houston" in card.title for card in found) >= 3


def test_an_occupation_named_is_the_one_answered(knowledge: Knowledge) -> None:
    first, *_ = offered("biller pay in houston", knowledge)
    assert "$47,360" in first.text
    assert "$51,250" not in first.text


def test_two_places_are_compared_and_a_card_about_one_says_which(knowledge: Knowledge) -> None:
    first, *others = offered("texas or oklahoma", knowledge)
    assert "Texas" in first.title
    assert "Oklahoma" in first.title
    assert "$48,860" in first.text
    assert "$53,460" in first.text
    assert not [card for card in others if "Oklahoma" in card.title and "Oklahoma" not in card.text]


def test_a_name_that_several_places_have_gets_a_card_for_each(knowledge: Knowledge) -> None:
    first, second, *_ = offered("salary in portland", knowledge)
    assert {first.title.rpartition(" · ")[2], second.title.rpartition(" · ")[2]} == {"Portland, OR-WA", "Portland, ME"}
    assert first.text != second.text


def test_every_card_names_its_source(knowledge: Knowledge) -> None:
    for card in offered("cpc cost", knowledge):
        assert "<i>Source" in card.text


def test_what_is_not_ours_offers_first_questions(knowledge: Knowledge) -> None:
    for text in ("weather", "asdfgh", "123", "???"):
        assert tuple(card.id for card in offered(text, knowledge)) == knowledge.career.starters


def test_a_sign_of_danger_offers_help_and_nothing_else(knowledge: Knowledge) -> None:
    (card,) = cards("i want to kill myself", knowledge, TODAY)
    assert "988" in card.text


@pytest.mark.parametrize("text", ["<b>", "&amp;", "\x00", "\u202e", "é" * 256, "texas " * 40, "👍🏽" * 60, "a" * 256])
def test_strange_words_break_nothing(text: str, knowledge: Knowledge) -> None:
    offered(text, knowledge)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=256))
def test_no_text_at_all_breaks_it(text: str, knowledge: Knowledge) -> None:
    offered(text, knowledge)


def test_the_same_words_give_the_same_cards(knowledge: Knowledge) -> None:
    assert cards("pay in ohio", knowledge, TODAY) == cards("pay in ohio", knowledge, TODAY)
