"""How the sums are told: words, a page, a picture, a table and a database."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from pathlib import Path

import pytest

from bot.charts.draw import png_of
from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.operator.stats import summed
from bot.operator.stats.picture import picture
from bot.operator.stats.run import write
from bot.operator.stats.table import cells, safe
from bot.operator.stats.told import as_page, in_words
from bot.store import Logged, StoreError
from tests.stats.lines import FIRST, LAST, line, step

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|' /C calc'!A0"]


@pytest.fixture
def lines() -> list[Logged]:
    return [
        line(text="what does <b>it</b> cost & why", vote="down", reason="old", milliseconds=2.5, version="abc"),
        line("bob", "refused", "", text="=HYPERLINK(1)"),
        step("cas", "situation"),
        step("cas", "", "go"),
    ]


def test_the_words_say_what_there_is(lines: list[Logged], knowledge: Knowledge) -> None:
    told = plain_text(in_words(summed(lines, FIRST, LAST, knowledge)))
    for part in (
        "Nov 1, 2026 to Nov 3, 2026",
        "3 people, 2 questions",
        "answered: 1 of 2",
        f"{knowledge.title('program_cost')}: 1 (out of date 1)",
        "1 person began, 1 finished",
    ):
        assert part in told


def test_the_words_end_with_how_to_read_what_was_not_understood_if_anything_was(
    lines: list[Logged], knowledge: Knowledge
) -> None:
    hidden = [line("bob", "refused", "", text="zyxw vuts")]  # every word of it is hidden in the report
    for some in (lines, hidden):
        assert "python run_bot.py review" in in_words(summed(some, FIRST, LAST, knowledge)).splitlines()[-1]
    assert "review" not in in_words(summed(lines[:1], FIRST, LAST, knowledge))


def test_nothing_asked_is_said_kindly_everywhere(knowledge: Knowledge, tmp_path: Path) -> None:
    report = summed([], FIRST, LAST, knowledge)
    assert "nothing to add up yet" in in_words(report)
    assert "nothing to add up" in as_page(report, knowledge)
    assert picture(report) is None
    files = [tmp_path / name for name in ("page.html", "table.csv", "log.db")]
    assert list(write([], LAST, 3, knowledge, *files)) == files


def test_the_page_needs_nothing_else_and_shows_words_as_words(lines: list[Logged], knowledge: Knowledge) -> None:
    lines = [*lines, *(line(who, "refused", "", text="<script>alert(1)</script>") for who in ("x", "y", "z"))]
    page = as_page(summed(lines, FIRST, LAST, knowledge), knowledge)
    assert not re.findall(r"<script|<link|src=|url\(|http|@import", page)
    assert "&lt;script&gt;alert(1)" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_picture_shows_the_report(lines: list[Logged], knowledge: Knowledge) -> None:
    shown = picture(summed(lines, FIRST, LAST, knowledge))
    assert shown is not None
    assert len(shown.figures["days"]) == 3
    assert png_of(shown.kind, shown.figures).startswith(b"\x89PNG")


@pytest.mark.fault("F44")
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    (row,) = cells([line(text=text, answers=text.strip())])
    told = [cell.strip() for cell in row if isinstance(cell, str)]
    assert not [cell for cell in told if cell.startswith(("=", "+", "-", "@", "＝"))]
    assert [cell for cell in told if cell.startswith("'")]


@pytest.mark.fault("F44")
def test_numbers_stay_numbers_and_plain_text_stays_as_it_is() -> None:
    assert [safe(value) for value in (-1, -2.5, 0, "pay in -40 states", "")] == [-1, -2.5, 0, "pay in -40 states", ""]


@pytest.mark.fault("F44")
def test_the_file_reads_back_line_by_line(knowledge: Knowledge, tmp_path: Path) -> None:
    texts = [*FORMULAS, 'a "quoted", text\r\nof two lines', "half \ud83d a character", "nul \x00 inside"]
    path = tmp_path / "table.csv"
    assert list(write([line(text=text) for text in texts], LAST, 3, knowledge, table=path)) == [path]
    read = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    assert [row["text"] for row in read] == [
        *("'" + re.sub(r"[\t\r\n]", " ", text) for text in FORMULAS),
        'a "quoted", text of two lines',
        "half \ufffd a character",
        "nul   inside",
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_people_get_new_numbers_in_every_export() -> None:
    lines = [line("ann"), line("bob"), line("ann"), line("")]
    assert [row[3] for row in cells(lines)] == [1, 2, 1, 3]
    assert [row[3] for row in cells(lines[1:])] == [1, 2, 3]


def test_the_database_is_plain_titled_searchable_and_for_the_owner_alone(
    lines: list[Logged], knowledge: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "log.db"
    assert list(write(lines, LAST, 3, knowledge, database=path)) == [path]
    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as db:
        titled = db.execute("SELECT title FROM questions JOIN titles ON titles.id = intent").fetchall()
        found = db.execute("SELECT rowid FROM questions_fts WHERE questions_fts MATCH 'cost'").fetchall()
        missed = db.execute("SELECT text FROM misses").fetchall()
        votes = db.execute("SELECT asked, up, down FROM votes").fetchall()
        steps = db.execute("SELECT flow, step, people FROM flow_steps ORDER BY step").fetchall()
    db.close()
    assert titled == [(knowledge.title("program_cost"),)]
    assert found == [(lines[0].number,)]
    assert missed == [("=HYPERLINK(1)",)]
    assert votes == [(1, 0, 1)]
    assert steps == [("enroll", "", 1), ("enroll", "situation", 1)]
    with pytest.raises(StoreError, match="exists already"):
        list(write(lines, LAST, 3, knowledge, database=path))
