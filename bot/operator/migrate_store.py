"""`migrate-store`: conversations and all that belongs to them, from the file of one machine to a PostgreSQL server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.settings import Settings
from bot.store import Sealer, StoreError, data_keys
from bot.store.lock import only_one


def migrate_store(settings: Settings, url: str) -> Mapping[str, int]:
    """Rows moved of each table. Raises StoreError; then nothing was moved, and it can be run again."""
    from bot.store.postgres.moving import move

    if not url:
        raise StoreError("Say where to: --to postgresql://user:password@host:5432/name, or set DATABASE_URL.")
    with only_one(settings.data_dir):
        keys = data_keys(settings.data_key.get_secret_value(), settings.data_key_file.expanduser())
        return asyncio.run(move(settings.database, url, Sealer(keys)))
