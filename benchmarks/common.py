"""What the measuring programs share: the content as the product loads it, labelled messages, Markdown tables."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.load import read_content
from bot.load_knowledge.memory import LearntFiles

ROOT = Path(__file__).resolve().parent.parent
OURS, TALK = "in_scope", "chitchat"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and every intent that would be right for it."""

    text: str
    kind: str  # in_scope, near_scope, out_of_scope, chitchat
    accepted: frozenset[str]


def known() -> Knowledge:
    return load_knowledge(ROOT / "knowledge", LearntFiles(ROOT / "data" / "learnt"))


def content() -> Knowledge:
    """The content with its matcher still untaught, for teaching something else."""
    knowledge, problems = read_content(ROOT / "knowledge")
    if knowledge is None or problems:
        raise SystemExit("The content has problems: python run_bot.py check")
    return knowledge


def taught_phrasings(knowledge: Knowledge) -> dict[str, Sequence[str]]:
    """Intent -> the sentences it is taught with, exactly those that our own matcher learns from."""
    ours: dict[str, Sequence[str]]
    ours = {key: (entry.question, *entry.phrasings) for key, entry in knowledge.entries.items()}
    return ours | {key: talk.phrasings for key, talk in knowledge.smalltalk.items()}


def read_labelled(path: Path) -> list[Labelled]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Labelled(r["q"], r["kind"], frozenset((*r["topics"], *(r.get("also_ok") or ())))) for r in rows]


def timed(work: Callable[[str], object], message: str) -> float:
    """Milliseconds that `work` takes for one message."""
    start = perf_counter()
    work(message)
    return (perf_counter() - start) * 1000


def quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown, first column to the left and figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def about(knowledge: Knowledge) -> str:
    """The content and the machine that figures were measured with, in one line."""
    count = sum(map(len, taught_phrasings(knowledge).values()))
    intents = len(knowledge.entries) + len(knowledge.smalltalk)
    return f"Content {knowledge.version}: {intents} intents, {count:,} phrasings. {machine()}"


def machine() -> str:
    return f"Machine: {_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
