"""Which store the settings mean, opened: a server's if there is an address, else the file."""

from __future__ import annotations

from pathlib import Path

from bot.store.protocol import Store, StoreError
from bot.store.sealing import HOW_TO_MAKE_ONE, Sealer, data_keys
from bot.store.sqlite import SqliteStore


async def open_store(url: str, path: Path, sealer: Sealer) -> Store:
    """Raises StoreError when it can't be used. The caller holds the file's folder (`lock.py`) and closes the store."""
    if not url:
        return await SqliteStore(path, sealer).open()
    from bot.store.postgres import PostgresStore  # its library takes a tenth of a second to load

    return await PostgresStore(url, sealer).open()


def keys(url: str, setting: str, file: Path) -> list[str]:
    """The data keys, newest first. One made here would open nothing that the other processes on a server seal."""
    if url and not setting.strip() and not file.exists():
        raise StoreError(
            "With DATABASE_URL all processes need one data key, and there is none: set DATA_KEY, or put the key into "
            f"{file} (DATA_KEY_FILE). {HOW_TO_MAKE_ONE}"
        )
    return data_keys(setting, file)
