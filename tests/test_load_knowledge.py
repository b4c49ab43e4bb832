"""Content that is not sound never starts: an author is told everything at once, and what the tables lack too."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import ContentError, library, load_knowledge
from bot.load_knowledge.memory import KEPT, LearntFiles
from bot.load_knowledge.yaml_lines import Document, read_yaml
from tests.checks.small import replaced, small_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_content(tmp_path / "knowledge")


def refused(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_knowledge(folder)
    return [str(problem) for problem in caught.value.problems]


def test_sound_content_is_taught_and_answers(folder: Path) -> None:
    knowledge = load_knowledge(folder)
    assert knowledge.matcher.match("groomer salary").questions[0].intent == "pay"


def test_all_problems_come_at_once(folder: Path) -> None:
    replaced(folder, "voice.yaml", "menu_button:", "menu_buton:")
    replaced(folder, "faq/all.yaml", "{{ wage.median }}", "{{ wage.medain }}")
    told = refused(folder)
    assert any("voice.yaml" in line and "did you mean 'menu_button'?" in line for line in told)
    assert any(line.startswith("knowledge/faq/all.yaml:15: pay.answer: ") for line in told)


def test_a_warning_does_not_keep_the_bot_from_starting_but_is_counted(folder: Path) -> None:
    replaced(folder, "facts/all.yaml", "2099-09-30", "2026-09-30")
    replaced(folder, "smalltalk.yaml", "title: Hello", "title: A hello that goes on and on")
    counted: list[int] = []
    load_knowledge(folder, on_warnings=counted.append)
    assert counted == [2]


def test_content_without_a_warning_says_nothing_of_warnings(folder: Path) -> None:
    counted: list[int] = []
    load_knowledge(folder, on_warnings=counted.append)
    assert counted == []


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="KNOWLEDGE_DIR"):
        load_knowledge(tmp_path / "nowhere")


def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "career.yaml").unlink()
    assert any(line.startswith("knowledge/career.yaml:1: the file: can't be read") for line in refused(folder))


def test_nested_aliases_are_refused_instead_of_unfolded(folder: Path) -> None:
    replaced(folder, "voice.yaml", "menu_button: All topics", "menu_button: &a All topics\nrepeat: *a")
    assert any("uses a YAML alias" in line for line in refused(folder))


def test_an_unknown_area_behind_a_nickname_is_named(folder: Path) -> None:
    replaced(folder, "places/names.yaml", '"39"', '"38"')
    (problem,) = refused(folder)
    assert problem == "knowledge/places/names.yaml:2: nicknames: unknown area code 38"


def test_a_town_without_a_number_of_people_is_named_by_line(folder: Path) -> None:
    (folder / "places/cities.csv").write_text(
        "name,state,area,people,cue\nDayton,OH,39,9,\nLima,OH,39,many,\n", "utf-8"
    )
    (problem,) = refused(folder)
    assert problem.startswith("knowledge/places/cities.csv:3: ")


def test_pay_that_is_no_number_is_named_by_line(folder: Path) -> None:
    replaced(folder, "places/wages.csv", "25000", "lots")
    (problem,) = refused(folder)
    assert problem.startswith("knowledge/places/wages.csv:2: ")


READ = ("career", "voice", "sources", "facts", "entries", "smalltalk", "vocabulary", "parts", "version")


def written(knowledge: Knowledge) -> list[object]:
    """What an author wrote, as far as it can be compared."""
    found = [getattr(knowledge, name) for name in READ]
    return [dataclasses.asdict(one) if dataclasses.is_dataclass(one) else one for one in found]  # type: ignore[arg-type]


@pytest.mark.parametrize("own", [True, False], ids=["alone", "with a shared folder"])
def test_a_later_start_does_not_read_its_yaml_again_and_knows_the_same(
    own: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = folder if own else Path(__file__).resolve().parent.parent / "examples" / "pharmacy-technician"
    once = load_knowledge(content, LearntFiles(tmp_path / "learnt"))
    read: list[Path] = []

    def reads(path: Path, shown_as: str) -> Document:
        read.append(path)
        return read_yaml(path, shown_as)

    monkeypatch.setattr(library, "read_yaml", reads)
    again = load_knowledge(content, LearntFiles(tmp_path / "learnt"))
    assert written(again) == written(once)
    assert repr(again.flows) == repr(once.flows)  # they are told apart by identity
    assert content / "voice.yaml" not in read
    assert not [path for path in read if path.parent.name in {"faq", "facts", "flows"}]


def test_changed_content_is_read_and_checked_again(folder: Path, tmp_path: Path) -> None:
    memory = LearntFiles(tmp_path / "learnt")
    load_knowledge(folder, memory)
    replaced(folder, "smalltalk.yaml", "title: Hello", "title: A hello that goes on and on")
    counted: list[int] = []
    load_knowledge(folder, memory, on_warnings=counted.append)
    assert counted == [1]


@pytest.mark.parametrize("damaged", ["", "0", "{", '{"warnings": 0}'])
def test_a_damaged_note_of_sound_content_means_reading_it_again(folder: Path, tmp_path: Path, damaged: str) -> None:
    memory = LearntFiles(tmp_path / "learnt")
    load_knowledge(folder, memory)
    (note,) = (tmp_path / "learnt").glob("*.sound")
    kept = note.read_text("ascii")
    note.write_text(damaged, "ascii")
    assert load_knowledge(folder, memory).entries
    assert note.read_text("ascii") == kept


def test_new_figures_of_pay_do_not_have_the_phrasings_learnt_anew(folder: Path, tmp_path: Path) -> None:
    missed: list[str] = []
    memory = LearntFiles(tmp_path / "learnt", on_miss=lambda: missed.append("learns"))
    before = load_knowledge(folder, memory)
    replaced(folder, "places/wages.csv", "25000", "25001")
    after = load_knowledge(folder, memory)
    assert after.version != before.version
    assert missed == ["learns"]
    replaced(folder, "places/areas.csv", "Ohio", "Oregon")
    load_knowledge(folder, memory)
    assert missed == ["learns", "learns"]


def test_what_one_career_learnt_outlives_the_edits_of_another_while_it_is_used(tmp_path: Path) -> None:
    missed: list[str] = []
    memory = LearntFiles(tmp_path / "learnt", on_miss=lambda: missed.append("learns"))
    ours, theirs = (small_content(tmp_path / name / "knowledge") for name in ("ours", "theirs"))
    replaced(theirs, "faq/all.yaml", "groomer salary", "a groomer's salary")
    load_knowledge(ours, memory)
    for number in range(KEPT + 1):
        replaced(theirs, "faq/all.yaml", "how soon am i done", f"am i done by {number}\n    - how soon am i done")
        load_knowledge(theirs, memory)
        load_knowledge(ours, memory)
    assert len(missed) == 1 + KEPT + 1
    assert len(list((tmp_path / "learnt").glob("*.npz"))) == KEPT
