"""Where conversations are remembered. One `Store` Protocol, one class for each database."""

from bot.store.protocol import Store
from bot.store.sqlite import SqliteStore

__all__ = ["SqliteStore", "Store"]
