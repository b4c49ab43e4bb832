"""The power goes at any moment: what was acknowledged is there, and the file is sound."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from bot.store import Key, Sealer
from tests.handlers.conftest import KEY
from tests.store.conformance import counting
from tests.torture.power import ApswDatabase, Write, image, store_over

COMMITS, CUTS, FEW_CUTS = 300, 120, 40


async def outcomes(folder: Path, synchronous: str, cuts: int) -> tuple[Counter[str], int]:
    """States of three crash images for each cut, and the most acknowledged commits that any of them lost."""
    chance, log, acknowledged = random.Random(5), list[Write](), list[int]()
    db = ApswDatabase(folder / "advisor.db", log, synchronous)
    store = store_over(db, Sealer([KEY]))
    begun = len(log)
    for number in range(COMMITS):
        person = chance.randrange(1, 40)
        await store.apply(number, Key(person, person), counting("x" * chance.randrange(10, 900)))
        acknowledged.append(len(log))
    db.connection.close()
    states: Counter[str] = Counter()
    most = 0
    for _ in range(cuts):
        cut = chance.randrange(acknowledged[0], len(log))
        wanted = {number for number, at in enumerate(acknowledged) if at <= cut}
        for keep in ("none", "some", "all"):
            state, lost = looked_at(log, cut, keep, chance, folder / "image", wanted)
            states[state] += 1
            most = max(most, lost)
    assert begun < acknowledged[0]
    return states, most


def looked_at(
    log: list[Write], cut: int, keep: str, chance: random.Random, folder: Path, wanted: set[int]
) -> tuple[str, int]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    image(log, cut, keep, chance, folder)
    db = sqlite3.connect(folder / "advisor.db")
    try:
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return "corrupt", 0
        seen = {row[0] for row in db.execute("SELECT update_id FROM updates_seen")}
        turns = db.execute("SELECT coalesce(sum(version), 0) FROM conversations").fetchone()[0]
        waiting = db.execute("SELECT count(*) FROM outbox").fetchone()[0]
        return ("whole" if turns == waiting == len(seen) else "torn"), len(wanted - seen)
    except sqlite3.DatabaseError:
        return "corrupt", 0
    finally:
        db.close()


@pytest.mark.torture
@pytest.mark.fault("F05")
async def test_of_360_power_losses_none_loses_an_acknowledged_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    states, lost = await outcomes(tmp_path, "FULL", CUTS)
    with capsys.disabled():
        print(f"\nFULL: {dict(states)}, acknowledged commits lost: {lost}")
    assert states == {"whole": 3 * CUTS}
    assert lost == 0


@pytest.mark.torture
@pytest.mark.fault("F05")
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
async def test_less_careful_settings_are_noticed(
    tmp_path: Path, synchronous: str, capsys: pytest.CaptureFixture[str]
) -> None:
    states, lost = await outcomes(tmp_path, synchronous, FEW_CUTS)
    with capsys.disabled():
        print(f"\n{synchronous}: {dict(states)}, acknowledged commits lost: {lost}")
    assert lost > 0 or states["corrupt"] > 0
