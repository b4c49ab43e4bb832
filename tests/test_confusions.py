"""What `calibrate` tells an author about entries that take each other's phrasings."""

from bot.conversation.matching.matcher import Candidate, Match
from bot.operator.confusions import HeldOut, confused_pairs, entries_not_found, separating


def held_out(intent: str, best: str, words: str) -> HeldOut:
    return HeldOut(intent, Match(tuple(words.split()), (Candidate(best, 0.9),)))


SEEN = [
    *(held_out("exam_fee", "course_price", "how much is the test") for _ in range(5)),
    held_out("exam_fee", "exam_fee", "what does the test cost"),
    *(held_out("course_price", "course_price", "how much is the class tuition") for _ in range(6)),
]


def test_a_confused_pair_is_told_with_the_words_that_separate_it() -> None:
    assert list(confused_pairs(SEEN)) == [
        "exam_fee is taken for course_price 5 times; say more often 'test', 'cost', 'what' in the first, "
        "'class', 'tuition', 'how' in the second"
    ]


def test_an_entry_that_cannot_find_its_own_phrasings_is_named() -> None:
    assert list(entries_not_found(SEEN)) == ["exam_fee: finds only 17% of its own 6 phrasings when held out"]


def test_words_that_both_use_alike_separate_nothing() -> None:
    assert separating({"pay": 5, "test": 2}, {"pay": 5})[0] == "test"
