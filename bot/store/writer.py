"""The one thread that writes: jobs that queue while a commit is under way share the next one."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.store.protocol import StoreError

T = TypeVar("T")
Work = Callable[[Database], Any]
Job = tuple[asyncio.Future[Any], Work, bool]
Done = list[tuple[asyncio.Future[Any], Any, BaseException | None]]

LARGEST_BATCH = 128


class Writer:
    """Runs jobs on the connection that `connect` makes, each in a savepoint, many in a commit.

    A `sqlite3` connection belongs to its thread, and with a single writer nothing is ever locked. A commit with
    `synchronous=FULL` waits for the disk; sharing it is what makes that cheap.
    """

    def __init__(self, connect: Callable[[], Database]) -> None:
        self._connect = connect
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)

    async def start(self) -> None:
        """Connect. Raises what `connect` raises."""
        self._thread.start()
        await self._ready

    async def run(self, work: Callable[[Database], T]) -> T:
        """The result of `work(db)`, once it is committed. What `work` raises undoes what it did, and nothing else."""
        return await self._put(work, alone=False)

    async def run_alone(self, work: Callable[[Database], T]) -> T:
        """For what can't be part of a transaction, such as a checkpoint: runs after the next commit."""
        return await self._put(work, alone=True)

    async def _put(self, work: Callable[[Database], T], alone: bool) -> T:
        if self._closed:
            raise StoreError("The database is closed.")
        future: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put((future, work, alone))
        return await future

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        try:
            db = self._connect()
        except BaseException as error:
            self._tell([(self._ready, None, error)])
            return
        self._tell([(self._ready, None, None)])
        more = True
        while more:
            batch, more = self._next_batch()
            together = [(future, work) for future, work, alone in batch if not alone]
            if together:
                self._tell(commit(db, together))
            for future, work, alone in batch:
                if alone:
                    self._tell([(future, *attempt_alone(db, work))])
        db.close()

    def _next_batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == LARGEST_BATCH:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _tell(self, done: Done) -> None:
        """One wake-up of the loop for each commit."""
        self._loop.call_soon_threadsafe(settle, done)


def settle(done: Done) -> None:
    for future, value, error in done:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)


def commit(db: Database, batch: list[tuple[asyncio.Future[Any], Work]]) -> Done:
    """All jobs in one transaction. When the database itself fails, none of them has happened."""
    try:
        db.execute("BEGIN IMMEDIATE")
        done = [(future, *attempt(db, work)) for future, work in batch]
        db.execute("COMMIT")
    except Exception as error:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        trouble = StoreError(f"The database can't take this now ({error}). Is the disk full or read-only?")
        return [(future, None, trouble) for future, _ in batch]
    return done


def attempt_alone(db: Database, work: Callable[[Database], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(db), None
    except Exception as error:
        return None, error


def attempt(db: Database, work: Callable[[Database], T]) -> tuple[T | None, BaseException | None]:
    db.execute("SAVEPOINT job")
    try:
        value = work(db)
    except (sqlite3.OperationalError, sqlite3.InternalError):
        raise  # full, unreadable, locked: the whole transaction is in doubt
    except Exception as error:
        db.execute("ROLLBACK TO job")
        db.execute("RELEASE job")
        return None, error
    db.execute("RELEASE job")
    return value, None
