"""The sums, over lines written by hand."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from bot.operator.stats import Report, summed
from bot.operator.stats.report import Count, Step
from tests.stats.lines import FIRST, LAST, line, step


def of(knowledge: Knowledge, *lines: object) -> Report:
    return summed(list(lines), FIRST, LAST, knowledge)  # type: ignore[arg-type]


def test_people_are_counted_once_and_small_talk_and_flows_are_no_questions(knowledge: Knowledge) -> None:
    report = of(
        knowledge,
        line("ann"),
        line("ann", "refused", ""),
        line("bob", "offered", "program_cost exam_cost"),
        line("bob", "smalltalk", "chit_thanks"),
        line("cas", "not_ours", "oos_other_career"),
        step("dee", "situation"),
    )
    assert (report.people, report.questions, report.answered) == (4, 4, 1)
    assert report.outcomes == {"answered": 1, "refused": 1, "offered": 1, "not_ours": 1}
    assert [count.title for count in report.elsewhere] == [knowledge.title("oos_other_career")]


def test_lines_that_nobody_is_tied_to_any_more_count_as_a_person_each(knowledge: Knowledge) -> None:
    assert of(knowledge, line(""), line(""), line("ann")).people == 3


def test_questions_have_human_titles_and_a_removed_one_keeps_its_id(knowledge: Knowledge) -> None:
    report = of(knowledge, line(), line("bob"), line(answers="long_gone"))
    assert report.asked == (
        Count("program_cost", knowledge.title("program_cost"), 2, 2),
        Count("long_gone", "long_gone", 1, 1),
    )


def test_thumbs_come_by_answer_worst_first_with_their_reasons(knowledge: Knowledge) -> None:
    report = of(
        knowledge,
        line(vote="up"),
        line(answers="exam_cost", vote="down", reason="old"),
        line("bob", answers="exam_cost", vote="down", again=True),
        line(answers="what_is_mbc"),
    )
    assert [(v.name, v.up, v.down, v.reasons, v.again) for v in report.votes] == [
        ("exam_cost", 0, 2, {"old": 1}, 1),
        ("program_cost", 1, 0, {}, 0),
    ]
    assert (report.up, report.down) == (1, 2)


def test_a_flow_counts_each_person_once_and_where_they_stopped(knowledge: Knowledge) -> None:
    first, second = list(knowledge.flows["enroll"].steps)[:2]
    report = of(
        knowledge,
        *(step("ann", s) for s in (first, second, first, second)),
        step("bob", first),
        step("cas", first),
        step("cas", "", "go"),
        step("cas", "", "wait"),
    )
    use = next(flow for flow in report.flows if flow.name == "enroll")
    steps = knowledge.flows["enroll"].steps
    assert (use.started, use.finished) == (3, 1)
    assert use.steps == (Step(first, steps[first].name, 3, 1), Step(second, steps[second].name, 1, 1))
    assert [(verdict.name, verdict.times) for verdict in use.verdicts] == [("wait", 1)]


def test_days_without_a_question_are_there_and_hours_are_utc(knowledge: Knowledge) -> None:
    report = of(knowledge, line(hour=23), line("bob", hour=23), line(hour=4, day="2026-11-03"))
    assert [(day.day.day, day.questions, day.people) for day in report.days] == [(1, 0, 0), (2, 2, 2), (3, 1, 1)]
    assert report.busiest == 23
    assert sum(report.hours) == 3


def test_the_slowest_answers_and_the_versions_of_the_content(knowledge: Knowledge) -> None:
    report = of(
        knowledge,
        line(milliseconds=1.0, version="new"),
        line(milliseconds=9.0, version="new", vote="up"),
        line(answers="exam_cost", milliseconds=5.0, version="old", day="2026-11-01"),
    )
    assert [(s.name, s.middle, s.slowest) for s in report.speeds] == [("program_cost", 5, 9), ("exam_cost", 5, 5)]
    assert [(v.version, v.questions, v.up) for v in report.versions] == [("new", 2, 1), ("old", 1, 0)]


def test_a_miss_of_few_people_shows_only_words_that_many_wrote_or_that_are_ours(knowledge: Knowledge) -> None:
    lines = [
        line("ann", "refused", "", text="How much does Xanthippe of Zwolle pay?"),
        line("bob", "refused", "", text="qwertish blimpo"),
        *(line(who, "refused", "", text="zorkle me!") for who in ("ann", "bob", "cas")),
        line("ann", "offered", "exam_cost", text="zorkle exam", chosen="none"),
        line("ann", "offered", "exam_cost", text="exam fees", chosen="exam_cost"),
        line("ann", text="what does a program cost"),
    ]
    report = of(knowledge, *lines)
    assert [(miss.title, miss.people) for miss in report.misses] == [
        ("zorkle me", 3),
        ("how much does … of … pay", 1),
        ("zorkle exam", 1),
    ]


def test_forgotten_people_do_not_add_up_to_enough(knowledge: Knowledge) -> None:
    report = of(knowledge, *(line("", "refused", "", text="zorkle blimpo exam") for _ in range(5)))
    assert [miss.title for miss in report.misses] == ["… exam"]
