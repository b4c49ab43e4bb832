"""The store in SQLite: everything any store must do, and what a file can suffer."""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.state import State
from bot.store import Key, Outcome, Parcel, Question, Sealer, SqliteStore, StoreError
from bot.store.backup import backup
from bot.store.schema import STEPS, TABLES, migrations, open_database
from tests.handlers.conftest import KEY
from tests.store.conformance import ALEX, SAM, Conformance, counting, hammered, texts, turns_of
from tests.store.talks import ADVISER, TalksConformance, passing
from tests.store.wishes import WishesConformance

SEALER = Sealer([KEY])


class TestSqlite(Conformance, WishesConformance, TalksConformance):
    """The whole conformance suite."""


class Forgetful(SqliteStore):
    """Broken on purpose: recalls in one transaction and keeps in another, as a store without a lock would."""

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        state, _ = await self._writer.run(lambda db: self._conversations.recall(db, key))
        outcome = decide(state)

        def keep(db: Any) -> Outcome | None:
            _, version = self._conversations.recall(db, key)
            self._conversations.remember(db, key, outcome.state, version)
            self._outbox.queue(db, key, outcome.parcels)
            return outcome

        return await self._writer.run(keep)


@pytest.mark.fault("F13")
async def test_the_hammer_notices_a_store_without_lock_and_dedup(database: Path) -> None:
    store = await Forgetful(database, SEALER).open()
    assert len(await hammered(store)) == 20
    await store.close()


