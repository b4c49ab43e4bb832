"""The lines of the question log, from wherever they are kept."""

from __future__ import annotations

import asyncio
import datetime as dt

from bot.settings import Settings
from bot.store import Logged, Sealer, Store
from bot.store.opening import keys, open_store
from bot.store.reading import questions_in

PAGE = 1000


async def lines_of(store: Store, since: dt.date) -> list[Logged]:
    """All from `since` on, page by page, so that turns come in between."""
    lines: list[Logged] = []
    while page := await store.questions(since.isoformat(), lines[-1].number if lines else 0, PAGE):
        lines += page
    return lines


def logged(settings: Settings, since: dt.date) -> list[Logged]:
    """The same beside a running bot: from its file, or from the server. Raises StoreError."""
    url = settings.database_url.get_secret_value()
    sealer = Sealer(keys(url, settings.data_key.get_secret_value(), settings.data_key_file.expanduser()))
    if url:
        return asyncio.run(_on_server(url, settings, sealer, since))
    return questions_in(settings.database, sealer, since.isoformat())


async def _on_server(url: str, settings: Settings, sealer: Sealer, since: dt.date) -> list[Logged]:
    store = await open_store(url, settings.database, sealer)
    try:
        return await lines_of(store, since)
    finally:
        await store.close()
