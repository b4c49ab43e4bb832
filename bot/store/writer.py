"""The one thread that writes: jobs that queue while a commit is under way share the next one, notes of it first."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from sqlite3 import Connection
from typing import Any, Literal, TypeVar

from bot.store.protocol import StoreError

T = TypeVar("T")
Work = Callable[[Connection], Any]
Done = list[tuple[asyncio.Future[Any], Any, BaseException | None]]
Kind = Literal["turn", "note", "alone"]

LARGEST_BATCH = 128
LONGEST_HOLD = 0.02  # seconds of turns; a note that comes later closes the batch


@dataclass(frozen=True, slots=True)
class Job:
    future: asyncio.Future[Any]
    work: Work
    kind: Kind


class Writer:
    """Runs jobs on the connection that `connect` makes, many in a commit; `undone` hears of it when jobs were undone.

    A job may be done more than once until it is committed, so it changes nothing but the database.
    A `sqlite3` connection belongs to its thread, and with a single writer nothing is ever locked. A commit with
    `synchronous=FULL` waits for the disk; sharing it is what makes that cheap.
    """

    def __init__(self, connect: Callable[[], Connection], undone: Callable[[], None] = lambda: None) -> None:
        self._connect, self._undone = connect, undone
        self._come: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        # The rest belongs to the thread: what has come and waits, and whether nothing more will.
        self._notes: deque[Job] = deque()
        self._others: deque[Job] = deque()
        self._last = False
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)

    async def start(self) -> None:
        """Connect. Raises what `connect` raises."""
        self._thread.start()
        await self._ready

    async def run(self, work: Callable[[Connection], T]) -> T:
        """The result of `work(db)`, once it is committed. What `work` raises undoes what it did, and nothing else."""
        return await self._put(work, "turn")

    async def note(self, work: Callable[[Connection], T]) -> T:
        """The same for what is short and must not wait behind a crowd of turns: it goes before them."""
        return await self._put(work, "note")

    async def run_alone(self, work: Callable[[Connection], T]) -> T:
        """For what can't be part of a transaction, such as a checkpoint: runs after the next commit."""
        return await self._put(work, "alone")

    async def _put(self, work: Callable[[Connection], T], kind: Kind) -> T:
        if self._closed:
            raise StoreError("The database is closed.")
        future: asyncio.Future[T] = self._loop.create_future()
        self._come.put(Job(future, work, kind))
        return await future

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._come.put(None)
            await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        try:
            db = self._connect()
        except BaseException as error:
            self._tell([(self._ready, None, error)])
            return
        self._tell([(self._ready, None, None)])
        while self._some():
            if self._notes or self._others[0].kind != "alone":
                self._tell(commit(db, self._batch(), self._undone))
            else:
                job = self._others.popleft()
                self._tell([(job.future, *attempt_alone(db, job.work))])
        db.close()

    def _some(self) -> bool:
        """Whether there is something to do; waits for it. False when asked to stop and all is done."""
        while not (self._notes or self._others or self._last):
            self._sort(self._come.get())
        self._look()
        return bool(self._notes or self._others)

    def _look(self) -> None:
        """Take up what has come meanwhile."""
        while not self._come.empty():
            self._sort(self._come.get())

    def _sort(self, job: Job | None) -> None:
        if job is None:
            self._last = True
        else:
            (self._notes if job.kind == "note" else self._others).append(job)

    def _batch(self) -> Iterator[Job]:
        """Notes, then turns; those that take long make way for a note, which then is the last of the batch."""
        due = time.monotonic() + LONGEST_HOLD
        for _ in range(LARGEST_BATCH):
            if self._notes:
                yield self._notes.popleft()
            elif self._others and self._others[0].kind == "turn":
                yield self._others.popleft()
                if time.monotonic() >= due:
                    self._look()
                    if self._notes:
                        break
            else:
                return
        yield from (self._notes.popleft() for _ in range(len(self._notes)))

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


def commit(db: Connection, batch: Iterator[Job], undone: Callable[[], None]) -> Done:
    """All jobs in one transaction. When the database itself fails, none of them has happened.

    Each in a savepoint of its own would have the database copy every page that a turn is the first to change: a sixth
    of all its work, for turns that raise, which is a bug of ours. So when one does, the others are done once more.
    """
    taken: list[Job] = []
    jobs = noted(batch, taken)
    try:
        db.execute("BEGIN IMMEDIATE")
        done = together(db, jobs)
        if done and done[-1][2]:
            db.execute("ROLLBACK")
            undone()
            db.execute("BEGIN IMMEDIATE")
            done = [done[-1], *apart(db, chain(taken[:-1], jobs), undone)]
        db.execute("COMMIT")
    except Exception as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        undone()
        trouble = StoreError(f"The database can't take this now ({error}). Is the disk full or read-only?")
        return [(job.future, None, trouble) for job in (*taken, *batch)]
    return done


def noted(batch: Iterator[Job], taken: list[Job]) -> Iterator[Job]:
    for job in batch:
        taken.append(job)
        yield job


def together(db: Connection, jobs: Iterator[Job]) -> Done:
    """One after the other; none after one that raises."""
    done: Done = []
    for job in jobs:
        done.append((job.future, *attempt(db, job.work)))
        if done[-1][2]:
            break
    return done


def apart(db: Connection, jobs: Iterator[Job], undone: Callable[[], None]) -> Done:
    """One after the other; what one that raises has done is undone, and nothing else."""
    done: Done = []
    for job in jobs:
        db.execute("SAVEPOINT job")
        value, error = attempt(db, job.work)
        if error:
            db.execute("ROLLBACK TO job")
            undone()
        db.execute("RELEASE job")
        done.append((job.future, value, error))
    return done


def attempt(db: Connection, work: Callable[[Connection], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(db), None
    except (sqlite3.OperationalError, sqlite3.InternalError):
        raise  # full, unreadable, locked: the whole transaction is in doubt
    except Exception as error:
        return None, error


def attempt_alone(db: Connection, work: Callable[[Connection], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(db), None
    except Exception as error:
        return None, error
