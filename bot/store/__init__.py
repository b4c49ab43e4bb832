"""Where conversations and what is still to be sent are kept. One `Store` Protocol, one class for each database."""

from bot.store.opening import keys, open_store
from bot.store.protocol import (
    Advice,
    Held,
    Kept,
    Key,
    Leased,
    Logged,
    Outcome,
    Parcel,
    Passed,
    Question,
    Store,
    StoreError,
    Waiting,
    Wish,
)
from bot.store.sealing import Sealer, data_keys
from bot.store.sqlite import SqliteStore

__all__ = [
    "Advice",
    "Held",
    "Kept",
    "Key",
    "Leased",
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
    "Wish",
    "data_keys",
    "keys",
    "open_store",
]
