"""What more of everything costs: conversations kept, chats at once, questions known. A table each, and a picture.

    python -m benchmarks.growth --picture docs/growth.png

Every size runs in a process of its own. *kept*: a database with so many conversations; then one update after the other
through the real store, `synchronous=FULL`, each waiting for the disk. *chats*: so many people write at the same moment;
each update is answered by the real core in the real store. *entries*: made-up questions of ten phrasings each.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import perf_counter

from benchmarks.common import ROOT, content, known, machine, quantile, table, timed
from benchmarks.scale import in_world
from benchmarks.start import resident
from bot.conversation.events import Said
from bot.conversation.knowledge import Entry, Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.load_knowledge.english import common_words
from bot.load_knowledge.load import taught
from bot.load_knowledge.memory import LearntFiles
from bot.store import Key, Outcome, Parcel, Sealer, SqliteStore

KEY = "dGhpcyBpcyBhIHRlc3Qga2V5LCBub3QgYSBzZWNyZXQ="
TODAY = dt.date(2026, 11, 23)
PHRASINGS, EVERYDAY, ASKED = 10, 300, 300
LIMIT = 3600  # seconds
Found = dict[str, float]
SIZES = {"kept": (1_000, 10_000, 100_000), "chats": (1, 100, 10_000), "entries": (200, 2_000, 20_000)}
HEADS = {
    "kept": ("conversations kept", "update ms, median", "p99 ms", "file MB", "process MB"),
    "chats": ("chats at once", "updates a second", "median ms", "p99 ms", "process MB"),
    "entries": ("questions", "first start s", "later start s", "respond ms, median", "p99 ms", "process MB"),
}
SHOWN = {
    "kept": ("median", "p99", "file", "resident"),
    "chats": ("rate", "median", "p99", "resident"),
    "entries": ("first", "later", "median", "p99", "resident"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="*", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--alone", nargs=3, metavar=("PART", "SIZE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        part, size, folder = options.alone
        print(json.dumps(MEASURES[part](int(size), Path(folder))))
        return
    found = {part: {size: apart(part, size) for size in SIZES[part]} for part in options.parts}
    print("\n\n".join(table(HEADS[part], rows(part, found[part])) for part in found))
    print(f"\n{machine()} Other work took a good part of both cores meanwhile.")
    if options.picture:
        draw(found, options.picture)


def rows(part: str, sizes: dict[int, Found]) -> list[list[str]]:
    def figure(value: float) -> str:
        return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"

    return [[f"{size:,}", *(figure(found[name]) for name in SHOWN[part])] for size, found in sizes.items()]


def apart(part: str, size: int) -> Found:
    """One measure in a process of its own; where learning is measured, a second process finds it learnt."""
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        line = [sys.executable, "-m", "benchmarks.growth", "--alone", part, str(size), folder]
        found: Found = {}
        for name in ("first", "later") if part == "entries" else ("",):
            done = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=LIMIT)
            again: Found = json.loads(done.stdout)
            found |= again | ({name: again["load"]} if name else {})
    print(part, size, found, file=sys.stderr)
    return found


def kept(size: int, folder: Path) -> Found:
    return asyncio.run(_kept(size, folder))


async def _kept(size: int, folder: Path) -> Found:
    store = await SqliteStore(folder / "advisor.db", Sealer([KEY])).open()
    reply = Parcel({"html": "An answer of ordinary length. " * 20})

    def decide(state: State) -> Outcome:
        return Outcome(state.but(lost=state.lost + 1, last="An answer of ordinary length. " * 20), [reply])

    async def turn(number: int, person: int) -> float:
        before = perf_counter()
        await store.apply(number, Key(person, person), decide)
        took = perf_counter() - before
        await store.sent(number)
        return took * 1000

    for first in range(1, size + 1, 100):
        await asyncio.gather(*(turn(number, number) for number in range(first, min(first + 100, size + 1))))
    waits = [await turn(size + 1 + n, 1 + n * 7919 % size) for n in range(ASKED)]
    files = sum(file.stat().st_size for file in folder.glob("advisor.db*"))
    await store.close()
    return _of(waits) | {"file": files / 1e6}


def chats(size: int, folder: Path) -> Found:
    return asyncio.run(_chats(size, folder))


async def _chats(size: int, folder: Path) -> Found:
    from tests.test_understanding import SENTENCES

    store = await SqliteStore(folder / "advisor.db", Sealer([KEY])).open()
    knowledge, said = known(), [sentence for listed in SENTENCES.values() for sentence in listed]

    async def turn(number: int) -> float:
        def decide(state: State) -> Outcome:
            found = respond(state, Said(said[number % len(said)], TODAY), knowledge)
            return Outcome(found.state, [Parcel({"html": reply.text}) for reply in found.replies])

        before = perf_counter()
        await store.apply(number, Key(1 + number, 1 + number), decide)
        return (perf_counter() - before) * 1000

    rounds = max(1, 500 // size)
    await asyncio.gather(*(turn(-1 - n) for n in range(200)))
    before = perf_counter()
    waits = [wait for n in range(rounds) for wait in await asyncio.gather(*map(turn, range(n * size, (n + 1) * size)))]
    took = perf_counter() - before
    await store.close()
    return _of(waits) | {"rate": len(waits) / took}


def entries(size: int, folder: Path) -> Found:
    """The content's own phrasings with invented words for the subject, ten to a question."""
    knowledge = content()
    listed = made_up(knowledge, size)
    before = perf_counter()
    known = {key: Entry(key, said[0], tuple(said[1:]), "It depends.") for key, said in listed.items()}
    bare = replace(knowledge, entries=known, smalltalk={}, flows={})
    ready = replace(bare, matcher=taught(bare, LearntFiles(folder)))
    load = perf_counter() - before
    asked = [said[0] for said in islice(listed.values(), 0, None, max(1, size // ASKED))]
    for text in asked[:50]:
        ready.matcher.match(text)
    return _of([timed(ready.matcher.match, text) for text in asked]) | {"load": load}


def made_up(knowledge: Knowledge, size: int) -> dict[str, list[str]]:
    everyday = set(islice(common_words(), EVERYDAY))
    own = list(knowledge.entries.values())
    return {
        f"q{number}": [
            in_world(said, number // len(own), 1, everyday) for said in own[number % len(own)].phrasings[:PHRASINGS]
        ]
        for number in range(size)
    }


def _of(waits: Sequence[float]) -> Found:
    return {"median": statistics.median(waits), "p99": quantile(waits, 0.99), "resident": resident()}


MEASURES: dict[str, Callable[[int, Path], Found]] = {"kept": kept, "chats": chats, "entries": entries}
AXES = {"kept": "conversations kept", "chats": "chats at once", "entries": "questions known"}


def draw(found: dict[str, dict[int, Found]], path: Path) -> None:
    """Milliseconds (blue, left) and megabytes (grey, right) against size, both axes by powers of ten."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.4), layout="constrained")
    for axis, (part, sizes) in zip(figure.subplots(1, len(found), squeeze=False)[0], found.items(), strict=True):
        other = axis.twinx()
        for name, style in (("median", "-"), ("p99", "--")):
            axis.loglog(list(sizes), [one[name] for one in sizes.values()], f"C0o{style}", label=f"{name} ms")
        other.loglog(list(sizes), [one["resident"] for one in sizes.values()], "o:", color="grey")
        axis.set(xlabel=AXES[part], ylabel="ms (line: median, dashes: p99)")
        axis.set_xticks(list(sizes), [f"{size:,}" for size in sizes])
        axis.minorticks_off()
        other.set_ylabel("process MB (dots)", color="grey")
        other.set_ylim(10, 3000)
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
