"""Whether content may be put to use: it checks clean, can be taught, and passes its own tests.

Not each of them: with one phrasing more everything is learnt anew, and of some hundred conversations one or two that
were close go another way by chance; and tests name figures, which are there to be changed. Such are told, and veto
nothing. Where danger is not heard any more, or more go wrong than chance explains, the content is refused.

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
from bot.operator.content_report import Report
from bot.operator.content_tests import CannotTest, run_files

BY_CHANCE = 0.02  # of the conversations: go another way after some phrasings more, whatever these are about


@dataclass(frozen=True, slots=True)
class Verdict:
    """On content of this version; `problems` name file, line and what is wrong, none where it may go live.

    `noticed` are the tests, a line each, that don't go as written and are no reason to refuse it.
    """

    version: str
    problems: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()

    def remark(self) -> str:
        """What to say of `noticed`; nothing where there is none."""
        listed = "".join(f"\n  {test}" for test in self.noticed)
        return f"These go another way now, which `python run_bot.py test` shows whole:{listed}" if listed else ""


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
    return judged(known.version, report)


def judged(version: str, report: Report) -> Verdict:
    """The verdict that the tests give."""
    serious = [failure for failure in report.failures if failure.weight != "figure"]
    grave = any(failure.weight == "grave" for failure in serious)
    if grave or len(serious) > BY_CHANCE * report.played:
        return Verdict(version, tuple(str(failure).rstrip() for failure in serious))
    return Verdict(version, noticed=tuple(failure.where for failure in report.failures))


def as_json(verdict: Verdict) -> str:
    return json.dumps(asdict(verdict))


def from_json(text: str) -> Verdict:
    """The inverse of `as_json`. Raises ValueError, KeyError or TypeError for anything else."""
    plain = json.loads(text)
    return Verdict(plain["version"], tuple(plain["problems"]), tuple(plain["noticed"]))


if __name__ == "__main__":
    print(as_json(vet(*map(Path, sys.argv[1:4]))))
