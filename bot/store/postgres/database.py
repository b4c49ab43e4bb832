"""Connections to the server. Whatever says that it is away, or that a turn must be repeated, is StoreError."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool

from bot.store.protocol import StoreError

log = logging.getLogger(__name__)

Connection: TypeAlias = psycopg.AsyncConnection[tuple[Any, ...]]
Cursor: TypeAlias = psycopg.AsyncCursor[tuple[Any, ...]]

PATIENCE = 5.0  # seconds for a connection; then the caller, who can wait better, is told
AGAIN = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError, psycopg.errors.UniqueViolation)
LIVELINESS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "tcp_user_timeout": 15_000,
}
# A worker whose machine went dark must not hold a conversation for longer than this.
LIMITS = ("SET lock_timeout = '5s'", "SET idle_in_transaction_session_timeout = '10s'")


class Database:
    """Up to `most` connections. Use `transaction`. A pool that lost the server finds it again by itself.

    With `autocommit` each statement is a transaction of its own: one round trip, and done once the server has it.
    """

    def __init__(self, url: str, most: int = 1, *, autocommit: bool = False) -> None:
        self._url = url
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=most,
            open=False,
            timeout=PATIENCE,
            reconnect_timeout=PATIENCE,  # after that the next caller asks anew, instead of ever longer pauses
            kwargs={**LIVELINESS, "autocommit": autocommit},
            configure=_prepare,
        )

    async def first(self) -> Connection:
        """A connection before there is a pool. Raises StoreError that says what to do."""
        try:
            _check(self._url)
            connection = await psycopg.AsyncConnection.connect(self._url, **LIVELINESS)
        except psycopg.ProgrammingError:  # its text may hold the password
            raise StoreError(
                "DATABASE_URL can't be read. It should look like postgresql://user:password@host:5432/name, and signs "
                "such as @ / : # in the password must be written %40 %2F %3A %23."
            ) from None
        except psycopg.OperationalError as error:
            raise StoreError(
                f"The database at DATABASE_URL can't be reached ({one_line(error)}). Is the server running, and are "
                "host, port, name and password right?"
            ) from None
        await _prepare(connection)
        return connection

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Commits at the end; whatever is raised inside undoes it. Raises StoreError when the server can't now."""
        try:
            async with self._pool.connection() as connection:
                yield connection
        except AGAIN as error:
            await self._let_go_of_broken_ones()
            raise StoreError(f"The database can't take this now ({one_line(error)}).") from error

    async def _let_go_of_broken_ones(self) -> None:
        """After a restart of the server all that were open are dead, and one caller is enough to find out."""
        with contextlib.suppress(psycopg.Error):
            await self._pool.check()


def _check(url: str) -> None:
    """Raises ProgrammingError for what the library would take apart otherwise than meant, and then print in parts."""
    port = str(conninfo_to_dict(url).get("port") or "")
    if url.partition("?")[0].count("@") > 1 or not all(part.isdecimal() for part in port.split(",") if part):
        raise psycopg.ProgrammingError


async def _prepare(connection: Connection) -> None:
    await connection.set_isolation_level(psycopg.IsolationLevel.READ_COMMITTED)
    for limit in LIMITS:
        await connection.execute(limit)
    await connection.commit()


def one_line(error: BaseException) -> str:
    """The first line of what the server or its library said."""
    return next(iter(str(error).splitlines()), type(error).__name__)
