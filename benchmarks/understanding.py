"""How well ours and other methods find the question meant, side by side, as a Markdown table.

    python -m benchmarks.understanding FILE.jsonl [--seed 1]
    python -m benchmarks.understanding --held-out [--seed 1]

Same phrasings to learn from, same labelled messages (JSON lines with q, kind, topics, also_ok), each method's own
confidence. With --held-out a tenth of the phrasings is kept from every method and asked instead: sentences that no
vocabulary or threshold was worked on with, though only one intent counts as right where people would accept several.

Only matching is measured here: places, follow-ups, several questions in one message and asking back come after it in
the product, and benchmarks/robustness.py measures those too. Takes some minutes, most of it learning.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.common import (
    OURS,
    TALK,
    Labelled,
    about,
    content,
    known,
    quantile,
    read_labelled,
    table,
    taught_phrasings,
    timed,
)
from benchmarks.methods import Method, Ranked, methods
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.load import taught

REFUSED = 0.97  # the share of near and out of scope that a threshold has to keep out
KEPT_BACK = 0.03  # of the phrasings, with --held-out: some nine hundred
DRAWS = 1000
WARM_UP = 5
HEAD = (
    "method",
    "best right",
    "among three",
    "AUROC",
    "AUROC, against the rest",
    "right / wrong at 97 % refused",
    "the same, against the rest",
    "median ms",
    "p99 ms",
)


class Tried(NamedTuple):
    """What one method made of every message."""

    ranked: list[Ranked]
    ms: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?")
    what.add_argument("--held-out", action="store_true", help="ask phrasings that were kept back")
    parser.add_argument("--seed", type=int, default=1, help="order of messages, regressions and the margin of chance")
    options = parser.parse_args()
    if options.held_out:
        knowledge, messages = held_out(options.seed)
    else:
        knowledge, messages = known(), read_labelled(options.file)
    order = np.random.default_rng(options.seed).permutation(len(messages))
    messages = [messages[i] for i in order]
    rows = []
    for method in methods(knowledge, options.seed):
        print(f"measuring {method.name}", file=sys.stderr)
        rows.append(row(method.name, tried(method, messages), messages, options.seed))
    print(table(HEAD, rows) + "\n")
    print(described(knowledge, messages, options.seed))


def held_out(seed: int) -> tuple[Knowledge, list[Labelled]]:
    """The content without some of its phrasings, taught anew; and those phrasings with their one intent."""
    knowledge, chance, kept_back = content(), random.Random(seed), list[Labelled]()

    def without(key: str, phrasings: Sequence[str], kind: str) -> tuple[str, ...]:
        taken = {p for p in phrasings[1:] if chance.random() < KEPT_BACK}
        kept_back.extend(Labelled(p, kind, frozenset({key})) for p in phrasings if p in taken)
        return tuple(p for p in phrasings if p not in taken)

    entries = {
        key: replace(entry, phrasings=without(key, entry.phrasings, OURS)) for key, entry in knowledge.entries.items()
    }
    smalltalk = {
        key: replace(talk, phrasings=without(key, talk.phrasings, TALK if talk.kind == "smalltalk" else talk.kind))
        for key, talk in knowledge.smalltalk.items()
    }
    less = replace(knowledge, entries=entries, smalltalk=smalltalk)
    return replace(less, matcher=taught(less)), kept_back


def tried(method: Method, messages: Sequence[Labelled]) -> Tried:
    ranked = [method.rank(message.text) for message in messages]
    for message in messages[:WARM_UP]:
        method.answer(message.text)
    return Tried(ranked, [timed(method.answer, message.text) for message in messages])


def row(name: str, tried: Tried, messages: Sequence[Labelled], seed: int) -> list[str]:
    asked = [(r, m) for r, m in zip(tried.ranked, messages, strict=True) if m.kind == OURS]
    others = [r for r, m in zip(tried.ranked, messages, strict=True) if m.kind not in {OURS, TALK}]
    right = np.array([r.questions[0] in m.accepted for r, m in asked])
    three = np.array([bool(m.accepted.intersection(r.questions)) for r, m in asked])
    cells = [name, f"{right.mean():.1%} ± {100 * chance(right, seed):.1f}", f"{three.mean():.1%}"]
    confidences = [
        (np.array([r.score for r, _ in asked]), np.array([r.score for r in others])),
        (np.array([r.against for r, _ in asked]), np.array([r.against for r in others])),
    ]
    cells += [f"{auroc(inside, outside):.1%}" for inside, outside in confidences]
    cells += [at_refusal(inside, outside, right) for inside, outside in confidences]
    return [*cells, f"{statistics.median(tried.ms):.2f}", f"{quantile(tried.ms, 0.99):.2f}"]


def auroc(inside: npt.NDArray[np.float64], outside: npt.NDArray[np.float64]) -> float:
    """How often a message of ours is held surer than one that is not; even is half."""
    return float((inside[:, None] > outside).mean() + 0.5 * (inside[:, None] == outside).mean())


def at_refusal(inside: npt.NDArray[np.float64], outside: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> str:
    """Of our questions, the shares answered rightly and wrongly when the threshold refuses enough of the rest."""
    threshold = np.quantile(outside, REFUSED, method="higher")
    answered = inside > threshold
    return f"{(answered & right).mean():.1%} / {(answered & ~right).mean():.1%}"


def chance(right: npt.NDArray[np.bool_], seed: int) -> float:
    """Half the span in which the share would fall 95 times in 100 with other messages of the same people."""
    drawn = np.random.default_rng(seed).choice(right, (DRAWS, len(right))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(high - low) / 2


def described(knowledge: Knowledge, messages: Sequence[Labelled], seed: int) -> str:
    kinds = [message.kind for message in messages]
    counts = ", ".join(f"{kinds.count(kind)} {kind.replace('_', ' ')}" for kind in sorted(set(kinds)))
    phrasings = {_bare(s) for each in taught_phrasings(knowledge).values() for s in each}
    same = sum(m.kind == OURS and _bare(m.text) in phrasings for m in messages)
    return (
        f"{about(knowledge)} {len(messages)} messages: {counts}; "
        f"{same} in scope are word for word a phrasing. Seed {seed}."
    )


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


if __name__ == "__main__":
    main()
