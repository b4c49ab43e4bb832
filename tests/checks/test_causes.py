"""One slip is told once, at its line: what only follows from it would lead an author astray."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.meta import find_undeclared_variables

from bot.load_knowledge.checks.voice import FILLED_IN
from bot.load_knowledge.templates import parsed
from bot.load_knowledge.yaml_lines import read_yaml
from tests.checks.small import problems_of, replaced, small_content
from tests.conftest import ROOT

FAQ, FACTS, CAREER, WAGES = "faq/all.yaml", "facts/all.yaml", "career.yaml", "places/wages.csv"

SLIPS = [
    (FAQ, "  title: Pay", "\ttitle: Pay", "indented with a tab; use spaces"),
    (FAQ, "- groomer salary", '- "groomer salary', "a quote is opened here and not closed"),
    (FAQ, "- groomer salary", "- 'cause i need money", "a quote is opened here and not closed"),
    (FAQ, "- groomer salary", '- "in two\n      lines"\n    - \'tis it', "a quote is opened here and not closed"),
    (FAQ, "- groomer salary", "- 'what's the salary'", "an apostrophe in a text in single quotes ends the text"),
    (FACTS, "as_of: 2026-09", "as_of: Sep 2026", "is no date"),
    (FACTS, "as_of: 2026-09", "as_of: 2100-09", "which is still to come"),
    (FAQ, "title: Pay", "title: Pay: all of it", "put the whole text in quotes"),
    (FAQ, "- groomer salary", "- @bot what is the pay", "can't begin with @"),
    (FAQ, "title: Pay", "titel: Pay", "unknown key 'titel'; did you mean 'title'?"),
    (FACTS, "sources: [school]", "souces: [school]", "unknown key 'souces'; did you mean 'sources'?"),
    (CAREER, "{source: survey", "{sorce: survey", "unknown key 'sorce'; did you mean 'source'?"),
    (FACTS, "unit: usd_year", "unit: dollars", "did you mean 'usd'?"),
    (FAQ, "- groomer salary", "-groomer salary", "a dash needs a space"),
    (FAQ, "- groomer salary", "- my question: pay", "should be a text; put it in quotes"),
    (FAQ, "next: [length]", "next: length", "should be a list, like [one, two]"),
    (FACTS, "sources: [school]", "sources: school", "should be a list, like [one, two]"),
    (FACTS, "value: [6, 12]", "value: $6", "should be a number like 2080, without $"),
    (FACTS, "old_after: 2099-06-30", "old_after: 6/30/2099", "is no date: write it like 2026-09-30"),
    (CAREER, "bare_place: pay", "bare_place: pay\nshared: ../nowhere", "is no folder"),
    (WAGES, "median", "mediann", "no column is called 'median'; did you mean 'mediann'?"),
    (WAGES, "25000,29000", "25000;29000", "has fewer than 12 cells"),
    (WAGES, "25000", "n/a", "'n/a' under p10 is no number"),
    (WAGES, "25000", "35000", "p10 is 35000, above p25 with 29000"),
    (WAGES, "39,39-2021", "99,39-2021", "a second row for 39-2021"),
    (WAGES, "39,39-2021", "3,39-2021", "areas.csv knows no area '3'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "told"), SLIPS, ids=[f"{told}: {new[:20]}" for _, _, new, told in SLIPS]
)
def test_one_slip_is_one_problem_at_its_line(file: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    replaced(folder, file, old, new)
    (problem,) = problems_of(folder)
    assert told in problem.what
    assert problem.file == f"knowledge/{file}"
    changed = new.splitlines()[-1].strip(" {").partition(":")[0]
    assert changed in (folder / file).read_text("utf-8").splitlines()[problem.line - 1]


def test_of_an_id_that_is_there_twice_nothing_more_is_told(tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    replaced(folder, FAQ, "length:\n  title", "pay:\n  title")
    assert {problem.rule for problem in problems_of(folder)} <= {"twice", "unknown-name"}


@pytest.mark.parametrize("file", [FAQ, FACTS, CAREER, "sources.yaml", WAGES])
@pytest.mark.parametrize("how", ["gone", "in UTF-16", "empty"])
def test_a_file_that_can_not_be_used_is_all_that_is_told(file: str, how: str, tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    path = folder / file
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_text("utf-8").encode("utf-16") if how == "in UTF-16" else b"")
    told = problems_of(folder)
    assert {problem.file for problem in told} <= {f"knowledge/{file}", f"knowledge/{Path(file).parent}"}
    assert told


def test_an_entry_that_is_lost_hides_no_mistake_elsewhere(tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    replaced(folder, FACTS, "  sources: [school]\n", "")
    replaced(folder, FAQ, "next: [length]", "next: [lenght]")
    assert [problem.rule for problem in problems_of(folder)] == ["shape", "unknown-name"]


@pytest.mark.parametrize("name", ["more.yml", "more.yaml.txt", "more/all.yaml"])
def test_a_file_beside_the_content_that_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    folder = small_content(tmp_path / "knowledge")
    (folder / "faq" / name).parent.mkdir(exist_ok=True)
    (folder / "faq" / name).write_text("where:\n  title: Where it is\n", "utf-8")
    (problem,) = problems_of(folder)
    assert (problem.rule, problem.severity, problem.file) == ("not-read", "warning", f"knowledge/faq/{name}")


def test_every_name_that_our_own_lines_use_is_one_that_the_program_fills_in() -> None:
    for file, names in FILLED_IN.items():
        lines = read_yaml(ROOT / "knowledge" / file, file).data
        trees = [tree for line in lines.values() if (tree := parsed(line).tree)]
        assert set().union(*map(find_undeclared_variables, trees)) == names
