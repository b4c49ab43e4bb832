"""The store on a PostgreSQL server, shared by any number of processes on any number of machines."""

from bot.store.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
