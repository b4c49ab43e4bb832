"""`rotate-key`: a new data key, everything sealed with it, the old one gone."""

from __future__ import annotations

import asyncio

from bot.settings import Settings
from bot.store import Sealer, SqliteStore, data_keys
from bot.store.lock import only_one
from bot.store.sealing import add_key, keep_newest_key


def rotate(settings: Settings) -> int:
    """Rows sealed anew. Raises StoreError. Interrupted, it leaves both keys in the file and can be run again.

    With DATA_KEY set, put the new key in front of the old one there first; only the rows are sealed anew then.
    """
    setting, file = settings.data_key.get_secret_value(), settings.data_key_file.expanduser()
    with only_one(settings.data_dir):
        if not setting:
            data_keys(setting, file)
            add_key(file)
        rows = asyncio.run(_reseal(settings, Sealer(data_keys(setting, file))))
        if not setting:
            keep_newest_key(file)
    return rows


async def _reseal(settings: Settings, sealer: Sealer) -> int:
    store = await SqliteStore(settings.database, sealer).open()
    try:
        return await store.reseal()
    finally:
        await store.close()
