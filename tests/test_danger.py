"""What tells of danger is heard: listed phrases, and one clause of a long story; what only sounds like it is not."""

import pytest

from bot.conversation.danger import URGENT_PIECE, danger, tells, urgent_talk
from bot.conversation.knowledge import Knowledge

STORY = (
    "I finished the course in March, paid four thousand for it and passed at the second try, and since then I sent "
    "out ninety applications, {} so tell me which job boards I should look at and if the apprentice letter matters."
)


def sign(text: str, knowledge: Knowledge) -> str:
    return danger(text, knowledge.matcher.match(text), knowledge)


def test_listed_phrases_are_written_as_they_are_read(knowledge: Knowledge) -> None:
    for intent, phrases in knowledge.vocabulary.danger.items():
        assert knowledge.smalltalk[intent].urgent
        assert [p for p in phrases if " ".join(knowledge.matcher.plain_words(p)) != p] == []


@pytest.mark.parametrize(
    ("clause", "intent"),
    [
        ("and my family would be better off without me,", "oos_crisis"),
        ("and I wish that I would not wake up tomorrow,", "oos_crisis"),
        ("and my husband hits me whenever I ask for money,", "oos_violence"),
        ("and the search is killing me,", ""),
        ("", ""),
    ],
)
def test_a_sign_within_a_long_story_is_heard(clause: str, intent: str, knowledge: Knowledge) -> None:
    assert sign(STORY.format(clause), knowledge) == intent


def test_no_sign_is_ruled_out_before_it_is_ranked(knowledge: Knowledge) -> None:
    urgent = urgent_talk(knowledge)
    read = [knowledge.matcher.read(p)[0] for intent in urgent for p in knowledge.smalltalk[intent].phrasings]
    signs = [words for words in read if knowledge.matcher.share_of(urgent, words) >= URGENT_PIECE]
    assert len(signs) > len(read) / 2
    assert [words for words in signs if not tells(words, knowledge)] == []


@pytest.mark.parametrize("message", ["which exam do i take first", "pay in columbus ohio", "hello"])
def test_what_has_nothing_of_danger_need_not_be_ranked(message: str, knowledge: Knowledge) -> None:
    assert not tells(knowledge.matcher.read(message)[0], knowledge)


def test_no_phrasing_of_our_questions_sounds_like_danger(knowledge: Knowledge) -> None:
    alarms = [p for entry in knowledge.entries.values() for p in entry.phrasings if sign(p, knowledge)]
    assert len(alarms) <= 3, alarms
