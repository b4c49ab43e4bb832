"""Words as fingers and telephones write them, read as what was meant."""

from __future__ import annotations

import pytest

from bot.conversation.knowledge import Knowledge


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("worht", "worth"),  # two letters changed places, and "worst" is as near
        ("hwat", "what"),
        ("teh", "the"),
        ("harf", "hard"),  # the key beside; "half" is as near
        ("sallary", "salary"),
        ("signiny", "signing"),
        ("readup", "read up"),
        ("lng", "long"),
        ("celery", "celery"),  # a word of its own
        ("quilting", "quilting"),
        ("killl", "kill"),
        ("suicdial", "suicidal"),
    ],
)
def test_a_slip_is_read_as_what_was_meant_and_a_word_of_its_own_is_left_alone(
    knowledge: Knowledge, typed: str, meant: str
) -> None:
    assert " ".join(knowledge.matcher.speller.repair(typed)) == meant


def test_a_short_word_two_slips_away_from_a_word_of_danger_is_not_read_as_it(knowledge: Knowledge) -> None:
    assert "kills" not in knowledge.matcher.speller.repair("kohls")  # a shop


def test_what_a_telephone_hears_is_read_as_what_was_said(knowledge: Knowledge) -> None:
    words, _ = knowledge.matcher.read("um how due i get into medical coating and what celery")
    assert {"how", "do", "coding", "salary"} <= set(words)
    assert not {"due", "coating", "celery", "um"} & set(words)
