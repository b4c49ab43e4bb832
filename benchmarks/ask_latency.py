"""How long an answer takes beside naive `rapidfuzz.process.extractOne(WRatio)` over the same phrasings.

    python -m benchmarks.ask_latency [messages.jsonl]

Both see the same messages in the same run, taken turn by turn so that a busy machine hurts both alike. Ours includes
everything inside `respond`: repair, ranking, decision and the filled-in answer. The naive one only picks a phrasing.
Without a file the sentences of tests/understanding are used.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.conversation.events import Said
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.memory import LearntFiles

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def messages() -> list[str]:
    if len(sys.argv) > 1:
        return [json.loads(line)["q"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    from tests.test_understanding import SENTENCES

    return [sentence for listed in SENTENCES.values() for sentence in listed]


def timed(work: Callable[[str], object], message: str) -> float:
    start = time.perf_counter()
    work(message)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    start = time.perf_counter()
    knowledge = load_knowledge(ROOT / "knowledge", LearntFiles(ROOT / "data" / "learnt"))
    loaded = time.perf_counter() - start
    phrasings = [p for entry in knowledge.entries.values() for p in entry.phrasings]
    phrasings += [p for talk in knowledge.smalltalk.values() for p in talk.phrasings]
    today = dt.date.today()
    asked = messages()
    ours: list[float] = []
    naive: list[float] = []
    for _ in range(ROUNDS):
        for message in asked:
            ours.append(timed(lambda m: respond(State(), Said(m, today), knowledge), message))
            naive.append(timed(lambda m: process.extractOne(m, phrasings, scorer=fuzz.WRatio), message))
    print(f"{len(phrasings)} phrasings, {len(asked)} messages x {ROUNDS}; content loaded in {loaded:.2f} s")
    for name, times in (("respond (whole answer)", ours), ("extractOne(WRatio)", naive)):
        times.sort()
        print(f"{name:24} median {statistics.median(times):6.2f} ms   p99 {times[int(len(times) * 0.99)]:6.2f} ms")
    print(f"ratio of medians, naive / ours: {statistics.median(naive) / statistics.median(ours):.1f}")


if __name__ == "__main__":
    main()
