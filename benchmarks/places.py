"""Recognition of places: how right it is, how long a message takes, and what the index costs at start.

    python -m benchmarks.places

Sentences of `tests/understanding/places.yaml` were used to improve it; those of `places_unseen.yaml` were not.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.conversation.places import recognise
from bot.conversation.places.index import PlaceIndex
from bot.load_knowledge.load import read_content
from bot.operator.content_tests import fits, place_names

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 20
Groups = Mapping[str, Mapping[str, str]]


def main() -> None:
    tracemalloc.start()
    before = time.process_time()
    knowledge, _ = read_content(ROOT / "knowledge")
    spent, (held, _) = time.process_time() - before, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert knowledge is not None
    print(f"all content read in {spent:.2f} s of processor time (traced, so slower than real); {held / 1e6:.0f} MB")
    for name in ("tests/understanding/places.yaml", "benchmarks/places_unseen.yaml"):
        groups: Groups = yaml.load((ROOT / name).read_text("utf-8"), Loader=yaml.CBaseLoader)
        print(f"\n{name}")
        for group, listed in groups.items():
            right = sum(fits(wanted, place_names(said, knowledge), knowledge) for said, wanted in listed.items())
            print(f"| {group} | {len(listed)} | {right / len(listed):.1%} |")
        times = sorted(_took(said, knowledge.places) for listed in groups.values() for said in listed)
        print(f"a message: median {times[len(times) // 2]:.3f} ms, p99 {times[int(len(times) * 0.99)]:.3f} ms")


def _took(said: str, index: PlaceIndex) -> float:
    """Milliseconds for one message, the best of several."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        recognise(said, index)
        best = min(best, time.perf_counter() - start)
    return best * 1000


if __name__ == "__main__":
    main()
