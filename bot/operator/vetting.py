"""Whether content may be put to use: it checks clean, can be taught, and passes its own tests.

Takes some twenty seconds of computing, so a running bot has it done by another process: `python -m
bot.operator.vetting FOLDER LEARNT TESTS` prints the verdict as JSON. What was learnt is kept in LEARNT, so that the
bot need not learn it again.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.load_knowledge.content_tests import files_in
from bot.load_knowledge.load import made_ready, read_content
from bot.load_knowledge.memory import LearntFiles
from bot.operator.content_tests import CannotTest, run_files


@dataclass(frozen=True, slots=True)
class Verdict:
    """On content of this version; `problems` name file, line and what is wrong, none where it may go live."""

    version: str
    problems: tuple[str, ...] = ()


Vet = Callable[[Path], Verdict]


def vet(folder: Path, learnt: Path, tests: Path) -> Verdict:
    """The verdict on the content in `folder`. Never raises for bad content."""
    knowledge, problems = read_content(folder)
    if knowledge is None or problems:
        version = knowledge.version if knowledge else ""
        return Verdict(version, tuple(map(str, sorted(set(problems)))))
    if not files_in(tests):
        return Verdict(knowledge.version)
    known = made_ready(knowledge, LearntFiles(learnt))
    try:
        report = run_files((), folder, known, dt.date.today(), tests)
    except CannotTest as error:
        return Verdict(known.version, tuple(str(error).splitlines()))
    return Verdict(known.version, tuple(str(failure).rstrip() for failure in report.failures))


def as_json(verdict: Verdict) -> str:
    return json.dumps(asdict(verdict))


def from_json(text: str) -> Verdict:
    """The inverse of `as_json`. Raises ValueError, KeyError or TypeError for anything else."""
    plain = json.loads(text)
    return Verdict(plain["version"], tuple(plain["problems"]))


if __name__ == "__main__":
    print(as_json(vet(*map(Path, sys.argv[1:4]))))
