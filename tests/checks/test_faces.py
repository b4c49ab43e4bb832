"""`check` as whoever runs it meets it: for a person, for a program, for GitHub, and by its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.load_knowledge.checks.rules import all_rules
from bot.operator.check import TESTS_TOO
from run_bot import cli
from tests.checks.small import replaced, small_content
from tests.conftest import ROOT

TITLE = ("smalltalk.yaml", "title: Hello", "title: A hello that goes on and on")
SLIP = ("faq/all.yaml", "[length]", "[lenght]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small content, in the folder that the program runs in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", "knowledge")
    return small_content(tmp_path / "knowledge")


def check(*options: str) -> Result:
    return CliRunner().invoke(cli, ["check", *options])


def test_sound_content_is_said_to_be_so(folder: Path) -> None:
    told = check()
    assert told.stdout == f"No problems: 2 questions, 16 phrasings, 4 facts.\n{TESTS_TOO}\n"
    assert "--quick leaves that out" in told.stderr
    assert "--quick" not in check("--quick").stderr
    assert told.exit_code == 0


def test_a_person_reads_what_is_wrong_why_it_matters_and_how_to_mend_it(folder: Path) -> None:
    replaced(folder, *SLIP)
    replaced(folder, *TITLE)
    told = check().stdout
    assert told.splitlines()[:4] == [
        "knowledge/faq/all.yaml",
        "  knowledge/faq/all.yaml:22: error [unknown-name] pay.next.0: "
        "unknown question 'lenght'; did you mean 'length'?",
        "      why: A name that leads nowhere becomes a dead button, a missing source or an empty answer.",
        "      fix: Write length instead of lenght.",
    ]
    assert "knowledge/smalltalk.yaml:3: warning [cut-label]" in told
    assert told.endswith("1 error, 1 warning. Errors keep the bot from starting.\n")


def test_a_program_reads_a_list_of_objects(folder: Path) -> None:
    replaced(folder, *TITLE)
    (found,) = json.loads(check("--format", "json").stdout)
    assert found.keys() == {"rule", "severity", "file", "line", "where", "what", "why", "fix"}
    assert (found["rule"], found["severity"], found["line"]) == ("cut-label", "warning", 3)


def test_github_is_given_file_line_and_title_with_its_own_escapes(folder: Path) -> None:
    replaced(folder, "faq/all.yaml", "The mean is {{ wage.mean }}", "In 50% of cases, {{ wage.mean }} is the mean")
    (line,) = check("--format", "github").stdout.splitlines()
    assert line.startswith("::error file=knowledge/faq/all.yaml,line=17,title=typed-figure::pay.answer: ")
    assert "%0AWhy: " in line
    assert "%0AFix: in a file under facts/:%0Aa.name.for_it:" in line


def test_warnings_fail_only_when_asked_to(folder: Path) -> None:
    replaced(folder, *TITLE)
    assert check().exit_code == 0
    assert check("--strict").exit_code == 1


def test_errors_fail(folder: Path) -> None:
    replaced(folder, *SLIP)
    assert check().exit_code == 1


@pytest.mark.parametrize("missing", ["career.yaml", "faq/all.yaml", ""])
def test_what_cannot_be_read_could_not_be_checked(missing: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing:
        (folder / missing).unlink()
    else:
        monkeypatch.setenv("KNOWLEDGE_DIR", "nowhere")
    told = check()
    assert told.exit_code == 2
    assert "[unreadable]" in told.output


def test_the_rules_are_listed_by_the_program_and_explained_in_the_manual() -> None:
    listed = check("--rules").output
    manual = (ROOT / "docs" / "content-check.md").read_text("utf-8")
    for name, rule in all_rules().items():
        assert f"{name} ({rule.severity}" in listed
        assert f"| `{name}` | {rule.severity} |" in manual
