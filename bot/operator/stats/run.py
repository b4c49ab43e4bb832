"""`stats`: read the log, add it up, tell it, and write what was asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.operator.stats.sums import summed, title_of
from bot.operator.stats.table import COLUMNS, cells, rows
from bot.operator.stats.told import as_page, in_words
from bot.operator.writing import write_table, write_text
from bot.settings import Settings
from bot.store import Logged, Sealer, keys
from bot.store.export import export
from bot.store.reading import questions_at, questions_in


def today() -> dt.date:
    """In UTC, like the days of the log."""
    return dt.datetime.now(dt.UTC).date()


def first_day(last: dt.date, days: int) -> dt.date:
    return last - dt.timedelta(days=days - 1)


def logged(settings: Settings, since: dt.date) -> list[Logged]:
    """The lines from `since` on, also while the bot runs. Raises StoreError."""
    url = settings.database_url.get_secret_value()
    sealer = Sealer(keys(url, settings.data_key.get_secret_value(), settings.data_key_file.expanduser()))
    if url:
        return asyncio.run(questions_at(url, sealer, since.isoformat()))
    return questions_in(settings.database, sealer, since.isoformat())


def told(lines: Sequence[Logged], last: dt.date, days: int, knowledge: Knowledge) -> str:
    """The report for the terminal."""
    return plain_text(in_words(summed(lines, first_day(last, days), last, knowledge)))


def write(
    lines: Sequence[Logged],
    last: dt.date,
    days: int,
    knowledge: Knowledge,
    page: Path | None = None,
    table: Path | None = None,
    database: Path | None = None,
) -> Iterator[Path]:
    """Write what is wanted; yields each file once it is there. Raises StoreError or OSError."""
    if page:
        write_text(page, as_page(summed(lines, first_day(last, days), last, knowledge), knowledge))
        yield page
    if table:
        write_table(table, COLUMNS, cells(lines))
        table.chmod(0o600)  # nobody's name is in it, but people's words are
        yield table
    if database:
        named = title_of(knowledge)
        names = {name for line in lines for name in (*line.question.answers, line.question.intent) if name}
        export(database, rows(lines), {name: named(name) for name in sorted(names)})
        yield database
