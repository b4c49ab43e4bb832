"""kill -9 of the real program at random moments, over real HTTP, and what people then find."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from bot.preview import Preview, start_preview
from tests.torture.broken import VARIANTS
from tests.torture.life import Lives

LIVES = int(os.environ.get("TORTURE_LIVES", "200"))


@pytest.mark.torture
@pytest.mark.fault("F01")
@pytest.mark.fault("F02")
@pytest.mark.fault("F03")
async def test_two_hundred_killed_lives_lose_nothing_and_repeat_almost_nothing(
    preview: Preview, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    other = await start_preview(port=0)
    both = [Lives(world, tmp_path / str(seed), seed=seed) for seed, world in enumerate((preview, other))]
    await asyncio.gather(*(lives.kill_many(LIVES // 2) for lives in both))
    stops = [await lives.last_life() for lives in both]
    reports = [lives.report() for lives in both]
    await other.close()
    with capsys.disabled():
        print(f"\n{LIVES} lives, {time.monotonic() - start:.0f} s; {reports[0]}; {reports[1]}; stop {max(stops):.1f} s")
    assert all(report.exact for report in reports), reports
    assert max(stops) < 10


@pytest.mark.torture
@pytest.mark.fault("F13")
@pytest.mark.parametrize("variant", sorted(VARIANTS))
async def test_a_broken_program_is_noticed(preview: Preview, tmp_path: Path, variant: str) -> None:
    lives = Lives(preview, tmp_path, variant=variant)
    await lives.kill_many(12)
    await lives.last_life(patience=40)
    assert not lives.report().exact


@pytest.mark.torture
@pytest.mark.fault("F09")
async def test_asked_to_stop_under_load_it_stops_in_time_and_loses_nothing(preview: Preview, tmp_path: Path) -> None:
    lives = Lives(preview, tmp_path, size=100)
    talking = asyncio.create_task(lives.talk(40.0))
    for _ in range(5):
        process = await lives.start()
        await lives.begun(process)
        await asyncio.sleep(0.5)
        process.terminate()
        start = time.monotonic()
        assert await process.wait() == 0
        assert time.monotonic() - start < 10
    talking.cancel()
    await lives.last_life()
    report = lives.report()
    assert not report.unanswered, report
    assert not report.wrong_turns, report
