"""A little content to edit, and a desk. Most decisions are tried with a check that only reads the files as YAML."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.load_knowledge.library import content_hash
from bot.load_knowledge.load import read_content
from bot.operator.review.clusters import Cluster, Nearest
from bot.operator.review.desk import Desk
from bot.operator.review.records import Records
from bot.operator.review.yaml_text import entries
from bot.operator.vetting import Verdict
from bot.store import Logged, Question
from tests.conftest import ROOT

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
UNION = ("do coders have unions", "is there a coders union?", "is there a union for coders")
WORK = """\
# The job.
benefits:
  title: Benefits
  phrasings:
    - do they pay for health insurance
    # an old one
    - "what: benefits are there"   # keep

breaks:
  phrasings: [how long is lunch]
"""
OTHER = """\
oos_random:
  role: rest
  kind: out_of_scope
  phrasings:
    - "who won the game"
"""


def read_only(copy: Path) -> Verdict:
    for path in copy.rglob("*.yaml"):
        entries(path.read_text("utf-8"))
    return Verdict(content_hash(copy))


def checked(copy: Path) -> Verdict:
    _, problems = read_content(copy, walk=False)
    return Verdict(content_hash(copy), tuple(map(str, problems)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    content = tmp_path / "knowledge"
    (content / "faq").mkdir(parents=True)
    (content / "faq" / "work.yaml").write_text(WORK, "utf-8")
    (content / "smalltalk.yaml").write_text(OTHER, "utf-8")
    return Desk(content, Records(tmp_path / "data" / "review"), read_only, lambda: NOW)


@pytest.fixture
def strict(tmp_path: Path) -> Desk:
    """Over a copy of a whole content, the small second career, with the real check."""
    content = Path(shutil.copytree(ROOT / "examples" / "pharmacy-technician", tmp_path / "whole" / "knowledge"))
    career = content / "career.yaml"
    career.write_text(career.read_text("utf-8").replace("../../knowledge", str(ROOT / "knowledge")), "utf-8")
    return Desk(content, Records(tmp_path / "data" / "review"), checked, lambda: NOW)


@pytest.fixture
def union() -> Cluster:
    near = (Nearest("benefits", 0.4), Nearest("breaks", 0.2))
    return Cluster(
        ("aaaaaaaa", "bbbbbbbb", "cccccccc"), UNION, 3, {"refused": 3}, NOW.isoformat(), "", near, "oos_random"
    )


def asked(text: str, outcome: str = "refused", day: str = "2026-11-20", **more: str) -> Logged:
    """A line of the question log."""
    answers = tuple(filter(None, [more.pop("intent", "")]))
    return Logged(1, "someone", Question(text, day, outcome, "", 0.3, answers=answers), **more)
