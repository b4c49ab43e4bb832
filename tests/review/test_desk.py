"""Decisions: what they change in the content, what they refuse, and that all of it can be taken back."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import pytest

from bot.load_knowledge.library import content_hash
from bot.load_knowledge.load import read_content
from bot.operator.review.clusters import Cluster, Nearest
from bot.operator.review.desk import Desk, phrasings
from bot.operator.review.new_answer import read_answer
from bot.operator.review.records import Records
from bot.operator.review.yaml_text import CannotEdit, entries
from bot.operator.vetting import Verdict
from tests.checks.small import small_content
from tests.review.conftest import NOW, UNION, checked, read_only

FILE = "faq/work.yaml"
WHOLE = "faq/all.yaml"  # of the content that is checked
WAYS = ["is there a guild for this", "who bargains for the staff", "are the workers organized", "any labor group here"]
WAYS += ["collective agreement?", "who speaks up for us at work"]
WRITTEN = """Unions
Is there a union?
{ways}

Most people in this work are not in a union. In some large public employers and a few health systems there is one that
office staff can join, and then it says so in the job ad. Ask in the interview who bargains for the office staff, and
what the dues are. Nobody has to join before they are hired."""
NEW = WRITTEN.format(ways="\n".join(WAYS))


def text_of(desk: Desk, file: str = FILE) -> str:
    return (desk.content / file).read_text("utf-8")


def test_a_phrasing_is_added_to_the_file_of_its_entry_and_the_diff_shows_just_that(desk: Desk, union: Cluster) -> None:
    before = text_of(desk)
    done = desk.add(union, "benefits", "Ann", 0)
    assert sorted(line[1:] for line in done.diff.splitlines() if line.startswith("+    ")) == sorted(
        f"    - {text}" for text in UNION
    )
    assert not [line for line in done.diff.splitlines() if line.startswith("-") and not line.startswith("---")]
    assert "3 phrasings added to benefits" in done.told
    assert done.version
    assert len(text_of(desk).splitlines()) == len(before.splitlines()) + 3


def test_a_decision_is_taken_back_to_the_letter(desk: Desk, union: Cluster) -> None:
    before = text_of(desk)
    done = desk.add(union, "benefits", "Ann", 0)
    back = desk.undo(done.number)
    assert text_of(desk) == before
    assert "Taken back" in back.told
    with pytest.raises(CannotEdit, match="taken back already"):
        desk.undo(done.number)
    with pytest.raises(CannotEdit, match="nothing to take back"):
        desk.undo()


def test_what_was_edited_by_hand_since_is_not_written_over(desk: Desk, union: Cluster) -> None:
    done = desk.add(union, "benefits", "Ann", 0)
    path = desk.content / FILE
    path.write_text(by_hand := path.read_text("utf-8") + "\n# a note\n", "utf-8")
    with pytest.raises(CannotEdit, match="changed since"):
        desk.undo(done.number)
    assert text_of(desk) == by_hand


def test_the_second_of_two_advisers_is_told_that_it_is_done(desk: Desk, union: Cluster) -> None:
    since = desk.last()
    desk.add(union, "benefits", "Ann", since)
    with pytest.raises(CannotEdit, match=r"done already, by Ann: 3 phrasings added to benefits"):
        desk.not_ours(union, "Bea", since)
    with pytest.raises(CannotEdit, match="done already"):
        desk.ignore(union, "Bea", since)


def test_an_edit_that_would_break_the_content_is_not_kept_and_the_reason_is_told(strict: Desk, union: Cluster) -> None:
    taken = dataclasses.replace(union, texts=("what is a pharmacy technician",))
    before = text_of(strict, WHOLE)
    with pytest.raises(CannotEdit, match=r"(?s)Not kept.*knowledge/faq/\w+\.yaml:\d+: .*also under"):
        strict.add(taken, "typical_day", "Ann", 0)
    assert text_of(strict, WHOLE) == before


def test_content_that_fails_its_own_tests_is_not_kept(desk: Desk, union: Cluster) -> None:
    failing = Desk(desk.content, desk.records, lambda _: Verdict("", ("tests/conversations/pay.yaml:3: pay",)))
    before = text_of(desk)
    with pytest.raises(CannotEdit, match=r"pay\.yaml:3"):
        failing.add(union, "benefits", "Ann", 0)
    assert text_of(desk) == before
    assert desk.last() == 0


def test_a_file_that_somebody_edits_while_it_is_tried_is_left_to_them(desk: Desk, union: Cluster) -> None:
    def meanwhile(_: Path) -> Verdict:
        (desk.content / FILE).write_text("theirs: {}\n", "utf-8")
        return Verdict("v")

    with pytest.raises(CannotEdit, match="somebody else just now"):
        Desk(desk.content, desk.records, meanwhile).add(union, "benefits", "Ann", 0)
    assert text_of(desk) == "theirs: {}\n"


def test_a_new_answer_is_a_new_entry_beside_the_nearest_ones(strict: Desk, union: Cluster) -> None:
    near = tuple(Nearest(intent, 0.3) for intent in ("typical_day", "what_is_it"))
    before = text_of(strict, WHOLE)
    done = strict.answer(dataclasses.replace(union, nearest=near), NEW, "Ann", 0)
    entry = entries(text_of(strict, WHOLE))["unions"]
    assert (entry["title"], entry["phrasings"]) == ("Unions", [*UNION, *WAYS])
    assert entry["answer"].startswith("Most people")
    assert "new answer unions" in done.told
    strict.undo()
    assert text_of(strict, WHOLE) == before


def test_an_answer_near_to_nothing_begins_a_file_of_its_own_which_goes_when_it_is_taken_back(
    desk: Desk, union: Cluster
) -> None:
    desk.answer(dataclasses.replace(union, nearest=()), NEW, "Ann", 0)
    assert text_of(desk, "faq/new.yaml").startswith("unions:\n  title: Unions\n")
    desk.undo()
    assert not (desk.content / "faq" / "new.yaml").exists()


@pytest.mark.parametrize("text", ["", "Unions", "Unions\nIs there a union?\nways", "Unions\nIs there a union\n\nNo."])
def test_an_answer_that_is_not_whole_is_refused_with_how_to_write_it(desk: Desk, union: Cluster, text: str) -> None:
    with pytest.raises(CannotEdit, match="Write it in one message"):
        desk.answer(union, text, "Ann", 0)


def test_a_figure_typed_into_an_answer_is_refused_with_its_line(strict: Desk, union: Cluster) -> None:
    with pytest.raises(CannotEdit) as refused:
        strict.answer(dataclasses.replace(union, nearest=()), NEW.replace("Most people", "12% of people"), "Ann", 0)
    assert "unions.answer: line 1 of the answer: '12' is a figure" in str(refused.value)
    assert not (strict.content / "faq" / "new.yaml").exists()


def test_a_list_with_dashes_is_read_like_one_without() -> None:
    written = read_answer("Unions\r\nIs there a union?\r\n- one\r\n• two\r\n\r\nNo, &  <b>never</b>.", ("asked", "One"))
    assert written.phrasings == ("asked", "One", "two")
    assert written.fields["answer"] == "No, &amp;  <b>never</b>.\n"


def test_a_draft_is_in_the_content_and_nobody_is_answered_from_it(strict: Desk, union: Cluster) -> None:
    near = dataclasses.replace(union, nearest=())
    strict.draft(near, "Ann", 0)
    assert "\n  draft: true\n" in text_of(strict, "faq/new.yaml")
    known, problems = read_content(strict.content, walk=False)
    assert not problems
    assert known is not None
    assert list(known.drafts) == ["do_coders_have_unions"]
    assert tuple(known.drafts["do_coders_have_unions"].phrasings) == UNION


def test_drafts_of_the_same_name_stand_side_by_side(desk: Desk, union: Cluster) -> None:
    near = dataclasses.replace(union, nearest=())
    for _ in range(2):
        desk.draft(near, "Ann", desk.last())
    assert list(entries(text_of(desk, "faq/new.yaml"))) == ["do_coders_have_unions", "do_coders_have_unions_2"]


def test_what_is_not_ours_is_learnt_as_that(desk: Desk, union: Cluster) -> None:
    done = desk.not_ours(union, "Ann", 0)
    assert "smalltalk.yaml" in done.diff
    assert f"+    - {json.dumps(union.texts[0])}" in done.diff or f"+    - {union.texts[0]}" in done.diff


def test_what_is_ignored_keeps_no_words_and_comes_back_when_that_is_taken_back(desk: Desk, union: Cluster) -> None:
    done = desk.ignore(union, "Ann", 0)
    assert desk.records.ignored() == set(union.keys)
    kept = (desk.records._folder / "ignored.json").read_text()
    assert "union" not in kept
    desk.undo(done.number)
    assert desk.records.ignored() == set()


@pytest.mark.parametrize(
    "text",
    [
        "call me at [phone] about unions",
        "i make 43,250 is that union",
        "born 03/04/1990, can i join",
        "zip 77002?",
        "my mail is a@example.com",
        "x" * 300,
    ],
)
def test_no_number_or_name_of_a_person_gets_into_the_content(desk: Desk, union: Cluster, text: str) -> None:
    personal = dataclasses.replace(union, texts=(text,))
    assert phrasings(personal) == ()
    with pytest.raises(CannotEdit, match="somebody's own"):
        desk.add(personal, "benefits", "Ann", 0)


def test_an_unknown_entry_is_refused(desk: Desk, union: Cluster) -> None:
    with pytest.raises(CannotEdit, match="no question 'nonsense'"):
        desk.add(union, "nonsense", "Ann", 0)


def test_only_the_last_twenty_decisions_can_be_taken_back(desk: Desk, union: Cluster) -> None:
    for number in range(25):
        desk.ignore(dataclasses.replace(union, keys=(f"{number:08}",)), "Ann", desk.last())
    assert [edit.number for edit in desk.records.edits()] == list(range(6, 26))


@pytest.mark.parametrize("shared", ["../base", "../../elsewhere/base", "whole"])
def test_content_that_shares_files_of_another_folder_is_tried_with_them(
    shared: str, tmp_path: Path, union: Cluster
) -> None:
    content = small_content(tmp_path / "careers" / "grooming")
    below = tmp_path / "base" if shared == "whole" else (content / shared).resolve()
    below.mkdir(parents=True)
    for name in ("pictures.yaml", "vocabulary.yaml"):
        (content / name).rename(below / name)
    with (content / "career.yaml").open("a", encoding="utf-8") as career:
        career.write(f"\nshared: {below if shared == 'whole' else shared}\n")
    desk = Desk(content, Records(tmp_path / "data" / "review"), checked, lambda: NOW)
    done = desk.add(union, "pay", "Ann", 0)
    assert done.version == content_hash(content)
    assert union.texts[0] in (content / "faq" / "all.yaml").read_text("utf-8")


def test_content_that_can_only_be_read_is_told_by_name(desk: Desk, union: Cluster) -> None:
    def with_something_in_the_way(copy: Path) -> Verdict:
        (desk.content / "faq" / f".work.yaml.{os.getpid()}.tmp").mkdir()
        return read_only(copy)

    blocked = Desk(desk.content, desk.records, with_something_in_the_way, lambda: NOW)
    with pytest.raises(CannotEdit, match=r"faq/work\.yaml can't be written \(Is a directory\)"):
        blocked.add(union, "benefits", "Ann", 0)
    assert desk.records.edits() == []
