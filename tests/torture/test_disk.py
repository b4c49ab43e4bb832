"""The disk is full under the real program, and has room again."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path

import pytest

from bot.preview import Preview
from tests.torture.life import Lives


@pytest.mark.torture
@pytest.mark.fault("F06")
async def test_on_a_full_disk_telegram_keeps_the_messages_and_all_are_answered_when_there_is_room(
    preview: Preview, tmp_path: Path
) -> None:
    lives = Lives(preview, tmp_path, size=100)
    process = await lives.start()
    await lives.begun(process)
    talking = asyncio.create_task(lives.talk(90.0))
    await asyncio.sleep(2)
    # No file of this process may be written beyond its first pages: for SQLite that is a disk without room. A limit at
    # the present end of its log would not do, since that is written over from its beginning after a checkpoint.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (65_536, resource.RLIM_INFINITY))
    async with asyncio.timeout(60):
        while "disk full" not in (lives.folder / "log").read_text():
            await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    waiting = len(preview.world.updates.pending)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    talking.cancel()
    assert waiting > 0, "nothing was confirmed that could not be kept"
    while preview.world.updates.pending or lives.waiting():
        await asyncio.sleep(0.1)
    process.terminate()
    assert await process.wait() == 0
    report = lives.report()
    assert report.exact, report
