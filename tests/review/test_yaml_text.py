"""Edits of YAML as text: what was there stays as it was, to the letter."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.operator.review.yaml_text import CannotEdit, entries, one_line, scalar, with_entry, with_items
from tests.conftest import ROOT

CONTENT = ROOT / "knowledge"
LISTS = """\
# what people ask
first:
  title: "First: one"   # a note
  phrasings:
    - is this one
    # why this one is here
    - "and this"   # said often

second:
  phrasings: [one, "two"]
  title: x

third:
  phrasings:
  - at the margin
  - over two
    lines
"""


def added(before: str, after: str) -> list[str]:
    """The lines that are new; none may be gone."""
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


def test_new_items_follow_the_last_one_with_its_indent_and_every_other_line_stays() -> None:
    after = with_items(LISTS, "first", "phrasings", ["what: is it", "plain words?"])
    assert added(LISTS, after) == ['    - "what: is it"\n', "    - plain words?\n"]
    assert after.index("said often") < after.index("what: is it") < after.index("second:")


def test_a_list_in_brackets_grows_in_its_brackets() -> None:
    assert 'phrasings: [one, "two", "three"]\n  title: x' in with_items(LISTS, "second", "phrasings", ["three"])


def test_items_at_the_margin_and_over_several_lines_are_followed() -> None:
    assert with_items(LISTS, "third", "phrasings", ["new"]).endswith("    lines\n  - new\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_a_mark_at_the_start_and_a_missing_last_line_end_are_kept(end: str) -> None:
    text = "\ufeff" + LISTS.rstrip("\n").replace("\n", end)
    after = with_items(text, "third", "phrasings", ["new"])
    assert after == f"{text}{end}  - new{end}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("first:\n  phrasings: one", "no list"),
        ("first:\n  title: x", "no list"),
        ("first:\n  phrasings: []", "no list"),
        ("first: [", "not readable"),
        ("- one", "named entries"),
        ("first:\n  phrasings:\n    - |\n      a block\n", "by hand"),
        ("first:\n  phrasings: &a\n    - one\nsecond:\n  phrasings: *a\n", "safely"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused_and_told(text: str, why: str) -> None:
    with pytest.raises(CannotEdit, match=why):
        with_items(text, "first", "phrasings", ["new"])


@pytest.mark.parametrize(
    "file", [*sorted(CONTENT.glob("faq/*.yaml")), CONTENT / "smalltalk.yaml"], ids=lambda f: f.name
)
def test_a_phrasing_added_to_a_file_of_the_content_adds_one_line(file: Path) -> None:
    before = file.read_text("utf-8")
    entry = re.findall(r"^(\w+):", before, re.MULTILINE)[-2]
    assert len(added(before, with_items(before, entry, "phrasings", ["a way of asking: new"]))) == 1


def test_a_new_entry_stands_at_the_end_and_reads_as_it_was_written() -> None:
    fields = {
        "title": "Yes",
        "question": "Is it: so?",
        "phrasings": ["is it", "no"],
        "answer": " One.\n\nTwo & # three\n",
    }
    after = with_entry(LISTS, "fourth", fields)
    assert after.startswith(LISTS)
    read = entries(after)["fourth"]
    assert read == {**fields, "answer": "One.\n\nTwo & # three\n"}
    assert with_entry("", "one", fields).startswith("one:\n  title:")
    with pytest.raises(CannotEdit, match="already"):
        with_entry(after, "fourth", fields)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_whatever_somebody_asks_is_one_line_of_yaml_that_reads_the_same(said: str) -> None:
    item = f"x{said}"
    read = entries(f"a:\n  - {scalar(item)}\nb:\n  - {scalar(item, quoted=True)}\n")
    assert read == {"a": [one_line(item)], "b": [one_line(item)]}


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40).filter(lambda text: one_line(text) != ""), min_size=1, max_size=4))
def test_whatever_is_added_only_adds_lines(items: list[str]) -> None:
    assert len(added(LISTS, with_items(LISTS, "first", "phrasings", items))) == len(items)
