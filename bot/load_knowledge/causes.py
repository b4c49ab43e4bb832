"""Problems that only follow from another one are not told: an author would mend what is whole, or by bad advice.

A file that is no YAML loses all its entries, and an entry that is built wrongly is lost too. Everything that names them
then seems to name nothing, and the nearest name that is left is never the one that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.problems import Problem
from bot.load_knowledge.shapes import EMPTY
from bot.load_knowledge.yaml_lines import Document

CAREER = "/career.yaml"  # says where the other files are
NO_FILE = frozenset({"yaml", "unreadable"})
OF_ONE_FILE = NO_FILE | {"shape", "twice"}
OF_WHAT_IS_USED = frozenset({"unused-fact", "unused-part", "unused-source"})
OF_THE_TABLES = frozenset({"template", "flow", "telegram-limit", "not-the-table"})
QUOTED = re.compile(r"'([^']+)'")


def causes(
    problems: Iterable[Problem], documents: Mapping[str, Document], knowledge: Knowledge | None
) -> list[Problem]:
    """Without those that go once the others are mended. `documents` are all files that were read, by name."""
    found = sorted(set(problems))
    unread = {problem.file for problem in found if problem.rule in NO_FILE or _is_empty(problem)}
    if any(file.endswith(CAREER) for file in unread):
        return [problem for problem in found if problem.file.endswith(CAREER)]
    if unread:
        return [one for one in found if one.rule in OF_ONE_FILE and not _an_empty_folder_by_that(one, unread)]
    if any(problem.rule == "twice" for problem in found):  # what the other one of the two uses is not seen
        found = [problem for problem in found if problem.rule not in OF_WHAT_IS_USED]
    lost = set(_lost(documents, knowledge)) if knowledge else set()
    lost |= {QUOTED.findall(problem.what)[0] for problem in found if problem.rule == "twice"}
    nowhere = {QUOTED.findall(problem.what)[0] for problem in found if problem.rule == "unknown-name"}
    found = [one for one in found if not (one.rule in OF_THE_TABLES and one.what.endswith(tuple(map(repr, nowhere))))]
    tables = any(problem.file.endswith(".csv") for problem in found)
    return [one for one in found if not _follows(one, lost) and not (tables and one.rule in OF_THE_TABLES)]


def _is_empty(problem: Problem) -> bool:
    return problem.rule == "shape" and problem.what == EMPTY


def _an_empty_folder_by_that(problem: Problem, unread: Collection[str]) -> bool:
    """Whether it is about a folder whose files could not be read."""
    return any(file.startswith(f"{problem.file}/") for file in unread)


def _lost(documents: Mapping[str, Document], knowledge: Knowledge) -> Iterator[str]:
    """Names of what stands in a file and could not be used."""
    whole = {*knowledge.entries, *knowledge.drafts, *knowledge.smalltalk, *knowledge.facts, *knowledge.sources}
    for name, document in documents.items():
        folder, _, file = name.rpartition("/")
        if folder == "flows" and (flow := file.removesuffix(".yaml")) not in knowledge.flows:
            yield f"{FLOW_NAMED}{flow}"
        elif folder in ("faq", "facts") or name in ("smalltalk.yaml", "sources.yaml"):
            yield from (document.data if isinstance(document.data, dict) else {}).keys() - whole


def _follows(problem: Problem, lost: Collection[str]) -> bool:
    if not lost or problem.rule in OF_ONE_FILE:
        return False
    if problem.rule in OF_WHAT_IS_USED:
        return True
    return any(name == gone or name.startswith(f"{gone}.") for name in QUOTED.findall(problem.what) for gone in lost)
