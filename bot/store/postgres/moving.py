"""Everything in a SQLite file -> an empty PostgreSQL database: in one transaction, so all of it or nothing."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psycopg
from sqlite_utils import Database as File

from bot.store.postgres.database import Connection, Database, one_line
from bot.store.postgres.question_log import NUL
from bot.store.postgres.schema import bring_up_to_date
from bot.store.protocol import StoreError
from bot.store.schema import TABLES, open_database
from bot.store.sealing import Sealer

MOVED = tuple(table for table in TABLES if table != "proof")  # which says what the key is, and is there already
NUMBERED = ("outbox", "questions", "dead_letters", "wishes")

Row = tuple[Any, ...]


async def move(path: Path, url: str, sealer: Sealer) -> Mapping[str, int]:
    """Rows of each table. Raises StoreError, and then nothing has been moved and the file is as it was.

    The caller sees to it that no bot writes to the file meanwhile.
    """
    if not path.exists():
        raise StoreError(f"There is no database at {path}. Is DATA_DIR right?")
    with contextlib.closing(open_database(path, sealer)) as file:
        target = await Database(url).first()
        async with target:
            await bring_up_to_date(target, sealer)
            try:
                async with target.transaction():
                    await _refuse_unless_empty(target)
                    return {table: await _move_table(file, target, table) for table in MOVED}
            except psycopg.Error as error:
                raise StoreError(
                    f"The move was broken off ({one_line(error)}), and nothing was moved. Run it again."
                ) from None


async def _refuse_unless_empty(target: Connection) -> None:
    for table in MOVED:
        if await (await target.execute(f"SELECT 1 FROM {table} LIMIT 1")).fetchone():
            raise StoreError(
                f"The database at the new address has rows in {table} already, so nothing was moved. If an earlier "
                "move was finished, set DATABASE_URL and start the bot; else name an empty database."
            )


async def _move_table(file: File, target: Connection, table: str) -> int:
    columns = ", ".join(name for _, name, *_ in file.execute(f"PRAGMA table_info({table})").fetchall())
    async with target.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in file.execute(f"SELECT {columns} FROM {table}"):
            await copy.write_row(_storable(row))
    if table in NUMBERED:
        await target.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number)) FROM {table} HAVING count(*) > 0"
        )
    was = _fingerprint(map(_storable, file.execute(f"SELECT {columns} FROM {table}")))
    cursor = await target.execute(f"SELECT {columns} FROM {table}")
    now = _fingerprint(await cursor.fetchall())
    if was != now:
        raise StoreError(
            f"What arrived in {table} ({now[0]} rows) is not what was sent ({was[0]} rows), so nothing was moved. Does "
            "another program write to the new database? Stop it and run this again."
        )
    return now[0]


def _storable(row: Row) -> Row:
    return tuple(value.translate(NUL) if isinstance(value, str) else value for value in row)


def _fingerprint(rows: Iterable[Row]) -> tuple[int, int]:
    """How many rows, and a sum over their contents that no order changes."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest())
    return count, total
