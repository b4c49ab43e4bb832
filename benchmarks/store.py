"""How many updates a second a store keeps, and how long each waits, beside one commit each and no disk at all.

    python -m benchmarks.store | python -m benchmarks.publish store

All take the same turns from the same number of writers, in rounds one after the other, so that a busy machine
hurts all alike; ratios are what to look at. The PostgreSQL is one of its own on this machine: it shares the cores, and
no network lies between. A turn here is small: what the core needs comes on top for all of them.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet

import bot.store.writer
from benchmarks.common import machine
from bot.conversation.state import State
from bot.store import Key, Outcome, Parcel, Sealer, SqliteStore
from bot.store.postgres import PostgresStore
from tests.store.server import Server, postgres

WRITERS, UPDATES, ROUNDS = (1, 16, 64), 2000, 3
REPLY = Parcel({"html": "An answer of ordinary length. " * 20})


def turn(state: State) -> Outcome:
    return Outcome(state.but(lost=state.lost + 1, last="A short answer."), [REPLY])


class InMemory:
    """The floor: no disk, no sealing, nothing left after the process."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.states: dict[Key, State] = {}
        self.outbox: list[Parcel] = []

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        await asyncio.sleep(0)
        if update_id in self.seen:
            return None
        self.seen.add(update_id)
        outcome = decide(self.states.get(key, State()))
        self.states[key] = outcome.state
        self.outbox += outcome.parcels
        return outcome

    async def close(self) -> None: ...


async def measured(
    store: SqliteStore | PostgresStore | InMemory, writers: int, updates: int
) -> tuple[float, list[float]]:
    """Updates a second, and the seconds each waited."""
    waits: list[float] = []
    numbers = iter(range(updates))

    async def writer(person: int) -> None:
        for number in numbers:
            start = time.perf_counter()
            await store.apply(number, Key(person, person), turn)
            waits.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(writer(person) for person in range(1, writers + 1)))
    return updates / (time.perf_counter() - start), waits


async def one_round(writers: int, server: Server) -> dict[str, tuple[float, list[float]]]:
    results: dict[str, tuple[float, list[float]]] = {}
    with tempfile.TemporaryDirectory(dir=".") as folder:  # on the disk of this checkout, not in a memory file system
        largest = bot.store.writer.LARGEST_BATCH
        for name, batch in (("shared commits (ours)", largest), ("a commit for each update", 1)):
            bot.store.writer.LARGEST_BATCH = batch
            path = Path(folder) / f"{batch}.db"
            store = await SqliteStore(path, Sealer([Fernet.generate_key().decode()])).open()
            results[name] = await measured(store, writers, UPDATES)
            await store.close()
        bot.store.writer.LARGEST_BATCH = largest
    shared = await PostgresStore(server.fresh(), Sealer([Fernet.generate_key().decode()])).open()
    results["PostgreSQL"] = await measured(shared, writers, UPDATES)
    await shared.close()
    results["in memory"] = await measured(InMemory(), writers, UPDATES)
    return results


def main() -> None:
    print("| writers | store | updates a second | to one commit each | median ms | p99 ms |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    with postgres() as server:
        for writers in WRITERS:
            tell(writers, [asyncio.run(one_round(writers, server)) for _ in range(ROUNDS)])
    print(f"\n{UPDATES:,} updates a round, {ROUNDS} rounds. {machine()}")


def tell(writers: int, rounds: list[dict[str, tuple[float, list[float]]]]) -> None:
    base = statistics.median(one["a commit for each update"][0] for one in rounds)
    for name in rounds[0]:
        rate = statistics.median(one[name][0] for one in rounds)
        waits = sorted(wait for one in rounds for wait in one[name][1])
        median, p99 = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000
        print(f"| {writers} | {name} | {rate:,.0f} | {rate / base:.1f} | {median:.2f} | {p99:.2f} |")


if __name__ == "__main__":
    main()
