"""`rotate-key`: a new data key, everything sealed with it, the old one gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.settings import Settings
from bot.store import Sealer, SqliteStore, StoreError, data_keys, keys, open_store
from bot.store.lock import only_one
from bot.store.sealing import HOW_TO_MAKE_ONE, add_key, keep_newest_key


def rotate(settings: Settings) -> int:
    """Rows sealed anew. Raises StoreError. Interrupted, it leaves both keys in the file and can be run again.

    With DATA_KEY set, put the new key in front of the old one there first; only the rows are sealed anew then. With a
    server that is the only way, as every process has to know both keys before the first row is sealed with the new one.
    """
    setting, file = settings.data_key.get_secret_value(), settings.data_key_file.expanduser()
    if url := settings.database_url.get_secret_value():
        return asyncio.run(_reseal_server(url, keys(url, setting, file)))
    if not settings.database.exists():  # else the key of a database that lies elsewhere would be dropped
        raise StoreError(
            f"There is no database at {settings.database}. Is DATA_DIR right? The data key was left alone."
        )
    with only_one(settings.data_dir):
        if not setting:
            data_keys(setting, file)
            add_key(file)
        rows = asyncio.run(_reseal(settings, Sealer(data_keys(setting, file))))
        if not setting:
            keep_newest_key(file)
    return rows


async def _reseal_server(url: str, both: list[str]) -> int:
    from bot.store.postgres.resealing import reseal

    if len(both) < 2:
        raise StoreError(
            "With DATABASE_URL, put the new key in front of the old one (DATA_KEY=new,old) for every process, start "
            f"them anew, and run this again; then the old one can be taken out. {HOW_TO_MAKE_ONE}"
        )
    sealer = Sealer(both)
    await (await open_store(url, Path(), sealer)).close()  # proves the keys
    return await reseal(url, sealer)


async def _reseal(settings: Settings, sealer: Sealer) -> int:
    store = await SqliteStore(settings.database, sealer).open()
    try:
        return await store.reseal()
    finally:
        await store.close()
