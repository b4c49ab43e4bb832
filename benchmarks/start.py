"""Seconds from nothing to the first answer, by what they go to, and memory with everything loaded.

    python -m benchmarks.start [--first] | python -m benchmarks.publish start

Each of three starts is a process of its own; the middle of each figure is shown. With `--first` nothing was learnt or
checked before. Processor seconds are what the program needs, wall seconds what somebody waited on this machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.common import ROOT, machine, table

STARTS = 3
PARTS = {
    "versions": "hash of the content",
    "library.read_yaml": "YAML",
    "read_areas": "pay table",
    "place_index": "names of places",
    "familiar_words": "the dictionary",
    "read_meanings": "meanings of words",
    "find": "checks of the content",
    "check_flows": "checks of the flows",
    "taught": "learning, or what was learnt",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", action="store_true", help="with an empty data folder each time")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(start(options.alone)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        if not options.first:
            _apart(kept / "learnt")  # the start that learns
        found = [_apart(kept / (f"empty{n}" if options.first else "learnt")) for n in range(STARTS)]
    middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
    rows = [[name, f"{seconds:.2f}"] for name, seconds in middle.items() if name not in ("wall", "resident")]
    print(table(("part", "processor seconds"), rows))
    print(f"\nWaited {middle['wall']:.2f} s; {middle['resident']:.0f} MB resident after the first answer. {machine()}")


def _apart(learnt: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.start", "--alone", str(learnt)], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def start(learnt: Path) -> dict[str, float]:
    """One start in this process."""
    found: dict[str, float] = {}
    begun = perf_counter()
    before = process_time()
    gc.disable()  # as the program does until it runs
    import bot.handlers.launch
    import bot.load_knowledge.library as library
    import bot.load_knowledge.load as load
    from bot.conversation.events import Said
    from bot.conversation.respond import respond
    from bot.conversation.state import State
    from bot.load_knowledge.memory import LearntFiles

    assert bot.handlers.launch
    found["Python and libraries"] = process_time()
    found |= dict.fromkeys(PARTS.values(), 0.0)
    for name, shown in PARTS.items():
        module = library if name.startswith("library.") else load
        name = name.removeprefix("library.")
        setattr(module, name, _timed(getattr(module, name), shown, found))
    before = process_time()
    knowledge = load.load_knowledge(ROOT / "knowledge", LearntFiles(learnt))
    listed = sum(found[shown] for shown in PARTS.values())
    found["the rest of loading"] = process_time() - before - listed
    gc.freeze()
    gc.enable()
    before = process_time()
    respond(State(), Said("how much does the exam cost", dt.date.today()), knowledge)
    found["first answer"] = process_time() - before
    found["all"] = process_time()
    return found | {"wall": perf_counter() - begun, "resident": resident()}


def _timed(work: Callable[..., Any], name: str, into: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        before = process_time()
        try:
            return work(*given, **named)
        finally:
            into[name] += process_time() - before

    return timed


def resident() -> float:
    """Megabytes of this process in memory, mapped files that were touched included."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
