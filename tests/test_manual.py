"""The operator's manual: every command in it is run, in the order in which it stands, on a copy of the content."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import run_bot
from bot.conversation.knowledge import Confidence, SourceKind, Statistic, Unit
from bot.load_knowledge.places import OF_A_PLACE
from bot.operator.import_wages.tables import OWN
from bot.store import Sealer, SqliteStore
from tests.conftest import ROOT
from tests.handlers.conftest import KEY
from tests.second_career import EXAMPLE, second_career

MANUAL = ROOT / "docs" / "operating.md"
COMMAND = re.compile(r"^ {4}((?:[A-Z_]+=\S+ )*)python run_bot\.py (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")
NOT_RUN = {
    "calibrate": "a minute of reckoning; tests of calibration have their own small content",
    "migrate-store": "needs a PostgreSQL; tests/store runs it on a real one",
    "webhook": "asks Telegram; tests/handlers runs it against the local one",
    "rotate-key": "needs the bot stopped; tests/test_program.py runs it",
}
OF_THE_FIRST_CAREER = ("graph", "audit")  # it has the flow that they name
FAQ = "## How far is it to the school?\nTwo stops by bus.\n"


def commands() -> list[tuple[str, str]]:
    """The settings in front and the rest of each command, without its comment."""
    return [(given, rest.partition(" #")[0].strip()) for given, rest in COMMAND.findall(text())]


def text() -> str:
    return MANUAL.read_text("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as an operator has it: content with tests, some files to import, and a database."""
    folder = tmp_path_factory.mktemp("desk")
    second_career(folder / "knowledge")
    (folder / "knowledge" / "tests").rename(folder / "tests")
    (folder / "our_faq.md").write_text(FAQ, "utf-8")
    (folder / "export.csv").write_text("Question,Answer\nWhere is it?,By the river.\n", "utf-8")
    wage_table(folder / "oews.csv")
    (folder / "data").mkdir()
    asyncio.run(database(folder / "data" / "advisor.db"))
    return folder


def wage_table(file: Path) -> None:
    """The pay table of the example as it was before it was imported."""
    areas = {row["code"]: row for row in rows(ROOT / "knowledge" / "places" / "areas.csv")}
    columns = {**{ours: theirs for ours, theirs in OWN.items() if ours in OF_A_PLACE}, "occupation": OWN["occupation"]}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, OWN.values())
        writer.writeheader()
        for row in rows(EXAMPLE / "places" / "wages.csv"):
            area = areas[row["area"]]
            place = {"area": area["code"], "name": area["name"], "type": area["type"], "states": area["states"]}
            of_place = {OWN[ours]: cell for ours, cell in {**place, "rpp": area["rpp"]}.items()}
            writer.writerow({theirs: row[ours] for ours, theirs in columns.items()} | of_place)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


async def database(file: Path) -> None:
    store = await SqliteStore(file, Sealer([KEY])).open()
    await store.close()


@pytest.mark.parametrize(("given", "command"), commands(), ids=[f"{g}{c}" for g, c in commands()])
def test_every_command_of_the_manual_works_as_it_stands(
    given: str, command: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command.replace("$(date +%F)", str(dt.date.today())))
    if words[0] in NOT_RUN:
        pytest.skip(NOT_RUN[words[0]])
    monkeypatch.chdir(desk)
    for setting in ("KNOWLEDGE_DIR", "DATA_DIR", "TELEGRAM_BOT_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.setenv("DATA_KEY", KEY)
    if words[0] in OF_THE_FIRST_CAREER:
        monkeypatch.setenv("KNOWLEDGE_DIR", str(ROOT / "knowledge"))
    for pair in given.split():
        monkeypatch.setenv(*pair.split("=", 1))
    result = CliRunner().invoke(run_bot.cli, words, input="what does it pay\n")
    assert result.exit_code == 0, f"{result.output}\n{result.exception!r}"
    assert result.output.strip()
    assert not (desk / "knowledge" / "places" / "areas.csv").exists(), "shared areas were copied though nothing changed"


def test_the_manual_names_every_command_that_it_does_not_run() -> None:
    named = {shlex.split(command)[0] for _, command in commands()}
    assert set(NOT_RUN) <= named, "nothing is excused that the manual no longer names"
    assert named <= set(run_bot.cli.commands)
    assert len(named) >= 12


def test_the_recipes_name_every_value_that_a_fact_and_a_source_may_have() -> None:
    recipes = (ROOT / "docs" / "recipes.md").read_text("utf-8")
    values = [*get_args(Unit), *get_args(Statistic), *get_args(Confidence), *get_args(SourceKind)]
    assert [value for value in values if f"`{value}`" not in recipes] == []


def test_every_picture_and_page_of_this_repository_that_the_manual_shows_is_there_and_small() -> None:
    linked = [MANUAL.parent / target for target in LINK.findall(text())]
    assert len(linked) > 5
    for target in linked:
        assert target.exists(), target
        assert target.suffix != ".png" or target.stat().st_size < 60_000
