"""Each rule finds the mistake it is for, at its line, and says why it matters and how to mend it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.load_knowledge.checks.rules import all_rules
from tests.checks.small import problems_of, replaced, small_content

FAQ, FACTS, TALK = "faq/all.yaml", "facts/all.yaml", "smalltalk.yaml"
CAREER, LEANING = "career.yaml", "leaning.yaml"
MEAN = "The mean is {{ wage.mean }}, because a few earn far more than the rest."
ALONE = "Most courses last {{ course.length }} weeks, in a school or online."
OTHER_LENGTH = """course.other:
  label: How long a course takes
  value: 4
  unit: weeks
  statistic: range
  sources: [school]
  as_of: 2026-02
  old_after: 2099-01-31
  confidence: low
  reserve: true
course.length:"""
SPARE_SOURCE = """spare:
  publisher: A
  title: B
  read: 2026-11-01
school:"""
HARD = (
    "Consideration of individual educational circumstances determines the approximate duration of preparatory "
    "instruction, generally {{ course.length }} weeks of participation."
)


class Mistake(NamedTuple):
    """In `file`, `old` is written as `new`; the line told must be that of `at`, the first line of `new` if empty."""

    rule: str
    file: str
    old: str
    new: str
    told: str
    fix: str
    at: str = ""


MISTAKES = [
    Mistake("yaml", TALK, "title: Hello", 'title: "Hello', "is not readable YAML", "quotes"),
    Mistake("yaml", TALK, "title: Hello", "title: &a Hello\n  other: *a", "uses a YAML alias", "quotes"),
    Mistake("twice", FAQ, "length:\n  title", "pay:\n  title", "'pay' is written twice (first on line 1)", "Rename"),
    Mistake("twice", TALK, "hello:", "pay:", "'pay' is also in knowledge/faq/all.yaml", "Rename"),
    Mistake("shape", FAQ, "title: Pay", "titel: Pay", "unknown key 'titel'; did you mean 'title'?", "Compare"),
    Mistake("unknown-name", FAQ, "[length]", "[lenght]", "unknown question 'lenght'", "Write length instead of"),
    Mistake("unknown-name", FAQ, "[length]", "[dogs]", "unknown question 'dogs'", "Use a name that is there"),
    Mistake("unknown-name", FACTS, "[school]", "[shool]", "unknown source 'shool'", "Write school instead"),
    Mistake("unknown-name", FAQ, "terms: []", "terms: [medain]", "unknown glossary term", "Write median instead"),
    Mistake("unknown-name", FAQ, "cites: []", "cites: [course.lenght]", "unknown fact", "Write course.length"),
    Mistake("unknown-name", FAQ, "title: Pay", "title: Pay\n  picture: bend", "unknown picture", "Write band", "bend"),
    Mistake("unknown-name", CAREER, "[pay, length]", "[pay, lenth]", "unknown question 'lenth'", "Write length"),
    Mistake("unknown-name", CAREER, "bare_amount: pay", "bare_amount: pya", "unknown question 'pya'", "Write pay"),
    Mistake("unknown-name", LEANING, "[length]", "[lenght]", "unknown question 'lenght'", "Write length instead"),
    Mistake("unknown-name", LEANING, "earned: pay", "earned: pya", "unknown question 'pya'", "Write pay"),
    Mistake("unknown-name", LEANING, "earned: pay", "earnt: pay", "unknown way of asking 'earnt'", "Write earned"),
    Mistake("unknown-name", FAQ, '("ask_first")', '("ask_fist")', "unknown part", "Write ask_first", "answer: |"),
    Mistake("offers-itself", FAQ, "[length]", "[pay]", "offers itself", "Take this name out"),
    Mistake("fact-form", FACTS, "  unit: weeks\n", "", "needs both 'unit' and 'statistic'", "unit: usd", "course"),
    Mistake("fact-form", FACTS, "2026-09\n", "soon\n", "'soon' is no date", "as_of: 2026-01"),
    Mistake("fact-form", FACTS, "2026-09\n", "2026-13\n", "'2026-13' is no date", "as_of: 2026-01"),
    Mistake("fact-form", FACTS, "[6, 12]", "[12, 6]", "begins with 12, above its end 6", "value: 100"),
    Mistake("fact-form", CAREER, "as_of: 2025-05", "as_of: 2025-15", "'2025-15' is no date", "as_of: 2026", "wages:"),
    Mistake("fact-form", FACTS, "2026-09\n", "2027-09\n", "as of 2027-09, which is still to come", "as_of is when"),
    Mistake("fact-form", CAREER, "as_of: 2025-05", "as_of: 2099", "which is still to come", "as_of is", "wages:"),
    Mistake("fact-form", FACTS, "  value: [6, 12]\n  unit: weeks\n  statistic: range",
            "  value: [6, 120]\n  unit: percent\n  statistic: share", "120 percent is no share", "Look the"),
    Mistake("sum", FACTS, "value: 35500", "value: 35500\n  made_of: wage.median + wage.median",
            "says $35,500, and wage.median + wage.median is $66,000", "value: 66000", "value: 35500"),
    Mistake("sum", FACTS, "{Ohio: 31000}", "{Ohio: 31000}\n  made_of: {Ohio: wage.median to wage.mean}",
            "is $33,000 to $35,500", "Ohio: [33000, 35500]", "values:"),
    Mistake("sum", FACTS, "value: 35500", "value: 35500\n  made_of: wage.medain", "did you mean 'wage.median'?",
            "Name figures", "made_of"),
    Mistake("link", "sources.yaml", "school:", "school:\n  url: example.org/dogs", "is no link", "https://", "url:"),
    Mistake("id-form", FAQ, "length:\n  title", "how long:\n  title", "'how long' is no id", "how_long"),
    Mistake("no-fact", FAQ, f"answer: |\n    {ALONE}", "answer: |\n    Most courses are short.",
            "has no source and no date", "cites:"),
    Mistake("near-phrasing", FAQ, "do i study for years", "groomer a salary", "is nearly", "Delete", "groomer a"),
    Mistake("typed-figure", FAQ, MEAN, "It takes sixteen weeks.", "'sixteen weeks' is", "value: 16\n  unit: weeks"),
    Mistake("unknown-name", FAQ, "terms: []", "terms: [TANF]", "unknown glossary term", "'glossary' in vocabulary"),
    Mistake("promise", TALK, "ask me", "all students find a good job", "'all students find", "is a guarantee"),
    Mistake("promise", TALK, "ask me", "you will surely get hired", "'surely get hired' promises", "is a guarantee"),
    Mistake("promise", TALK, "ask me", "Everyone of ours passes", "'Everyone of ours passes'", "is a guarantee"),
    Mistake("typed-figure", FAQ, MEAN, "For two years 9 of 10 paid $80.", "'two years', '9', '10', '80' are",
            "value: 80"),
    Mistake("empty", FAQ, "title: Pay", "title: #1 pay", "is empty", "in quotes"),
    Mistake("empty", FAQ, "- groomer salary", "- #1 groomer salary", "is empty", "in quotes", "#1"),
    Mistake("empty", CAREER, "operator: the tests", "operator:", "is empty", "in quotes"),
    Mistake("fact-form", FACTS, "[6, 12]", "[6, 12]\n  says: Weeks", "give exactly one", "value: 100", "course.length"),
    Mistake("fact-form", FACTS, "course.length:", "wage.mean.low:", "'wage.mean' is a fact too", "Rename wage.mean"),
    Mistake("no-source", FACTS, "[school]", "[]", "names no source", "sources: [the_id"),
    Mistake("old-before-it-held", FACTS, "2099-09-30", "2020-01-31", "is old after 2020-01-31", "later than as_of"),
    Mistake("past-its-date", FACTS, "2099-09-30", "2026-09-30", "renewed by September 2026", "Look it up"),
    Mistake("past-its-date", CAREER, "2099-06-30", "2026-06-30", "the table is of May 2025", "import-wages", "wages:"),
    Mistake("facts-disagree", FACTS, "course.length:", OTHER_LENGTH, "says 6 to 12 where 'course.other' says 4",
            "Keep the better sourced one", "course.length:"),
    Mistake("not-the-table", FACTS, "Ohio: 31000", "Ohio: 30000", "says $30,000 for Ohio", "copy the table's figure"),
    Mistake("unused-fact", FAQ, MEAN, "", "no answer uses this fact", "reserve: true", "wage.mean"),
    Mistake("unused-fact", FACTS, "medium", "medium\n  reserve: true", "is used", "Delete the line", "reserve"),
    Mistake("unused-source", "sources.yaml", "school:", SPARE_SOURCE, "no fact names this source", "Name it under"),
    Mistake("unused-part", "parts.yaml", "ask_first:", "spare: Never said.\nask_first:", "no answer uses", "part("),
    Mistake("template", FAQ, ALONE, "Most {% if %} last.", "line 1 of the answer: template", "{% endif %}"),
    Mistake("template", FAQ, ALONE, "{{ course.length.low.low }}", "can't be filled in", "A range has", "answer: |"),
    Mistake("template", FAQ, ALONE, "{{ wage.mean | dolars }}", "there is no filter 'dolars'; did you mean 'dollars'?",
            "{{ needs"),
    Mistake("template", FAQ, ALONE, "{{ 1 / 0 }}", "can't be filled in: division by zero", "{{ needs", "answer: |"),
    Mistake("template", FAQ, ALONE, "{ course.length } weeks.", "people would read '{ course", "{{ course.length }}"),
    Mistake("unknown-fact", FAQ, "wage.median }}", "wage.medain }}", "did you mean 'wage.median'?", "{{ wage.median"),
    Mistake("typed-figure", FAQ, MEAN, "The mean is $51,140, says one.", "'51,140' is a figure typed", "value: 51140"),
    Mistake("typed-figure", FAQ, MEAN, "Plan 16 weeks for it.", "'16' is a figure typed", "unit: weeks"),
    Mistake("typed-figure", FAQ, MEAN, "For 80% it is.", "'80' is a figure typed", "unit: percent"),
    Mistake("typed-figure", FAQ, MEAN, "Count on forty dollars more.", "'forty dollars' is a figure", "under facts/"),
    Mistake("typed-figure", "parts.yaml", "two groomers", "12 groomers", "line 1 of the part: '12'", "value: 12"),
    Mistake("markup", FAQ, "{{ wage.mean }}", "<h1>{{ wage.mean }}</h1>", "does not know the tag <h1>", "<b>"),
    Mistake("markup", FAQ, "{{ wage.mean }}", "<i>{{ wage.mean }}", "<i> is never closed", "reverse order"),
    Mistake("markup", FAQ, ALONE, "**Most** courses.", "people would read '**Most**'", "<b>Most</b>"),
    Mistake("markup", FAQ, ALONE, "[see](https://a.org)", "people would read '[see]", '<a href="https://a.org">see</a>'),
    Mistake("which-average", FAQ, MEAN, "The average salary is {{ wage.mean }}.", "does not say which", "and of whom"),
    Mistake("wrong-average", FAQ, MEAN, "The middle is {{ wage.mean }}.", "is a mean, but the words", "the mean'"),
    Mistake("wrong-average", FAQ, "The middle pay (median)", "The mean pay", "is a median, but", "the middle'"),
    Mistake("promise", TALK, "ask me", "your first job is guaranteed", "'guaranteed' promises", "is a guarantee"),
    Mistake("claim", TALK, "ask me", "groomers are in demand", "'in demand' is a claim about jobs", "published figure"),
    Mistake("claim", CAREER, "What dog groomers do and earn.", "Easy work, and it pays well.", "'Easy'", "how long it"),
    Mistake("claim", TALK, "ask me", "you can work from home", "claim about remote", "how common that is"),
    Mistake("answer-length", TALK, "Hi there, ask me about grooming dogs.", "Hi.", "3 to 80 read well", "is missing"),
    Mistake("hard-to-read", FAQ, ALONE, HARD, "its longest sentence begins 'Consideration", "Cut the longest",
            "answer: |"),
    Mistake("jargon", TALK, "grooming dogs", "the NDGAA", "'NDGAA' is explained nowhere", 'NDGAA: {means: "'),
    Mistake("few-phrasings", TALK, ", greetings, howdy]", "]", "has 6 phrasings; write at least 8", "Add ways"),
    Mistake("long-phrasing", FAQ, "groomer salary", "pay " * 70, "the phrasing is over 250", "Keep the part"),
    Mistake("same-phrasing", FAQ, "do i study for years", "Groomer salary?", "is also under 'pay'", "Keep it where"),
    Mistake("near-phrasing", FAQ, "how soon am i done", "how good is the incom", "is nearly", "Delete", "incom"),
    Mistake("yours-to-write", FAQ, ALONE, "<b>This answer is yours to write.</b>", "still says", "Write the answer"),
    Mistake("same-follow-up", FAQ, "[weeks]", "[Money]", "'Money' is also under 'pay'", "Keep it where"),
    Mistake("question-mark", FAQ, "groomers make?", "groomers make", "should end with a question mark", "make?"),
    Mistake("cut-label", TALK, "title: Hello", "title: A hello that goes on and on", "26 fit on a button", "fewer"),
    Mistake("many-buttons", TALK, "next: [pay]", "next: [pay, length, pay, length]", "4 next questions", "Keep the"),
    Mistake("telegram-limit", CAREER, "start: Begin", "Be-gin: Begin", "'/Be-gin' is no command", "be_gin: Begin"),
    Mistake("telegram-limit", CAREER, "What dog", "What " * 110 + "dog", "Telegram takes 512", "shorter"),
    Mistake("telegram-limit", "voice.yaml", 'cancelled: "', 'cancelled: "' + "o" * 4100, "takes 4096", "shorter"),
    Mistake("telegram-limit", TALK, "ask me", "{{ 'so ' * 1400 }}", "a message takes 4096", "shorter"),
    Mistake("missing-line", "voice.yaml", "menu_button:", "menu_buton:", "'menu_button' is missing", "menu_button: ",
            "welcome"),
    Mistake("line-names", "voice.yaml", "<b>{{ title }}</b> in", "<b>{{ titel }}</b> in", "name 'titel'", "Write title",
            "welcome"),
    Mistake("line-names", "pictures.yaml", "{{ who }} in {{ where }}", "{{ who }} in {{ wher }}", "mean 'where'?",
            "Write where", "title_one"),
    Mistake("line-names", "voice.yaml", 'section: "<b>{{ title }}', 'section: "<b>{{ title }', "unexpected '}'",
            "program fills in"),
    Mistake("unknown-line", "voice.yaml", "menu_button:", "menu_buton:", "did you mean", "Write menu_button"),
    Mistake("unknown-line", "pictures.yaml", "nation:", "natoin:", "did you mean 'nation'?", "Write nation"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{m.rule}: {m.told[:40]}" for m in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_a_fix(mistake: Mistake, tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    replaced(folder, mistake.file, mistake.old, mistake.new)
    problems = [p for p in problems_of(folder) if p.rule == mistake.rule and mistake.told in p.what]
    assert problems, [str(p) for p in problems_of(folder)]
    problem = problems[0]
    marker = mistake.at or mistake.new.strip().splitlines()[0].strip()
    lines = (folder.parent / problem.file).read_text("utf-8").splitlines()
    assert marker.strip() in lines[problem.line - 1], (problem, lines[problem.line - 1])
    assert mistake.fix in problem.fix
    assert problem.why.endswith((".", "?"))
    assert problem.severity == all_rules()[mistake.rule].severity


def test_the_small_content_has_nothing_to_mend(tmp_path: Path) -> None:
    assert problems_of(small_content(tmp_path / "knowledge")) == []


def test_every_rule_has_a_mistake_here() -> None:
    # tests/checks/test_faces.py, test_causes.py, tests/flows/test_flow_checks.py, tests/test_import_faq.py
    elsewhere = {"unreadable", "not-read", "flow", "draft"}
    assert all_rules().keys() - elsewhere == {mistake.rule for mistake in MISTAKES}


FINE = [
    (FAQ, MEAN, "{{ wage.mean }} is the mean."),
    (FAQ, MEAN, "By the mean it's {{ wage.mean }}, beside a middle of {{ wage.median }}."),
    (FAQ, MEAN, "The mean, which isn't the US average of anything, is {{ wage.mean }}."),
    (FAQ, ALONE, "In {{ course.length }} weeks nobody can guarantee you a job."),
    (FAQ, ALONE, "Always ask what {{ course.length }} weeks cost. Not everyone finds work."),
    (FAQ, ALONE, "In {{ course.length }} weeks everyone learns to pass. Of all graduates, some passed."),
    (FAQ, ALONE, "It takes {{ course.length }} weeks. So many of all students passed."),
    (FAQ, ALONE, "It's easy to begin and hard to finish: {{ course.length }} weeks."),
    (FAQ, ALONE, "Groomers are in demand. That holds for {{ course.length }} weeks a year."),
    (TALK, "grooming dogs", "dogs in the US, and about AI"),
    (FAQ, "how soon am i done", "how good is the school"),
    (FAQ, "how soon am i done", "how good is the new income"),
    (FACTS, "value: 35500", "value: 35500\n  made_of: wage.mean"),
    (FACTS, "old_after: 2099-09-30", "old_after: 2026-09-30\n  told_as_old: true"),
]


@pytest.mark.parametrize(("file", "old", "new"), FINE, ids=[new[:50] for _, _, new in FINE])
def test_what_is_well_said_is_left_alone(file: str, old: str, new: str, tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    replaced(folder, file, old, new)
    assert [str(p) for p in problems_of(folder) if p.rule != "unused-fact"] == []


def test_a_fact_is_past_its_date_only_from_that_day_on(tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    assert problems_of(folder, dt.date(2099, 6, 30)) == []
    old = problems_of(folder, dt.date(2099, 7, 1))
    assert {p.rule for p in old} == {"past-its-date"}
    assert len(old) == 5  # three facts, the table of pay and that of prices
    assert all(p.severity == "warning" for p in old)


def test_two_figures_said_to_disagree_are_left_alone(tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    text = (folder / FACTS).read_text("utf-8")
    other = text[text.index("course.length:") :].replace("course.length", "course.other").replace("[6, 12]", "4")
    (folder / FACTS).write_text(text + other + "  reserve: true\n", "utf-8")
    assert [p.rule for p in problems_of(folder)] == ["facts-disagree"]
    replaced(folder, FACTS, "reserve: true", "reserve: true\n  disagrees: [6 to 12 weeks on another page]")
    assert problems_of(folder) == []
