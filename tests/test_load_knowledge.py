"""An author who makes a mistake is told the file, the line, what is wrong and what was probably meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.load_knowledge import ContentError, load_knowledge
from tests.conftest import ROOT

Edit = Callable[[str, str, str], list[str]]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Change one text in a copy of the real content and give back the problems reported."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)

    def change(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r} any more"
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(ContentError) as caught:
            load_knowledge(folder)
        return [str(problem) for problem in caught.value.problems]

    return change


def line_of(file: str, text: str) -> int:
    lines = (ROOT / "knowledge" / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_misspelt_fact_in_an_answer_is_named_with_the_likely_one(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "{{ wage.coder.medain }}")
    assert any("unknown fact 'wage.coder.medain'; did you mean 'wage.coder.median'?" in p for p in problems)
    assert all(p.startswith("knowledge/faq/pay.yaml:") for p in problems)


def test_a_misspelt_key_is_named_with_file_line_and_the_likely_one(edit: Edit) -> None:
    line = line_of("faq/pay.yaml", "  title:")
    problems = edit("faq/pay.yaml", "  title:", "  titel:")
    (problem,) = [p for p in problems if "unknown key 'titel'; did you mean 'title'?" in p]
    assert problem.startswith(f"knowledge/faq/pay.yaml:{line}:")


def test_a_figure_typed_into_an_answer_is_refused(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "$51,140")
    assert any("'51,140' is a figure typed into the answer" in p for p in problems)


def test_a_number_word_with_a_unit_is_a_typed_figure_too(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "forty thousand dollars")
    assert any("typed into the answer" in p for p in problems)


def test_the_same_key_twice_is_reported_with_both_lines(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "salary_entry:", "salary_overall:")
    assert any("'salary_overall' is written twice (first on line" in p for p in problems)


def test_an_unknown_next_question_is_named_with_the_likely_one(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "next: [salary_entry", "next: [salary_entri")
    assert any("unknown question 'salary_entri'; did you mean 'salary_entry'?" in p for p in problems)


def test_an_unknown_source_is_named(edit: Edit) -> None:
    problems = edit("facts/pay.yaml", "bls_oews_2025", "bls_oes_2025")
    assert any("unknown source 'bls_oes_2025'; did you mean 'bls_oews_2025'?" in p for p in problems)


def test_a_tag_that_telegram_does_not_know_is_refused(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "<h1>{{ wage.coder.median }}</h1>")
    assert any("Telegram does not know the tag <h1>" in p for p in problems)


def test_a_tag_left_open_is_refused(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "<b>{{ wage.coder.median }}")
    assert any("<b> is never closed" in p for p in problems)


def test_average_salary_without_saying_which_is_refused(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "an average salary of {{ wage.coder.median }}")
    assert any("does not say which average" in p for p in problems)


def test_yaml_that_cannot_be_read_names_the_line(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "salary_entry:", 'salary_entry: "')
    assert any("is not readable YAML" in p and "knowledge/faq/pay.yaml:" in p for p in problems)


def test_nested_aliases_are_refused_instead_of_unfolded(edit: Edit) -> None:
    problems = edit("voice.yaml", "menu_button: All topics", "menu_button: &a All topics\nrepeat: *a")
    assert any("uses a YAML alias" in p for p in problems)


def test_an_unknown_part_is_named_with_the_likely_one(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", 'part("pay_there")', 'part("pay_their")')
    assert any("unknown part 'pay_their'; did you mean 'pay_there'?" in p for p in problems)


def test_a_part_that_no_answer_uses_is_reported(edit: Edit) -> None:
    problems = edit("parts.yaml", "pay_there: |", "spare: Nobody says this.\npay_there: |")
    assert any("parts.yaml" in p and "no answer uses this part" in p for p in problems)


def test_a_figure_typed_into_a_part_is_refused(edit: Edit) -> None:
    problems = edit("parts.yaml", "Weigh health insurance", "Over 2080 hours. Weigh health insurance")
    assert any("parts.yaml" in p and "'2080' is a figure typed into the answer" in p for p in problems)


def test_an_unknown_picture_is_named_with_the_likely_one(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "picture: band", "picture: bend")
    assert any("unknown picture 'bend'; did you mean 'band'?" in p for p in problems)


def test_a_follow_up_in_two_entries_is_reported(edit: Edit) -> None:
    problems = edit("faq/pay.yaml", "follow_ups: [jobs,", "follow_ups: [per hour, jobs,")
    assert any("the follow-up 'per hour' is also under 'salary_hourly'" in p for p in problems)


def test_the_question_for_a_bare_amount_must_exist(edit: Edit) -> None:
    problems = edit("career.yaml", "bare_amount: pay_check", "bare_amount: pay_chek")
    assert any("unknown question 'pay_chek'; did you mean 'pay_check'?" in p for p in problems)


def test_all_problems_come_at_once(edit: Edit, tmp_path: Path) -> None:
    voice = tmp_path / "knowledge" / "voice.yaml"
    voice.write_text(voice.read_text("utf-8").replace("menu_button: All topics", "menu_buton: All topics"), "utf-8")
    problems = edit("faq/pay.yaml", "{{ wage.coder.median }}", "{{ wage.coder.medain }}")
    assert any("voice.yaml" in p and "did you mean 'menu_button'?" in p for p in problems)
    assert any("faq/pay.yaml" in p for p in problems)


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="KNOWLEDGE_DIR"):
        load_knowledge(tmp_path / "nowhere")


def test_an_unknown_area_behind_a_nickname_is_named(edit: Edit) -> None:
    problems = edit("places/names.yaml", "philly: 37980", "philly: 37981")
    (problem,) = [p for p in problems if "unknown area code 37981" in p]
    assert problem.startswith("knowledge/places/names.yaml:")


def test_a_town_without_a_number_of_people_is_named_by_line(edit: Edit) -> None:
    problems = edit("places/cities.csv", "Chicago,IL,16980,", "Chicago,IL,16980,many")
    assert any(p.startswith("knowledge/places/cities.csv:3: ") for p in problems)
