"""Power loss, simulated: every write of SQLite is logged, and a crash image is built from a prefix of that log.

What was synced before the cut is there. Of the rest, 512-byte sectors are there or not: none, a random half, or all.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import apsw

from bot.store import Sealer, SqliteStore
from bot.store.schema import INDEXES, TABLES
from bot.store.writer import Job, commit

T = TypeVar("T")
SECTOR = 512

Write = tuple[str, str, int, bytes]  # what, file, offset or length, data


class LoggingVfs(apsw.VFS):
    """The ordinary files, with each write, truncation and sync noted in `log`."""

    def __init__(self, log: list[Write]) -> None:
        self.log = log
        super().__init__("logging", "")

    def xOpen(self, name: Any, flags: list[int]) -> LoggingFile:
        return LoggingFile(name, flags, self.log)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.log.append(("delete", Path(filename).name, 0, b""))
        super().xDelete(filename, syncdir)


class LoggingFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], log: list[Write]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.name, self.log = Path(path).name if path else "", log
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.log.append(("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self.log.append(("truncate", self.name, size, b""))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self.log.append(("sync", self.name, 0, b""))
        super().xSync(flags)


class ApswDatabase:
    """As much of sqlite3's Connection as our statements use, over the logging files."""

    def __init__(self, path: Path, log: list[Write], synchronous: str) -> None:
        self._vfs = LoggingVfs(log)
        self.connection = apsw.Connection(str(path), vfs="logging")
        for pragma in (
            "locking_mode=exclusive",
            "journal_mode=wal",
            f"synchronous={synchronous}",
            "wal_autocheckpoint=60",
        ):
            self.connection.execute(f"PRAGMA {pragma}")
        for table, columns in TABLES.items():
            self.connection.execute(f"CREATE TABLE {table} ({columns}) STRICT")
            for column in INDEXES.get(table, ()):
                self.connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        found = self.connection.execute(sql, tuple(values)).fetchall()
        return Rows(found, self.connection.changes())


class Rows:
    def __init__(self, found: list[Any], rowcount: int) -> None:
        self.found, self.rowcount = found, rowcount

    def fetchone(self) -> Any:
        return self.found[0] if self.found else None

    def fetchall(self) -> list[Any]:
        return self.found


class AtOnce:
    """In place of the writer thread: each job is committed before the call returns."""

    def __init__(self, db: ApswDatabase) -> None:
        self.db = db

    async def run(self, work: Callable[[Any], T]) -> T:
        job = Job(asyncio.get_running_loop().create_future(), work, "turn")
        ((_, value, error),) = commit(self.db, iter([job]), lambda: None)  # type: ignore[arg-type]
        if error:
            raise error
        return value  # type: ignore[no-any-return]

    note = run


def store_over(db: ApswDatabase, sealer: Sealer) -> SqliteStore:
    """Our own store, whose statements go to `db`."""
    store = SqliteStore(Path("nowhere"), sealer, lambda: 1_800_000_000.0)
    store._writer = AtOnce(db)  # type: ignore[assignment]
    return store


def image(log: Sequence[Write], cut: int, keep: str, chance: random.Random, folder: Path) -> None:
    """The files as a disk may hold them when the power goes after `cut` writes. `keep` is none, some or all."""
    synced = {name: at for at, (what, name, _, _) in enumerate(log[:cut]) if what == "sync"}
    files: dict[str, bytearray] = defaultdict(bytearray)
    for at, (what, name, number, data) in enumerate(log[:cut]):
        if what == "delete":
            files.pop(name, None)
            continue
        file = files[name]
        if what == "truncate":
            del file[number:]
        if what != "write":
            continue
        for start in range(0, len(data), SECTOR):
            durable = at <= synced.get(name, -1) or keep == "all"
            if durable or (keep == "some" and chance.random() < 0.5):
                piece, offset = data[start : start + SECTOR], number + start
                file.extend(bytes(max(0, offset - len(file))))
                file[offset : offset + len(piece)] = piece
    for name, content in files.items():
        (folder / name).write_bytes(content)
