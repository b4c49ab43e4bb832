"""Ten thousand people at once, and one of them floods."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from prometheus_client import Metric

from bot.conversation.knowledge import Knowledge
from bot.handlers.pacing import Patience, Rates
from bot.handlers.service import Manner
from bot.load_knowledge import load_knowledge
from bot.preview import Preview
from tests.handlers.conftest import running
from tests.torture.life import FIRST, crowd, replies, write_to
from tests.torture.small_knowledge import small_knowledge

PEOPLE, FLOOD = 10_000, 2_000
RATES = Rates(overall=(1e6, 1e6), chat=(1e6, 1e6))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_knowledge(small_knowledge(tmp_path_factory.mktemp("small") / "knowledge"))


async def answers(
    preview: Preview, knowledge: Knowledge, folder: Path, people: int
) -> tuple[list[int], int, float, float]:
    """Replies to each of the quiet people, replies to the one who floods, seconds in all, p99 of the quiet people."""
    world = preview.world
    everybody = crowd(world, people + 1)
    loud, quiet = everybody[0], everybody[1:]
    async with running(preview, knowledge, folder / "advisor.db", Manner(rates=RATES)) as service:
        start, number = time.monotonic(), 0
        for at in range(0, people, 100):
            for person in quiet[at : at + 100]:
                number += 1
                write_to(world, person, f"/m{person - FIRST}")
            for _ in range(FLOOD * 100 // people):
                write_to(world, loud, "/m0")
            while len(world.updates.pending) > 200:
                await asyncio.sleep(0.005)
        while world.updates.pending or service.sender.waiting or await service.turns.store.pending(0, 1):
            await asyncio.sleep(0.02)
        took = time.monotonic() - start
        p99 = quantile(list(service.metrics.turn.collect()), 0.99)
    return (
        [replies(world, person).count(person - FIRST) for person in quiet],
        len(world.chats[loud].messages),
        took,
        p99,
    )


def quantile(families: list[Metric], share: float) -> float:
    """The upper bound of the histogram's bucket that holds this share."""
    (family,) = families
    buckets = [(float(s.labels["le"]), s.value) for s in family.samples if s.name.endswith("_bucket")]
    return next(bound for bound, count in buckets if count >= share * buckets[-1][1])


@pytest.mark.torture
@pytest.mark.fault("F45")
async def test_ten_thousand_people_each_get_one_answer_while_one_floods(
    preview: Preview, small: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet, loud, took, p99 = await answers(preview, small, tmp_path, PEOPLE)
    with capsys.disabled():
        print(f"\n{PEOPLE} people in {took:.0f} s, p99 of a turn up to {p99 * 1000:.0f} ms, the flood got {loud}")
    assert quiet == [1] * PEOPLE
    assert loud < 25 + took * 1.1


@pytest.mark.torture
@pytest.mark.fault("F45")
async def test_without_patience_the_flood_is_noticed(
    preview: Preview, small: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "hears", lambda self, person, at: "hear")
    _, loud, took, _ = await answers(preview, small, tmp_path, 1000)
    assert loud > 25 + took * 1.1
