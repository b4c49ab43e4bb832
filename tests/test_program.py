"""The program as whoever runs it meets it: commands, JSON lines, and one clear sentence when it can't start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Kind, State, Turn
from bot.operator.evaluate import Judged, Report, evaluate, told
from bot.store import Key, Sealer, SqliteStore
from bot.store.lock import only_one
from run_bot import cli
from tests.conftest import ROOT, TODAY
from tests.handlers.conftest import KEY
from tests.store.conformance import counting, turns_of

# Whoever is told something else than that was told before the content was looked at.
NO_CONTENT = {"KNOWLEDGE_DIR": "/nowhere/at/all"}


@pytest.fixture(scope="module", autouse=True)
def learnt(knowledge: Knowledge) -> None:
    """So that none of the programs started here learns while other test files do."""


def run(
    *arguments: str, stdin: str = "", cwd: Path = ROOT, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    if settings and "DATA_DIR" in settings:
        data = Path(settings["DATA_DIR"])
        data.mkdir(parents=True, exist_ok=True)
        if not (data / "learnt").exists():  # what was learnt already, so that none of these starts learns anew
            (data / "learnt").symlink_to(ROOT / "data" / "learnt")
    environment = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(
            ("TELEGRAM", "KNOWLEDGE", "DATA", "PREVIEW", "HEALTH", "ADMIN", "RETENTION", "LOG", "WEBHOOK")
        )
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "run_bot.py"), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=180,  # a busy machine
        cwd=cwd,
        env={
            **environment,
            "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
            "DATA_DIR": str(ROOT / "data"),
            "DATA_KEY": KEY,
            "PYTHONIOENCODING": "utf-8",
            **(settings or {}),
        },
        check=False,
    )


def objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_help_names_the_commands_with_examples() -> None:
    told = run("--help").stdout
    for command in ("run", "ask", "talk", "check", "evaluate", "import-wages", "backup", "rotate-key"):
        assert command in told
    assert 'python run_bot.py ask "how long does it take"' in told


def test_ask_explains_how_it_found_the_answer() -> None:
    told = run("ask", "how mcuh does a coder mkae", "--explain").stdout
    assert "$51,140" in told
    assert "corrected: mcuh -> much" in told
    assert "for salary_overall: " in told
    assert "probability" in told
    file, line, intent = told.rpartition("written in: ")[2].strip().split(":")
    assert Path(file).read_text("utf-8").splitlines()[int(line) - 1] == f"{intent.strip()}:" == "salary_overall:"


def test_ask_json_has_the_promised_keys_and_one_line_each() -> None:
    lines = "how much does a coder make\nhi\nwhat is the capital of france\n\nasdf qwer zxcv\n"
    answers = objects(run("ask", "--json", stdin=lines).stdout)
    assert len(answers) == 5
    assert [a["q"] for a in answers] == lines.splitlines()
    for answer in answers:
        keys = {"q", "kind", "intents", "probability", "slots", "text", "buttons", "sources", "ms"}
        assert answer.keys() == keys
        assert answer["kind"] in {"answer", "clarify", "smalltalk", "out_of_scope", "fallback"}
        assert answer["text"]
    assert answers[0]["sources"]
    assert answers[1]["kind"] == "smalltalk"


def test_talk_json_plays_a_conversation_over_a_restart() -> None:
    said = [{"say": "pay in texas"}, {"restart": True}, {"say": "and ohio?"}, {"press": "No such button"}, {"what": 1}]
    answers = objects(run("talk", "--json", stdin="\n".join(map(json.dumps, said))).stdout)
    assert "Texas" in answers[0]["replies"][0]["text"]
    assert answers[1]["replies"] == []
    assert "Ohio" in answers[2]["replies"][0]["text"]
    assert "no button" in answers[3]["error"]
    assert "error" in answers[4]
    assert answers[0].keys() == {"replies", "intents", "flow", "step"}
    assert answers[0]["replies"][0].keys() == {"text", "buttons", "picture", "file", "edited"}


def test_talk_presses_the_button_with_the_typed_number() -> None:
    told = run("talk", stdin="how much does a coder make\n1\n").stdout
    assert told.count("[1]") >= 3


def test_check_finds_nothing_wrong_with_our_own_content_but_what_grew_old() -> None:
    result = run("check", "--format", "json")
    assert result.returncode == 0, result.stdout
    assert {found["rule"] for found in json.loads(result.stdout)} <= {"past-its-date", "near-phrasing"}


def test_a_folder_that_lacks_most_files_could_not_be_checked(tmp_path: Path) -> None:
    (tmp_path / "career.yaml").write_text("titel: x\n", "utf-8")
    result = run("check", settings={"KNOWLEDGE_DIR": str(tmp_path)})
    assert result.returncode == 2
    assert "did you mean 'title'?" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"TELEGRAM_API_URL": "telegram"}, "https://api.telegram.org"),
        ({"TELEGRAM_BOT_TOKEN": "hello", **NO_CONTENT}, "does not look like a token"),
        ({"WEBHOOK_URL": "https://example.org/hook", "WEBHOOK_SECRET": "s" * 20, **NO_CONTENT}, "TELEGRAM_BOT_TOKEN"),
        (NO_CONTENT, "KNOWLEDGE_DIR"),
        ({"PREVIEW_PORT": "abc"}, "PREVIEW_PORT: write a whole number"),
        ({"PREVIEW_PORT": "99999", "HEALTH_PORT": "-1"}, "HEALTH_PORT: write 0 or more"),
        ({"ADMIN_CHAT_IDS": "alex"}, "ADMIN_CHAT_IDS: write the numbers of people"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT: write 'text' or 'json'"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: write one of DEBUG, INFO, WARNING, ERROR"),
        ({"DATA_KEY": "short", **NO_CONTENT}, "data key can't be used: DATA_KEY, or"),
        ({"DATA_KEY": "x" * 44, **NO_CONTENT}, "data key can't be used: DATA_KEY, or"),
        ({"DATA_KEY": "ключ", **NO_CONTENT}, "data key can't be used: DATA_KEY, or"),
        ({"TELEGRAM_BOT_TOKEN": "123456:" + "A" * 35, "TELEGRAM_API_URL": "http://127.0.0.1:9"}, "TELEGRAM_API_URL"),
    ],
)
def test_what_can_not_start_says_what_to_do_and_exits_with_two(
    settings: dict[str, str], wanted: str, tmp_path: Path
) -> None:
    result = run("run", cwd=tmp_path, settings={"DATA_DIR": str(tmp_path / "data"), **settings})
    assert result.returncode == 2, result.stderr
    assert wanted in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (b"LOG_LEVEL=INFO\n\nmy key is abc\n", [".env line 3: write NAME=value"]),
        (b"LOG_LEVEL\nPREVIEW PORT=1\n", [".env line 1: write NAME=value", ".env line 2: write NAME=value"]),
        (b"LOG_FORMAT=caf\xe9\n", [".env: is no plain text; save it as UTF-8"]),
        (b"\xef\xbb\xbfLOG_FORMAT=xml\n", ["A setting in .env", "LOG_FORMAT: write 'text' or 'json'"]),
    ],
)
def test_a_settings_file_that_can_not_be_read_is_told_by_its_lines_alone(
    written: bytes, wanted: list[str], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(written)
    result = run("run", cwd=tmp_path, settings=NO_CONTENT)
    assert result.returncode == 2
    told = result.stderr.removeprefix("Error: ").splitlines()
    assert len(told) == len(wanted)
    assert all(line.startswith(begin) for line, begin in zip(told, wanted, strict=True)), told


def test_a_setting_that_is_none_is_told_where_one_of_ours_was_meant(tmp_path: Path) -> None:
    written = "ADMIN_CHAT_ID=7\nexport telegram_token=x\nPOSTGRES_PASSWORD=x\nTZ=UTC\nLOG_LEVEL=INFO\n"
    (tmp_path / ".env").write_text(written, "utf-8")
    told = run("run", cwd=tmp_path, settings=NO_CONTENT).stderr.splitlines()
    assert told[0] == ".env: unknown setting ADMIN_CHAT_ID; did you mean 'ADMIN_CHAT_IDS'?"
    assert told[1] == ".env: unknown setting telegram_token; did you mean 'TELEGRAM_BOT_TOKEN'?"
    assert "POSTGRES" not in told[2]


@pytest.mark.parametrize("setting", ["PREVIEW_PORT", "HEALTH_PORT"])
def test_a_taken_port_is_one_sentence_before_the_content_is_loaded(setting: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = {"PREVIEW_PORT": "0", setting: str(taken.getsockname()[1])}
        result = run("run", cwd=tmp_path, settings={**ports, **NO_CONTENT, "DATA_DIR": str(tmp_path / "data")})
    assert result.returncode == 2
    assert "is taken" in result.stderr
    assert setting in result.stderr
    assert "Traceback" not in result.stderr


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    from bot.settings import Settings

    lines = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text("utf-8").splitlines()
        if "=" in line and line[0] != "#"
    )
    fields = Settings.model_fields
    assert set(lines) == {name.upper() for name in fields}
    for name, field in fields.items():
        default = "" if isinstance(field.default, SecretStr) else str(field.default)
        assert lines[name.upper()] == default


@pytest.mark.fault("F52")
def test_a_second_bot_with_the_same_data_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with only_one(tmp_path):
        result = run("run", settings={"DATA_DIR": str(tmp_path), **NO_CONTENT})
    assert result.returncode == 2
    assert "running already" in result.stderr


async def test_backup_and_rotate_key_do_what_they_say(tmp_path: Path) -> None:
    key_file, data = tmp_path / "secret" / "data.key", tmp_path / "data"
    key_file.parent.mkdir()
    key_file.write_text(KEY)
    given = {"DATA_DIR": str(data), "DATA_KEY": "", "DATA_KEY_FILE": str(key_file)}
    store = await SqliteStore(data / "advisor.db", Sealer([KEY])).open()
    await store.apply(1, Key(7, 7), counting())
    made = run("backup", str(tmp_path / "copy.db"), settings=given)
    assert made.returncode == 0, made.stderr
    await store.close()
    assert "exists already" in run("backup", str(tmp_path / "copy.db"), settings=given).stderr
    rotated = run("rotate-key", settings=given)
    assert "Sealed 3 rows" in rotated.stdout, rotated.stderr
    (new,) = key_file.read_text().split()
    assert new != KEY
    for file, key in ((data / "advisor.db", new), (tmp_path / "copy.db", KEY)):
        again = await SqliteStore(file, Sealer([key])).open()
        assert await turns_of(again, Key(7, 7)) == 1
        await again.close()


def test_a_key_is_not_rotated_where_there_is_no_database(tmp_path: Path) -> None:
    key_file = tmp_path / "data.key"
    key_file.write_text(KEY)
    elsewhere = {"DATA_DIR": str(tmp_path / "elsewhere"), "DATA_KEY": "", "DATA_KEY_FILE": str(key_file)}
    result = run("rotate-key", settings=elsewhere)
    assert result.returncode == 2
    assert "There is no database at" in result.stderr
    assert key_file.read_text() == KEY


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "line 2: is no JSON"),
        ("[1, 2]", "line 2: needs the keys q, kind and topics"),
        ('{"q": 5, "kind": "in_scope", "topics": []}', "line 2: q should be a text"),
        ('{"q": "x", "kind": "in_scope", "topics": "pay"}', "line 2: topics should be a list"),
    ],
)
def test_a_labelled_message_that_can_not_be_read_is_told_by_its_line(
    line: str, told: str, knowledge: Knowledge
) -> None:
    with pytest.raises(ValueError, match=told):
        evaluate(["\n", line], knowledge, TODAY)


def test_a_topic_that_is_no_question_is_named_instead_of_counted_as_wrong(knowledge: Knowledge) -> None:
    lines = (
        '{"q": "how much does a coder make", "kind": "in_scope", "topics": ["salary_overal"]}',
        '{"q": "how much does a coder make", "kind": "in_scope", "topics": ["salary_overal"], '
        '"also_ok": ["salary_overall"]}',
        '{"q": "what is the capital of france", "kind": "trivia", "topics": ["capitals"]}',
    )
    report = evaluate(lines, knowledge, TODAY)
    assert [one.verdict for one in report.judged] == ["no such topic", "right", "right"]
    first, *_ = told(report, knowledge, misses=False)
    assert first == "no question is called 'salary_overal' (2 of the messages); did you mean 'salary_overall'?"


def test_the_likeliest_question_counts_whatever_was_said_to_it(knowledge: Knowledge) -> None:
    def judged(kind: Kind, *intents: str) -> Judged:
        row = {"q": "?", "kind": "in_scope", "topics": ["exam_fee"]}
        return Judged(row, Turn(State(), (), kind, intents), "", 0.0)

    report = Report([judged("answer", "exam_fee"), judged("clarify", "exam_fee", "program_cost"), judged("fallback")])
    assert "in scope, likeliest question the right one: 66.7%" in told(report, knowledge, misses=False)


def test_walks_through_a_flow_are_at_least_one() -> None:
    result = CliRunner().invoke(cli, ["audit", "enroll", "--paths", "0"])
    assert result.exit_code == 2
    assert "0 is not in the range" in result.output
