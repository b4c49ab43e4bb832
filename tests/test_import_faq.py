"""Questions and answers that a school has already, taken over as drafts: nothing goes live unchecked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.load_knowledge.load import check_content, read_content
from bot.operator.import_faq import CannotImport, Imported, import_faq, told
from bot.operator.import_faq.telegram import to_telegram
from tests.conftest import ROOT, TODAY

MARKDOWN = """# Our school

## How long is the course?
It takes **about 9 months** <script>, or *less*. See [our page](https://example.org/a?b=1&c=2).

- two evenings
- {{ braces }} stay

## How long is this course?
Something else.

## Do you help us find work?
Yes.
"""
TABLE = (
    'Question;Answer;Source;Metadata\r\nWhat does it cost?;"It costs €300;\r\n books too";price list;x\r\n'
    'Fee?;"It costs €300;\r\n books too";;\r\n'
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The example career, to import into."""
    folder = tmp_path / "examples" / "mine"
    shutil.copytree(ROOT / "examples" / "pharmacy-technician", folder)
    (tmp_path / "knowledge").symlink_to(ROOT / "knowledge")
    return folder


def imported(content: Path, name: str, data: bytes) -> Imported:
    file = content.parent / name
    file.write_bytes(data)
    return import_faq([file], content / "faq", {"course_long"}, TODAY)


def test_imported_answers_are_drafts_that_check_reports_and_nobody_is_answered_with(content: Path) -> None:
    done = imported(content, "our.md", MARKDOWN.encode())
    knowledge, errors = read_content(content)
    assert knowledge is not None
    assert not errors
    assert knowledge.drafts.keys() == {"long_course", "help_us_find_work"}
    assert not knowledge.drafts.keys() & knowledge.entries.keys()
    told_by_check = "\n".join(map(str, check_content(content, TODAY).problems))
    assert "it has no source and no date" in told_by_check
    assert "'9' is a figure typed into the answer" in told_by_check
    assert f"{content.name}/faq/imported_our.yaml:" in told_by_check
    notes = "\n".join(told(done))
    assert "our.md:3: long_course: figures typed in the answer: 9;" in notes
    assert (
        "our.md:9: “How long is this course?” was put to long_course as a way of asking; its answer is another" in notes
    )


def test_markup_is_telegrams_and_all_else_is_escaped(content: Path) -> None:
    imported(content, "our.md", MARKDOWN.encode())
    knowledge, _ = read_content(content)
    assert knowledge is not None
    answer = knowledge.drafts["long_course"].answer
    assert "<b>about 9 months</b> &lt;script&gt;, or <i>less</i>" in answer
    assert '<a href="https://example.org/a?b=1&amp;c=2">our page</a>' in answer
    assert "• two evenings\n• {{ '{{' }} braces }} stay" in answer


@pytest.mark.parametrize(
    ("encoding", "table"),
    [
        ("utf-8", TABLE),
        ("utf-8-sig", TABLE),
        ("utf-16", TABLE),
        ("cp1252", TABLE),
        ("utf-8", TABLE.replace(";\r\n books", "\r\n books").replace(";", ",")),
        ("utf-8", TABLE.replace(";\r\n books", "\r\n books").replace(";", "\t")),
    ],
    ids=["utf-8", "with a mark", "utf-16", "windows", "commas", "tabs"],
)
def test_tables_are_read_as_offices_write_them(content: Path, encoding: str, table: str) -> None:
    done = imported(content, "export.csv", table.encode(encoding))
    (draft,) = done.drafts
    assert draft.lead.question == "What does it cost?"
    assert "€300" in draft.lead.answer
    assert [other.line for other in draft.others] == [4]
    text = done.file.read_text("utf-8")
    assert "price list" in text
    assert '- "Fee?"' in text


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.csv", b"frage,antwort\nx,y\n", "a.csv:1: no column is called 'question' (found: frage, antwort)"),
        ("a.csv", b"question,answer\nWhat?,\n", "a.csv:2: “What?” has no answer"),
        ("a.csv", b"question,answer\n,Because\n", "a.csv:2: an answer without a question"),
        ("a.csv", b"question,answer\nWhat?,\n,Because\n", "a.csv:3: an answer without a question"),
        ("a.csv", b"question,answer\n", "holds no question"),
        ("a.csv", b"", "no column is called 'question' (found: nothing)"),
        ("a.md", b"just text", "a.md:1: has no question: write each as a heading"),
        ("a.md", b"# Ours\n\n## Pay\n### How much?\n\n### When?\n", "a.md:4: “How much?” has no answer"),
        ("a.csv", b"PK\x03\x04\0\0", "is no text; save it as CSV"),
        ("a.xlsx", b"PK\x03\x04", "save it as one of these first"),
    ],
)
def test_what_can_not_be_read_says_file_and_line_and_writes_nothing(
    content: Path, name: str, data: bytes, wanted: str
) -> None:
    before = sorted(content.rglob("*"))
    with pytest.raises(CannotImport) as caught:
        imported(content, name, data)
    assert wanted in str(caught.value)
    assert sorted(content.rglob("*")) == before


