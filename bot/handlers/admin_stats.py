"""/stats for whoever runs the bot: what people asked in the last days, in words and as a picture."""

from __future__ import annotations

import asyncio
import datetime as dt

from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Reply
from bot.operator.stats import Report, summed
from bot.operator.stats.picture import picture
from bot.operator.stats.told import in_words
from bot.store import Logged, Store

DAYS, MOST_DAYS = 30, 365
PAGE = 1000


async def stats(store: Store, knowledge: Knowledge, argument: str, last: dt.date) -> Reply:
    """The report over the last 30 days, or over as many as `/stats 7` says."""
    days = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 5 else DAYS
    first = last - dt.timedelta(days=min(max(days, 1), MOST_DAYS) - 1)
    lines = await lines_since(store, first)
    report: Report = await asyncio.to_thread(summed, lines, first, last, knowledge)
    return Reply(in_words(report), picture=picture(report))


async def lines_since(store: Store, since: dt.date) -> list[Logged]:
    """Page by page, so that turns come in between."""
    lines: list[Logged] = []
    while page := await store.questions(since.isoformat(), lines[-1].number if lines else 0, PAGE):
        lines += page
    return lines
