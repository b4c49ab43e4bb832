"""Whoever asked to be told once we know: looked at when new content is live, and told once, through the outbox."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

from bot.conversation.granting import granted
from bot.conversation.knowledge import Knowledge
from bot.handlers.logs import where
from bot.handlers.parcels import Place, parcels
from bot.store import Store

log = logging.getLogger(__name__)

PAGE = 200


async def tell_who_waits(store: Store, knowledge: Knowledge, today: dt.date) -> int:
    """How many were told. Raises StoreError; who was not told then is told the next time."""
    told = after = 0
    while wishes := await store.wishes(after, PAGE):
        for wish in wishes:
            try:
                replies = granted(wish.text, knowledge, today)
            except Exception as error:  # a bug of ours must not keep the others waiting
                log.error("a question that waits could not be looked at: %s", where(error))
                continue
            if replies:
                told += await store.grant(wish.number, parcels(replies, Place(wish.key.topic or None)))
            await asyncio.sleep(0)  # turns come in between
        after = wishes[-1].number
    return told