@pytest.mark.fault("F04")
async def test_a_crash_inside_a_transaction_leaves_nothing_of_it(database: Path, tmp_path: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await store.apply(1, ALEX, counting())
    image = tmp_path / "image"
    image.mkdir()

    def crash_now(state: State) -> Outcome:
        for file in database.parent.glob("advisor.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, image / file.name)
        return counting()(state)

    await store.apply(2, ALEX, crash_now)
    await store.close()
    again = await SqliteStore(image / "advisor.db", SEALER).open()
    assert await turns_of(again, ALEX) == 1
    assert await again.apply(1, ALEX, counting()) is None
    assert await again.apply(2, ALEX, counting()) is not None
    await again.close()


@pytest.mark.fault("F06")
async def test_a_full_disk_takes_nothing_by_halves_and_goes_on_when_there_is_room(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await store.apply(1, ALEX, counting())
    before = await store.counts()
    pages = await store._writer.run(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store._writer.run_alone(lambda db: db.execute(f"PRAGMA max_page_count={pages}").fetchall())
    big = [store.apply(n, Key(n, n), counting("x" * 20_000)) for n in range(2, 6)]
    results = await asyncio.gather(*big, return_exceptions=True)
    assert all(isinstance(result, StoreError) for result in results)
    assert "disk full" in str(results[0])
    assert await store.counts() == before
    assert await turns_of(store, ALEX) == 1, "reading still works"
    await store._writer.run_alone(lambda db: db.execute("PRAGMA max_page_count=1000000").fetchall())
    assert await store.apply(2, SAM, counting("x" * 20_000)) is not None
    await store.close()


async def test_a_turn_that_fails_takes_no_salt_along_that_another_line_is_known_by(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    asked = Question("how long", "2027-01-15", "answered", "length", 0.9)
    go_on = threading.Event()

    def wait(state: State) -> Outcome:
        go_on.wait()
        return Outcome(state)

    def fail(state: State) -> Outcome:
        raise ValueError

    turns = [(1, wait), (2, counting(question=asked)), (3, fail), (4, counting(question=asked))]
    tasks = [asyncio.create_task(store.apply(number, ALEX, decide)) for number, decide in turns]
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    await store.close()
    again = await SqliteStore(database, SEALER).open()
    assert len((await again.held(ALEX.person)).questions) == 2
    await again.close()


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096 + 8, len(data), 4096):
        data[at : at + 40] = bytes(b ^ 0xA5 for b in data[at : at + 40])
    path.write_bytes(data)


def another_file(path: Path) -> None:
    path.write_bytes(b"this is not a database, whatever its name says" * 200)


@pytest.mark.fault("F07")
@pytest.mark.parametrize("damage", [truncated, emptied, flipped, another_file])
async def test_a_damaged_file_is_refused_with_what_to_do_and_left_as_it_is(
    database: Path, damage: Callable[[Path], None]
) -> None:
    store = await SqliteStore(database, SEALER).open()
    for n in range(50):
        await store.apply(n, Key(n, n), counting("x" * 500))
    await store.close()
    backup(database, database.parent / "backup-monday.db")
    damage(database)
    damaged = database.read_bytes()
    with pytest.raises(StoreError, match=r"Restore a backup.*backup-monday\.db"):
        await SqliteStore(database, SEALER).open()
    assert database.read_bytes() == damaged


def start_up(path: str, sealed_with: str, ready: Any, told: Any) -> None:
    try:
        ready.wait()
        open_database(Path(path), Sealer([sealed_with])).close()
        told.put("ok")
    except BaseException as error:
        told.put(repr(error))


@pytest.mark.fault("F08")
def test_six_processes_that_start_at_once_all_get_the_same_tables(database: Path) -> None:
    context = multiprocessing.get_context("fork")
    for attempt in range(2):
        path = database.with_name(f"{attempt}.db")
        ready, told = context.Barrier(6), context.SimpleQueue()
        starters = [context.Process(target=start_up, args=(str(path), KEY, ready, told)) for _ in range(6)]
        for starter in starters:
            starter.start()
        assert [told.get() for _ in starters] == ["ok"] * 6
        for starter in starters:
            starter.join()
        db = open_database(path, SEALER)
        assert [row.name for row in migrations(SEALER).applied(db)] == sorted(STEPS)
        db.close()


@pytest.mark.fault("F08")
def test_a_migration_that_was_interrupted_is_done_as_a_whole_at_the_next_start(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(__import__("bot.store.schema").store.schema.INDEXES, "dead_letters", ("no_such_column",))
        with pytest.raises(StoreError):
            open_database(database, SEALER)
    db = open_database(database, SEALER)
    assert "outbox" in db.table_names()
    db.close()


@pytest.mark.fault("F10")
async def test_a_database_of_a_newer_version_is_refused_with_what_to_do(database: Path) -> None:
    open_database(database, SEALER).close()
    with sqlite3.connect(database) as other:
        other.execute("INSERT INTO _sqlite_migrations VALUES (NULL, 'advisor', 'm099_from_next_year', '2027-01-01')")
    other.close()
    with pytest.raises(StoreError, match=r"newer version.*m099_from_next_year"):
        await SqliteStore(database, SEALER).open()


@pytest.mark.fault("F11")
def test_an_sqlite_that_needs_care_is_named_in_the_log(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with caplog.at_level(logging.DEBUG):
        open_database(database, SEALER).close()
    assert "with one" in caplog.text


async def test_commits_reach_the_disk_before_they_are_told(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    found = await store._writer.run(lambda db: {p: db.execute(f"PRAGMA {p}").fetchone()[0] for p in PRAGMAS})
    assert found == PRAGMAS
    await store.close()


PRAGMAS: dict[str, object] = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "cell_size_check": 1}


@pytest.mark.fault("F51")
async def test_a_backup_taken_under_load_is_whole_and_can_be_restored(database: Path, tmp_path: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await asyncio.gather(*(store.apply(n, Key(n % 9, n % 9), counting()) for n in range(300)))
    writing = [asyncio.create_task(store.apply(n, Key(n % 9, n % 9), counting())) for n in range(300, 900)]
    await asyncio.to_thread(backup, database, tmp_path / "copy.db")
    await asyncio.gather(*writing)
    await store.close()

    # As docs/operating.md tells it: the log files of the old database go, the copy takes its place.
    for left in database.parent.glob("advisor.db-*"):
        left.unlink()
    shutil.copy(tmp_path / "copy.db", database)
    restored = await SqliteStore(database, SEALER).open()
    counts = await restored.counts()
    assert counts["updates_seen"] == counts["outbox"] >= 300
    assert sum([await turns_of(restored, Key(n, n)) for n in range(9)]) == counts["updates_seen"]
    again = await asyncio.gather(*(restored.apply(n, Key(n % 9, n % 9), counting()) for n in range(900)))
    assert sum(outcome is not None for outcome in again) == 900 - counts["updates_seen"]
    await restored.close()


@pytest.mark.fault("F51")
async def test_a_plain_copy_of_the_file_alone_is_behind(database: Path, tmp_path: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await asyncio.gather(*(store.apply(n, ALEX, counting()) for n in range(20)))
    shutil.copy(database, tmp_path / "plain.db")
    backup(database, tmp_path / "whole.db")
    await store.close()
    counts = []
    for name in ("plain.db", "whole.db"):
        copy = await SqliteStore(tmp_path / name, SEALER).open()
        counts.append((await copy.counts())["outbox"])
        await copy.close()
    assert counts == [0, 20]


def test_a_backup_is_not_written_over_and_says_where_it_looked(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATA_DIR"):
        backup(database, tmp_path / "copy.db")
    open_database(database, SEALER).close()
    backup(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    with pytest.raises(StoreError, match="exists already"):
        backup(database, tmp_path / "copy.db")


async def test_nothing_a_person_said_or_was_told_can_be_read_in_the_files(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    asked = Question("canary question", "2026-11-24", "answered", "pay", 0.9)
    await store.apply(1, ALEX, counting("canary reply", question=asked))
    (waiting,) = await store.pending(0, 1)
    await store.undeliverable(waiting.number, "refused")
    bytes_now = b"".join(file.read_bytes() for file in database.parent.glob("advisor.db*"))
    assert SEALER.seal("")[:20].encode() in bytes_now, "rows that this sealer sealed are in there"
    assert b"canary" not in bytes_now
    await store.close()


async def test_the_file_does_not_tell_whose_message_an_adviser_got(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await store.apply(1, Key(123454321, 123454321), passing("c0de"))
    (waiting,) = await store.pending(0, 1)
    await store.sent(waiting.number)
    row = await store._writer.run(lambda db: db.execute("SELECT * FROM talks").fetchone())
    assert row[0] == "c0de"
    assert "123454321" not in str(row)
    assert waiting.chat == ADVISER.chat
    await store.close()


@pytest.mark.fault("F48")
async def test_what_was_forgotten_is_in_no_free_page_and_not_in_the_log(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    for n in range(30):
        await store.apply(n, ALEX, counting("x" * 3000))
    rows = await store._writer.run(
        lambda db: db.execute("SELECT sealed FROM outbox UNION SELECT sealed FROM conversations").fetchall()
    )
    pieces = [sealed[at : at + 60].encode() for (sealed,) in rows for at in (100, len(sealed) // 2)]
    before = b"".join(file.read_bytes() for file in database.parent.glob("advisor.db*"))
    assert all(piece in before for piece in pieces)
    await store.forget(100, ALEX, lambda gone: [Parcel({"html": "done"})])
    after = b"".join(file.read_bytes() for file in database.parent.glob("advisor.db*"))
    assert not [piece for piece in pieces if piece in after]
    await store.close()


async def test_another_key_is_refused_at_once_and_the_old_one_still_fits(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await store.apply(1, ALEX, counting())
    await store.close()
    other = "b3RoZXIgdGVzdCBrZXksIGFsc28gbm90IHNlY3JldCE="
    with pytest.raises(StoreError, match="does not fit"):
        await SqliteStore(database, Sealer([other])).open()
    rotating = await SqliteStore(database, Sealer([other, KEY])).open()
    assert await turns_of(rotating, ALEX) == 1
    assert await rotating.reseal() == 3
    await rotating.close()
    rotated = await SqliteStore(database, Sealer([other])).open()
    assert await turns_of(rotated, ALEX) == 1
    await rotated.close()


async def test_conversations_of_the_first_version_go_on_sealed(database: Path) -> None:
    database.parent.mkdir()
    with sqlite3.connect(database) as old:
        migrations(SEALER).apply(_first_version(old), stop_before="m002_nothing_lost")
        state = json.dumps(State(topic="pay", lost=3).to_plain())
        old.execute("INSERT INTO conversations VALUES ('7', ?, 4), ('-5:8', ?, 1)", [state, state])
    old.close()
    store = await SqliteStore(database, SEALER).open()
    assert await turns_of(store, ALEX) == 3
    assert await turns_of(store, Key(-5, 8)) == 3
    assert (await store.apply(1, ALEX, counting())) is not None
    await store.close()


async def test_a_question_log_of_the_second_version_goes_on_with_what_it_knew(database: Path) -> None:
    database.parent.mkdir()
    with sqlite3.connect(database) as old:
        migrations(SEALER).apply(_first_version(old), stop_before="m003_question_log")
        for kind in ("answer", "clarify", "fallback", "out_of_scope", "smalltalk"):
            row = ["2026-11-24", kind, "pay", 0.5, SEALER.seal(f"words of {kind}")]
            old.execute("INSERT INTO questions (day, kind, intent, probability, sealed) VALUES (?, ?, ?, ?, ?)", row)
    old.close()
    store = await SqliteStore(database, SEALER).open()
    lines = await store.questions("2026-11-01")
    assert [line.question.outcome for line in lines] == ["answered", "offered", "refused", "not_ours", "smalltalk"]
    assert lines[0].question == Question("words of answer", "2026-11-24", "answered", "pay", 0.5, answers=("pay",))
    assert {line.alias for line in lines} == {""}
    await store.close()


def test_migrated_tables_are_those_described(database: Path) -> None:
    def shape(db: Any) -> dict[str, set[tuple[str, str, int, int]]]:
        return {
            table: {(name, kind, strict, key) for _, name, kind, strict, _, key in db.execute(
                f"PRAGMA table_info({table})"
            ).fetchall()}
            for table in TABLES
        }  # fmt: skip

    fresh = _first_version(sqlite3.connect(":memory:"))
    for table, columns in TABLES.items():
        fresh.execute(f"CREATE TABLE {table} ({columns}) STRICT")
    migrated = open_database(database, SEALER)
    assert shape(migrated) == shape(fresh)
    migrated.close()
    fresh.close()


def _first_version(connection: sqlite3.Connection) -> Any:
    from sqlite_utils import Database

    return Database(connection)


@pytest.mark.fault("F37")
async def test_a_hundred_thousand_waiting_messages_do_not_slow_the_next_look(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()

    def fill(db: Any) -> None:
        sealed = SEALER.seal({"html": "x"})
        db.executemany(
            "INSERT INTO outbox (chat, person, media, sealed, made_at) VALUES (?, ?, 0, ?, 0)",
            ((n % 5000, n % 5000, sealed) for n in range(100_000)),
        )

    await store._writer.run(fill)
    plan = await store._writer.run(
        lambda db: db.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE number > 9 ORDER BY number LIMIT 5"
        ).fetchall()
    )
    assert "PRIMARY KEY" in plan[0][3], "the look goes by number, not through the table"
    assert [w.number for w in await store.pending(60_000, 3)] == [60_001, 60_002, 60_003]
    assert await texts(store) == ["x"] * 1000
    await store.close()


async def test_a_closed_store_says_so_instead_of_waiting_for_ever(database: Path) -> None:
    store = await SqliteStore(database, SEALER).open()
    await store.close()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.apply(1, ALEX, counting())


def test_state_of_another_version_is_not_trusted() -> None:
    assert State.from_plain({"version": 99, "topic": "x"}) == State()
