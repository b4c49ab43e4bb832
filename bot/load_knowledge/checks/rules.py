"""What a rule is, and the registry of all of them. A new rule is a function with `@rule` in a file beside this one."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.load_knowledge import checks
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule doesn't hold: `item` is an id or a file, `path` leads on in it.

    `line` counts within the text at `path`, from 1. Without a `fix` of its own it has the rule's.
    """

    item: str
    what: str
    path: tuple[str | int, ...] = ()
    fix: str = ""
    line: int = 0


MEANT = re.compile(r"'([^']+)'[^']*; did you mean '([^']+)'\?$")
Look = Callable[[Content], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`why` is one plain sentence; `fix` says what to do. A `slow` rule is for `check`, not for the start."""

    name: str
    severity: Severity
    why: str
    fix: str
    look: Look
    slow: bool = False


_registered: dict[str, Rule] = {}


def rule(name: str, *, why: str, fix: str, severity: Severity = "error", slow: bool = False) -> Callable[[Look], Look]:
    """Register the function below as the rule `name`."""

    def register(look: Look) -> Look:
        if name in _registered:
            raise ValueError(f"two rules are called '{name}'")
        _registered[name] = Rule(name, severity, why, fix, look, slow)
        return look

    return register


def all_rules() -> dict[str, Rule]:
    """Every rule by name, from every file of this folder."""
    for module in pkgutil.iter_modules(checks.__path__):
        importlib.import_module(f"{checks.__name__}.{module.name}")
    return dict(sorted(_registered.items()))


def find(content: Content, rules: Iterable[Rule]) -> Iterator[Problem]:
    """Everything these rules find, with file and line."""
    for one in rules:
        for found in one.look(content):
            document, key = content.where[found.item]
            at = (key, *found.path) if key else found.path
            line = document.line_of_text(at, found.line) if found.line else document.line(at)
            where = ".".join(str(part) for part in at) or found.item
            yield Problem(document.file, line, where, found.what, one.name, one.severity, one.why, found.fix or one.fix)


def explained(problem: Problem) -> Problem:
    """A problem found while reading, with what its rule says of why and how to mend it."""
    known = all_rules()[problem.rule]
    meant = MEANT.search(problem.what) if problem.rule == "flow" else None
    fix = problem.fix or (f"Write {meant[2]} instead of {meant[1]}." if meant else known.fix)
    return replace(problem, severity=known.severity, why=known.why, fix=fix)
