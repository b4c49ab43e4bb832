"""Messages in other languages are told from ours, and ours are never taken for another."""

import pytest

from bot.conversation.knowledge import Knowledge
from bot.conversation.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola, cuanto cuesta el curso", "Spanish"),
        ("¿Cuánto gana un facturador?", "Spanish"),
        ("bonjour je voudrais savoir combien", "French"),
        ("quanto custa o exame", "Portuguese"),
        ("magkano po ang bayad", "Tagalog"),
        ("tôi muốn học nghề này", "Vietnamese"),
        ("сколько стоит курс", "Russian"),
        ("这个工作难吗", "Chinese"),
        ("試験はいくらですか", "Japanese"),
        ("ეს რა ღირს", "GEORGIAN"),
    ],
)
def test_the_language_of_a_message_is_told(text: str, language: str, knowledge: Knowledge) -> None:
    assert language_of(text, knowledge.vocabulary) == language


def test_no_phrasing_of_ours_is_taken_for_another_language(knowledge: Knowledge) -> None:
    taken = [p for e in knowledge.entries.values() for p in e.phrasings if language_of(p, knowledge.vocabulary)]
    assert not taken


@pytest.mark.parametrize(
    "text", ["pay in los angeles", "las vegas or el paso", "la", "no", "👍", "2 3", "", "MA or NE"]
)
def test_names_numbers_and_pictures_are_no_language(text: str, knowledge: Knowledge) -> None:
    assert language_of(text, knowledge.vocabulary) == ""
