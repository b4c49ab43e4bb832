"""The statements of a turn and of everything around it; each means the same as its sibling in `sqlite.py`."""

from __future__ import annotations

SEEN = "INSERT INTO updates_seen (update_id, seen_at) VALUES (%s, %s) ON CONFLICT (update_id) DO NOTHING"
REACHABLE = "DELETE FROM unreachable WHERE chat = %s"

# A turn holds its conversation's row from here to its commit, so no other process can begin from the same state.
RECALL = "SELECT sealed, version FROM conversations WHERE chat = %s AND person = %s AND topic = %s FOR UPDATE"
# There is nothing to hold before the first turn, so an empty row comes first; whoever comes second waits for it.
BEGIN_ONE = """INSERT INTO conversations (chat, person, topic, sealed, version, changed_at)
    VALUES (%s, %s, %s, '', 0, %s) ON CONFLICT (chat, person, topic) DO NOTHING"""
REMEMBER = """UPDATE conversations SET sealed = %s, version = version + 1, changed_at = %s
    WHERE chat = %s AND person = %s AND topic = %s AND version = %s"""
NOTHING_TO_REMEMBER = "DELETE FROM conversations WHERE chat = %s AND person = %s AND topic = %s AND version = %s"

QUEUE = "INSERT INTO outbox (chat, person, media, sealed, made_at) VALUES (%s, %s, %s, %s, %s)"
BURY = "INSERT INTO dead_letters (chat, person, reason, sealed, made_at) VALUES (%s, %s, %s, %s, %s)"

PENDING = "SELECT number, chat, person, media, sealed FROM outbox WHERE number > %s ORDER BY number LIMIT %s"
SENT = "DELETE FROM outbox WHERE number = ANY(%s)"
TAKE_BACK = "DELETE FROM outbox WHERE number = %s RETURNING chat, person, sealed"
CLOSED = "INSERT INTO unreachable (chat, since) VALUES (%s, %s) ON CONFLICT (chat) DO NOTHING"
DROP_CHAT = "DELETE FROM outbox WHERE chat = %s AND number <= %s"

# Who already spoke in the new chat has gone on there.
MOVE = """UPDATE conversations SET chat = %(new)s WHERE chat = %(old)s AND NOT EXISTS (
    SELECT 1 FROM conversations AS there
    WHERE there.chat = %(new)s AND there.person = conversations.person AND there.topic = conversations.topic)"""
MOVED = (
    "DELETE FROM conversations WHERE chat = %(old)s",
    "UPDATE outbox SET chat = %(new)s WHERE chat = %(old)s",
    "UPDATE dead_letters SET chat = %(new)s WHERE chat = %(old)s",
    "UPDATE wishes SET chat = %(new)s WHERE chat = %(old)s",
)

HELD = "SELECT chat, topic, sealed FROM conversations WHERE person = %s AND version > 0"
HELD_ROWS = """SELECT (SELECT count(*) FROM outbox WHERE person = %(person)s),
    (SELECT count(*) FROM dead_letters WHERE person = %(person)s)"""
FORGET = (
    "DELETE FROM conversations WHERE person = %s",
    "DELETE FROM outbox WHERE person = %s",
    "DELETE FROM dead_letters WHERE person = %s",
    "DELETE FROM wishes WHERE person = %s",
)

PICTURE = "SELECT file_id FROM pictures WHERE key = %s"
KEEP_PICTURE = """INSERT INTO pictures (key, file_id) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE SET file_id = excluded.file_id"""
DROP_PICTURE = "DELETE FROM pictures WHERE key = %s"

PAST = {  # table -> its key and the column that tells how old a row is
    "updates_seen": ("update_id", "seen_at"),
    "conversations": ("chat, person, topic", "changed_at"),
    "outbox": ("number", "made_at"),
    "dead_letters": ("number", "made_at"),
    "questions": ("number", "day"),
    "wishes": ("number", "made_at"),
    "talks": ("code", "made_at"),
    "unreachable": ("chat", "since"),
    "salts": ("month", "month"),
}
SEALED = {  # table -> its key, for what is sealed
    "conversations": ("chat", "person", "topic"),
    "outbox": ("number",),
    "questions": ("number",),
    "salts": ("month",),
    "dead_letters": ("number",),
    "wishes": ("number",),
    "talks": ("code",),
    "proof": ("name",),
}


def prune(table: str) -> str:
    """Deletes at most so many rows (second parameter) older than the first."""
    key, age = PAST[table]
    chosen = f"SELECT {key} FROM {table} WHERE {age} < %s LIMIT %s"
    return f"DELETE FROM {table} WHERE ({key}) IN ({chosen})"
