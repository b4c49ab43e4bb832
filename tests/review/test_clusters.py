"""What went wrong in the question log, gathered by what people probably meant."""

from __future__ import annotations

import pytest

from bot.conversation.knowledge import Knowledge
from bot.operator.review.clusters import Cluster, clusters
from bot.operator.review.misses import Miss, misses
from bot.store import Logged
from tests.review.conftest import UNION, asked

SCRUBS = ["do coders wear scrubs", "do coders have to wear scrubs"]


def found(lines: list[Logged], knowledge: Knowledge) -> list[Cluster]:
    return clusters(misses(lines), knowledge)


def never_mended(text: str, knowledge: Knowledge, day: str = "2026-11-20", kind: str = "down") -> Miss:
    """Whatever the content answers by now, it had disappointed."""
    return Miss(text, day, kind, (*knowledge.entries, *knowledge.smalltalk))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (asked("x"), "refused"),
        (asked("x", "offered", chosen="none"), "none"),
        (asked("x", "offered"), "left"),
        (asked("x", "offered", chosen="salary_by_role"), ""),
        (asked("x", "answered", vote="down"), "down"),
        (asked("x", "answered", vote="up"), ""),
        (asked("", "refused"), ""),
        (asked("x", "not_ours"), "not_ours"),
        (asked("x", "smalltalk"), ""),
    ],
)
def test_what_counts_as_a_miss(line: Logged, kind: str) -> None:
    assert [miss.kind for miss in misses([line])] == ([kind] if kind else [])


def test_questions_that_are_alike_are_one_cluster_and_the_most_frequent_comes_first(knowledge: Knowledge) -> None:
    union, scrubs = clusters([never_mended(text, knowledge) for text in [*SCRUBS, *UNION, UNION[1]]], knowledge)
    assert (union.count, set(union.texts)) == (4, set(UNION))
    assert union.texts[0] == UNION[1]
    assert (scrubs.count, set(scrubs.texts)) == (2, set(SCRUBS))


def test_a_cluster_tells_its_days_its_kinds_and_the_three_nearest_entries(knowledge: Knowledge) -> None:
    missed = [never_mended(UNION[0], knowledge, "2026-10-03"), never_mended(UNION[1], knowledge, "2026-11-01", "again")]
    (union,) = clusters(missed, knowledge)
    assert (union.first, union.last, union.kinds) == ("2026-10-03", "2026-11-01", {"down": 1, "again": 1})
    assert len(union.nearest) == 3
    assert all(knowledge.is_ours(near.intent) for near in union.nearest)
    assert [near.probability for near in union.nearest] == sorted((n.probability for n in union.nearest), reverse=True)


def test_a_question_spelled_in_three_ways_is_one_question(knowledge: Knowledge) -> None:
    ways = ("do coders have unions", "Do coders have unions??", "do coders hvae unions")
    (union,) = clusters([never_mended(text, knowledge) for text in ways], knowledge)
    assert (union.count, len(union.keys)) == (3, 1)


def test_what_is_answered_by_now_is_not_listed(knowledge: Knowledge) -> None:
    assert found([asked("how long does it take to become a coder")], knowledge) == []


def test_an_answer_that_disappointed_stays_listed_while_it_is_still_given(knowledge: Knowledge) -> None:
    text = "how long does it take to become a coder"
    given = knowledge.matcher.match(text).questions[0].intent
    assert len(found([asked(text, "answered", vote="down", intent=given)], knowledge)) == 1
    assert found([asked(text, "answered", vote="down", intent="exam_cost")], knowledge) == []


def test_what_was_ignored_does_not_come_back_however_it_is_spelled(knowledge: Knowledge) -> None:
    (union,) = clusters([never_mended(text, knowledge) for text in UNION], knowledge)
    again = ("Do coders have UNIONS", "do coders hvae unions!!", SCRUBS[0])
    left = clusters([never_mended(text, knowledge) for text in again], knowledge, frozenset(union.keys))
    assert [cluster.texts[0] for cluster in left] == [SCRUBS[0]]


def test_nothing_asked_is_nothing_to_review(knowledge: Knowledge) -> None:
    assert found([], knowledge) == []


def test_what_was_refused_by_default_is_listed_last_until_somebody_says_that_it_is_not_ours(
    knowledge: Knowledge,
) -> None:
    rest = knowledge.talk_of("rest")
    already = knowledge.smalltalk[rest].phrasings[0]
    missed = [
        Miss("which soup should i cook for my aunt", "2026-11-20", "not_ours", (rest,)),
        Miss("which soup should i cook for my aunt", "2026-11-21", "not_ours", (rest,)),
        Miss("do coders wear scrubs", "2026-11-20", "refused"),
        Miss(already, "2026-11-20", "not_ours", (rest,)),
        Miss("i want to end my life", "2026-11-20", "not_ours", ("oos_crisis",)),
    ]
    assert [cluster.texts[0] for cluster in clusters(missed, knowledge)] == [
        "do coders wear scrubs",
        "which soup should i cook for my aunt",
    ]
