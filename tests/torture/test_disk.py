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
    wal = lives.database.with_name("advisor.db-wal")
    full = wal.stat().st_size + 4096
    # No file of this process may grow any further: for SQLite that is a disk without room.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
    # The log may be written over from its beginning before it has to grow, so this can take some messages.
    async with asyncio.timeout(80):
        while "disk full" not in (lives.folder / "log").read_text():
            await asyncio.sleep(0.1)
    # Its beginning has room again after a checkpoint; now there is none there either.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
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