def test_a_heading_over_smaller_ones_and_the_first_of_all_are_titles(content: Path) -> None:
    done = imported(content, "our.md", b"# Ours\n# When is pay day?\nMonthly.\n# Pay\n## How much is it?\nA lot.\n")
    assert [draft.lead.question for draft in done.drafts] == ["When is pay day?", "How much is it?"]


MIXED = """---
title: Ours
---
Last changed in spring.
# All you asked

Welcome to our page.

## 1. Where do we meet?
At the gate.

**Q: May I bring a friend?**
A: Yes, *one*.

**Q:** Is there lunch?
**A: There is.**

**Do you lend tools?** We do.

## 2) How loud is it?
| where | how loud |
|---|---|
| hall | very |

### Late list

## Q3: Can I park?
Behind the <b>shed</b>, which we call **the "why?" shed**.
"""


def test_questions_however_they_are_marked_are_taken_without_their_marks(content: Path) -> None:
    drafts = {one.lead.question: one.lead.answer for one in imported(content, "our.md", MIXED.encode()).drafts}
    assert list(drafts) == [
        "Where do we meet?", "May I bring a friend?", "Is there lunch?", "Do you lend tools?", "How loud is it?",
        "Can I park?",
    ]  # fmt: skip
    assert list(drafts.values())[:4] == ["At the gate.", "Yes, *one*.", "**There is.**", "We do."]


def test_what_was_left_out_and_what_telegram_can_not_show_is_listed_by_line(content: Path) -> None:
    told = "\n".join(imported(content, "our.md", MIXED.replace("\n", "\r\n").encode()).notes)
    for line in (
        "our.md:1: the lines between --- and ---",
        "our.md:4: the text above the first question was left out",
        "our.md:5: “All you asked” was taken for the title of the page; the text below it",
        "our.md:20: loud: Telegram can't show a table",
        "our.md:25: “Late list” has no answer below it, and was left out",
        "our.md:27: park: Telegram can't show HTML",
    ):
        assert line in told, told


def test_a_half_row_of_a_table_is_left_out_and_told(content: Path) -> None:
    done = imported(content, "a.csv", b"question,answer\nWhat?,\n1. Who?,All\n,Because\n")
    assert [draft.lead.question for draft in done.drafts] == ["Who?"]
    assert [note.partition(":")[2].partition(":")[0] for note in done.notes] == ["2", "4"]


def test_an_import_never_overwrites_the_work_on_an_earlier_one(content: Path) -> None:
    imported(content, "our.md", MARKDOWN.encode())
    with pytest.raises(CannotImport, match="exists already"):
        imported(content, "our.md", MARKDOWN.encode())


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("a\nb", "a b"),
        ("a\n\nb", "a\n\nb"),
        ("1. one\n2. two", "• one\n• two"),
        ("`a<b` ~~no~~", "<code>a&lt;b</code> <s>no</s>"),
        ("{% if %}", "{{ '{%' }} if %}"),
        ("a & b", "a &amp; b"),
    ],
)
def test_each_piece_of_markdown_has_its_telegram_form(markdown: str, wanted: str) -> None:
    assert to_telegram(markdown) == wanted
