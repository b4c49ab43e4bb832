"""What the content check found, told three ways: for a person, for a program, and for GitHub's list of changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from bot.load_knowledge.causes import NO_FILE
from bot.load_knowledge.checks.rules import Rule
from bot.load_knowledge.load import Checked
from bot.load_knowledge.problems import Problem

MORE = " What else there may be is told when every file can be read."
TESTS_TOO = "A running bot takes changed content only if its tests pass too: python run_bot.py test"
COLOURS = {"error": "red", "warning": "yellow"}


def as_text(checked: Checked, folder: Path) -> Iterator[str]:
    """Grouped by file, with why and fix for each finding."""
    for file, problems in groupby(sorted(checked.problems), key=lambda problem: problem.file):
        yield click.style(file, bold=True)
        for problem in problems:
            yield from _one(problem)
        yield ""
    yield _summary(checked)


def _one(problem: Problem) -> Iterator[str]:
    mark = click.style(problem.severity, fg=COLOURS[problem.severity], bold=True)
    yield f"  {problem.file}:{problem.line}: {mark} [{problem.rule}] {problem.where}: {problem.what}"
    yield click.style(f"      why: {problem.why}", dim=True)
    first, *rest = problem.fix.splitlines() or [""]
    yield f"      fix: {first}"
    yield from (f"           {line}" for line in rest)


def _summary(checked: Checked) -> str:
    errors, warnings, known = len(checked.errors), len(checked.warnings), checked.knowledge
    told = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    if errors or known is None:
        more = MORE if any(problem.rule in NO_FILE for problem in checked.errors) else ""
        return click.style(f"{told}. Errors keep the bot from starting.{more}", fg="red")
    phrasings = sum(len(entry.phrasings) for entry in known.entries.values())
    size = f"{len(known.entries)} questions, {phrasings} phrasings, {len(known.facts)} facts"
    sound = f"No problems: {size}." if not warnings else f"{told}, nothing that keeps the bot from starting: {size}."
    return f"{sound}\n{TESTS_TOO}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def as_json(checked: Checked, folder: Path) -> Iterator[str]:
    """A list of objects: rule, severity, file, line, where, what, why, fix."""
    yield json.dumps([asdict(problem) for problem in sorted(checked.problems)], ensure_ascii=False, indent=2)


def as_github(checked: Checked, folder: Path) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the line; paths as seen from where this runs."""
    for problem in sorted(checked.problems):
        file = _seen_from_here(folder.parent / problem.file)
        text = _escaped(f"{problem.where}: {problem.what}\nWhy: {problem.why}\nFix: {problem.fix}")
        at = f"file={_property(file)},line={problem.line},title={_property(problem.rule)}"
        yield f"::{problem.severity} {at}::{text}"


def _seen_from_here(file: Path) -> str:
    here = Path.cwd()
    whole = file if file.is_absolute() else here / file
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else whole.as_posix()


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def exit_code(checked: Checked, *, strict: bool) -> int:
    """0 sound, 1 errors (or, strictly, warnings), 2 when there was nothing to check."""
    if any(problem.rule == "unreadable" for problem in checked.problems):
        return 2
    return int(bool(checked.errors or (strict and checked.warnings)))


def rules_told(rules: Iterable[Rule]) -> Iterator[str]:
    """Every rule with what it is for."""
    for one in rules:
        yield f"{one.name} ({one.severity}{', slow' if one.slow else ''})\n  why: {one.why}\n  fix: {one.fix}"
