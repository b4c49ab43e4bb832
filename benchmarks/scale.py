"""What ten times more content would cost: seconds to load, memory, and milliseconds to match, as a Markdown table.

    python -m benchmarks.scale [2000 20000 100000] [--seed 1]

The content is made up: our own phrasings again and again, each time with other, invented words for the subject, so
that intents, phrasings an intent, lengths and commonness of words stay as they are in real content. Every tenth
phrasing is kept back to be asked, every other one of those with a typo. Each size runs in a process of its own, which
is stopped after ten minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from time import perf_counter

from benchmarks.common import ROOT, about, content, quantile, table, taught_phrasings, timed
from benchmarks.noise import noisy
from bot.conversation.knowledge import Entry, Knowledge
from bot.load_knowledge.english import common_words
from bot.load_knowledge.load import taught
from bot.load_knowledge.memory import LearntFiles

SIZES = (2_000, 20_000, 100_000)
LIMIT = 600  # seconds
ASKED = 500
KEPT_BACK = 10  # every so many phrasings
EVERYDAY = 300  # the commonest English words, which stay the same whatever the subject
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
WORD = re.compile(r"[A-Za-z]{4,}")
HEAD = ("phrasings", "intents", "first start, s", "later start, s", "resident MB", "median ms", "p99 ms", "right")
Listed = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--seed", type=int, default=1, help="of the invented words and the typos")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)  # one size in this process, learnt files here
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(measured(options.sizes[0], options.seed, options.alone)))
        return
    print(table(HEAD, [row(size, options.seed) for size in options.sizes]) + "\n")
    print(f"{about(content())} Seed {options.seed}.")


def row(size: int, seed: int) -> list[str]:
    """The first start learns, the second finds it learnt: both are what an operator waits for."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{size} phrasings: first start", file=sys.stderr)
        first = _apart(size, seed, folder)
        print(f"{size} phrasings: later start", file=sys.stderr)
        later = _apart(size, seed, folder) if first else {}
    stopped = f"stopped at {LIMIT}"
    if not later:
        return [f"{size:,}", "", stopped, *[stopped] * (len(HEAD) - 3)]
    return [
        f"{size:,}",
        f"{later['intents']:,.0f}",
        f"{first['load']:.1f}",
        f"{later['load']:.1f}",
        f"{later['resident']:,.0f}",
        f"{later['median']:.2f}",
        f"{later['p99']:.2f}",
        f"{later['right']:.1%}",
    ]


def _apart(size: int, seed: int, folder: str) -> dict[str, float]:
    """`measured` in another process; empty if it was stopped."""
    command = [sys.executable, "-m", "benchmarks.scale", str(size), "--seed", str(seed), "--alone", folder]
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=LIMIT, check=True)
    except subprocess.TimeoutExpired:
        return {}
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(size: int, seed: int, folder: Path) -> dict[str, float]:
    known = content()
    listed, asked = made_up(known, size, seed)
    before = perf_counter()
    matcher = taught(_with(known, listed), LearntFiles(folder))
    load = perf_counter() - before
    resident = _resident()
    times = [timed(matcher.match, text) for text, _ in asked]
    right = [matcher.match(text).best == intent for text, intent in asked]
    return {
        "intents": len(listed),
        "load": load,
        "resident": resident,
        "median": statistics.median(times),
        "p99": quantile(times, 0.99),
        "right": statistics.mean(right),
    }


def _with(known: Knowledge, listed: Mapping[str, list[str]]) -> Knowledge:
    """The same places and vocabulary, but these phrasings."""
    entries = {key: Entry(key, said[0], tuple(said[1:]), "") for key, said in listed.items()}
    return replace(known, entries=entries, smalltalk={})


def made_up(known: Knowledge, size: int, seed: int) -> tuple[Listed, list[tuple[str, str]]]:
    """Intent -> `size` phrasings in all; and messages kept back, with their intents."""
    listed: Listed = {}
    kept_back: list[tuple[str, str]] = []
    source = phrasings_of_worlds(known, seed)
    for number in range(size):
        intent, phrasing = next(source)
        listed.setdefault(intent, []).append(phrasing)
        if number % KEPT_BACK == 0:
            intent, phrasing = next(source)
            kept_back.append((phrasing, intent))
    chosen = random.Random(seed).sample(kept_back, min(ASKED, len(kept_back)))
    return listed, [(noisy("one typo", t, seed) if i % 2 else t, intent) for i, (t, intent) in enumerate(chosen)]


def phrasings_of_worlds(known: Knowledge, seed: int) -> Iterator[tuple[str, str]]:
    """Our own phrasings, then those of one invented subject after another, without end."""
    everyday = set(islice(common_words(), EVERYDAY))
    real = [(intent, p) for intent, each in taught_phrasings(known).items() for p in each]
    yield from real
    for world in count(1):
        for intent, phrasing in real:
            yield f"{intent}_{world}", in_world(phrasing, world, seed, everyday)


def in_world(phrasing: str, world: int, seed: int, everyday: set[str]) -> str:
    """The phrasing with every word of the subject replaced; without one, the name of the subject is put behind."""

    def other(found: re.Match[str]) -> str:
        word = found[0].lower()
        return word if word in everyday else invented(f"{seed} {world} {word}")

    changed = WORD.sub(other, phrasing)
    return changed if changed.lower() != phrasing.lower() else f"{phrasing} {invented(f'{seed} {world}')}"


def invented(of: str) -> str:
    """A word nobody knows, always the same one for the same origin."""
    chance = random.Random(of)
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))


def _resident() -> float:
    """Megabytes in memory now; where /proc is missing, the most there ever were."""
    try:
        pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
        return pages * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
