"""What was sent is noted before turns that wait, so that a crash repeats as little as can be."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.store.writer
from bot.store import StoreError
from bot.store.writer import Writer

Say = Callable[[sqlite3.Connection], object]


def saying(what: str) -> Say:
    return lambda db: db.execute(f"SELECT '{what}'").fetchone()


@asynccontextmanager
async def writing(told: list[str]) -> AsyncIterator[Writer]:
    """A writer whose statements are told in short: said words and commits."""

    def tell(sql: str) -> None:
        if sql.startswith(("SELECT", "COMMIT")):
            told.append(sql.removeprefix("SELECT ").strip("'"))

    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.set_trace_callback(tell)
        return db

    writer = Writer(connect)
    await writer.start()
    yield writer
    await writer.close()


@asynccontextmanager
async def held(writer: Writer) -> AsyncIterator[None]:
    """A first turn that goes on until the block has put in its own; all are done when this ends."""
    began, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def work(db: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(began.set)
        go_on.wait()

    first = asyncio.create_task(writer.run(work))
    await began.wait()
    yield
    await asyncio.sleep(0)  # so that tasks of the block have put in what they want done
    go_on.set()
    await first


@pytest.mark.fault("F03")
@given(notes=st.lists(st.booleans(), max_size=300))
def test_notes_go_before_all_turns_that_wait_each_kind_in_its_order(notes: list[bool]) -> None:
    told: list[str] = []

    async def run() -> None:
        async with writing(told) as writer:
            async with held(writer):
                jobs = [
                    asyncio.create_task((writer.note if note else writer.run)(saying(str(number))))
                    for number, note in enumerate(notes)
                ]
            await asyncio.gather(*jobs)

    asyncio.run(run())
    said = [int(word) for word in told if word != "COMMIT"]
    assert said == sorted(range(len(notes)), key=lambda number: not notes[number])


@pytest.mark.fault("F03")
async def test_turns_that_take_long_make_way_for_a_note_which_is_committed_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.store.writer, "LONGEST_HOLD", 0.0)
    told: list[str] = []
    async with writing(told) as writer:
        async with held(writer):
            jobs = [writer.run(saying("a turn")), writer.note(saying("a note"))]
            tasks = [asyncio.create_task(job) for job in jobs]
        await asyncio.gather(*tasks)
    assert told == ["a note", "COMMIT", "a turn", "COMMIT"]


async def test_a_crowd_of_turns_shares_commits_while_no_note_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.store.writer, "LONGEST_HOLD", 0.0)
    told: list[str] = []
    async with writing(told) as writer:
        async with held(writer):
            tasks = [asyncio.create_task(writer.run(saying("a turn"))) for _ in range(200)]
        await asyncio.gather(*tasks)
    assert told.count("a turn") == 200
    assert told.count("COMMIT") == 2


async def test_what_can_be_part_of_no_transaction_comes_after_the_commit_of_what_was_before() -> None:
    told: list[str] = []
    async with writing(told) as writer:
        async with held(writer):
            jobs = [writer.run(saying("before")), writer.run_alone(saying("alone")), writer.run(saying("after"))]
            tasks = [asyncio.create_task(job) for job in jobs]
        await asyncio.gather(*tasks)
    assert told[-5:] == ["before", "COMMIT", "alone", "after", "COMMIT"]


async def test_a_note_that_fails_takes_nobody_along() -> None:
    def fail(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO things (number) VALUES (1), (1)")

    told: list[str] = []
    async with writing(told) as writer:
        await writer.run(lambda db: db.execute("CREATE TABLE things (number INTEGER UNIQUE)"))
        turn, note = await asyncio.gather(writer.run(saying("a turn")), writer.note(fail), return_exceptions=True)
        assert turn == ("a turn",)
        assert isinstance(note, sqlite3.IntegrityError)
        assert await writer.run(lambda db: db.execute("SELECT count(*) FROM things").fetchone()) == (0,)


async def test_where_no_transaction_can_begin_who_waits_is_told_and_the_next_gets_through() -> None:
    async with writing([]) as writer:
        await writer.run_alone(lambda db: db.execute("BEGIN"))
        with pytest.raises(StoreError):
            await writer.run(saying("x"))
        assert await writer.note(saying("y")) == ("y",)


async def test_turns_that_fail_leave_nothing_and_what_shared_their_commit_is_kept_once() -> None:
    def put(number: int) -> Say:
        return lambda db: db.execute("INSERT INTO things (number) VALUES (?)", (number,)).rowcount

    def half(number: int) -> Say:
        def work(db: sqlite3.Connection) -> None:
            put(number)(db)
            raise ValueError(number)

        return work

    undone: list[str] = []
    writer = Writer(lambda: sqlite3.connect(":memory:", isolation_level=None), lambda: undone.append("undone"))
    await writer.start()
    await writer.run(lambda db: db.execute("CREATE TABLE things (number INTEGER UNIQUE)"))
    async with held(writer):
        works = [put(1), half(2), put(2), half(3), put(3)]
        tasks = [asyncio.create_task(writer.run(work)) for work in works]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(result) for result in results] == ["1", "2", "1", "3", "1"]
    found = await writer.run(lambda db: db.execute("SELECT number FROM things ORDER BY number").fetchall())
    assert found == [(1,), (2,), (3,)]
    assert undone == ["undone"] * 2, "all before the first that failed, and the second by itself"
    await writer.close()
