"""Where conversations and what is still to be sent are kept. One `Store` Protocol, one class for each database."""

from bot.store.protocol import (
    Advice,
    Held,
    Kept,
    Key,
    Logged,
    Outcome,
    Parcel,
    Passed,
    Question,
    Store,
    StoreError,
    Waiting,
)
from bot.store.sealing import Sealer, data_keys
from bot.store.sqlite import SqliteStore

__all__ = [
    "Advice",
    "Held",
    "Kept",
    "Key",
    "Logged",
    "Outcome",
    "Parcel",
    "Passed",
    "Question",
    "Sealer",
    "SqliteStore",
    "Store",
    "StoreError",
    "Waiting",
    "data_keys",
]
