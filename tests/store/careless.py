"""The PostgreSQL store with its lock taken out: each harness must notice."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest

from bot.store import Key
from bot.store.postgres import PostgresStore, statements
from bot.store.postgres.database import Connection


def without_lock(patch: pytest.MonkeyPatch) -> None:
    """No lock in the process, none on the row, and no look at the version; dedup stays."""

    @contextlib.asynccontextmanager
    async def turn(self: PostgresStore, key: Key) -> AsyncIterator[Connection]:
        async with self._db.transaction() as db:
            yield db

    patch.setattr(PostgresStore, "_turn", turn)
    patch.setattr(statements, "RECALL", statements.RECALL.replace(" FOR UPDATE", ""))
    patch.setattr(statements, "REMEMBER", statements.REMEMBER.replace("AND version = %s", "AND %s >= 0"))
