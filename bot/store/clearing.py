"""In SQLite: what is past its time, taken out of the file for good."""

from __future__ import annotations

import logging
import sqlite3
import time
from sqlite3 import Connection

from bot.store.protocol import Kept
from bot.store.pseudonyms import months_kept

log = logging.getLogger(__name__)

PRUNED_AT_ONCE = 500


def prune(db: Connection, kept: Kept, now: float) -> int:
    """Delete a small batch of each table's rows that are past their time at `now`. Returns how many."""
    old = now - kept.personal
    past = {
        "updates_seen": ("update_id", "seen_at < ?", now - kept.update_ids),
        "conversations": ("rowid", "changed_at < ?", old),
        "outbox": ("number", "made_at < ?", old),
        "dead_letters": ("number", "made_at < ?", old),
        "talks": ("code", "made_at < ?", old),
        "questions": ("number", "day < ?", time.strftime("%Y-%m-%d", time.gmtime(old))),
        "salts": ("month", "month < ?", months_kept(now)[-1]),
        "wishes": ("number", "made_at < ?", old),
        "unreachable": ("chat", "since < ?", old),
    }
    sql = "DELETE FROM {0} WHERE {1} IN (SELECT {1} FROM {0} WHERE {2} LIMIT ?)"
    return sum(
        db.execute(sql.format(table, name, where), [bound, PRUNED_AT_ONCE]).rowcount
        for table, (name, where, bound) in past.items()
    )


def empty_the_log(db: Connection) -> None:
    """Deleted rows still stand in the write-ahead log until it is written back and cut off."""
    try:
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        busy = 1
    if busy:  # a backup is being read; the next time will do
        log.info("the write-ahead log could not be emptied now")
