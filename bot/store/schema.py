"""The tables and how a database file is opened: made whole or not at all, checked, brought up to date, or refused."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.store.protocol import StoreError
from bot.store.sealing import Sealer, Unreadable

log = logging.getLogger(__name__)

SAFE_WAL = (3, 51, 3)
TABLES = {
    "conversations": """chat INTEGER NOT NULL, person INTEGER NOT NULL, topic INTEGER NOT NULL, sealed TEXT NOT NULL,
        version INTEGER NOT NULL, changed_at REAL NOT NULL, PRIMARY KEY (chat, person, topic)""",
    "updates_seen": "update_id INTEGER PRIMARY KEY, seen_at REAL NOT NULL",
    # AUTOINCREMENT: a number is never used again, so the sender can go on after the last one it saw.
    "outbox": """number INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, person INTEGER NOT NULL,
        media INTEGER NOT NULL, sealed TEXT NOT NULL, made_at REAL NOT NULL""",
    "questions": """number INTEGER PRIMARY KEY, day TEXT NOT NULL, outcome TEXT NOT NULL, intent TEXT NOT NULL,
        probability REAL NOT NULL, sealed TEXT NOT NULL, hour INTEGER NOT NULL DEFAULT 0,
        how TEXT NOT NULL DEFAULT 'said', answers TEXT NOT NULL DEFAULT '', version TEXT NOT NULL DEFAULT '',
        milliseconds REAL NOT NULL DEFAULT 0, flow TEXT NOT NULL DEFAULT '', step TEXT NOT NULL DEFAULT '',
        verdict TEXT NOT NULL DEFAULT '', again INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0,
        alias TEXT NOT NULL DEFAULT '', ref TEXT NOT NULL DEFAULT '', vote TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', chosen TEXT NOT NULL DEFAULT ''""",
    "salts": "month TEXT PRIMARY KEY, sealed TEXT NOT NULL",
    "dead_letters": """number INTEGER PRIMARY KEY, chat INTEGER NOT NULL, person INTEGER NOT NULL, reason TEXT NOT NULL,
        sealed TEXT NOT NULL, made_at REAL NOT NULL""",
    "wishes": """number INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, person INTEGER NOT NULL,
        topic INTEGER NOT NULL, sealed TEXT NOT NULL, made_at REAL NOT NULL""",
    "talks": "code TEXT PRIMARY KEY, sealed TEXT NOT NULL, made_at REAL NOT NULL",
    "unreachable": "chat INTEGER PRIMARY KEY, since REAL NOT NULL",
    "pictures": "key TEXT PRIMARY KEY, file_id TEXT NOT NULL",
    "proof": "name TEXT PRIMARY KEY, sealed TEXT NOT NULL",
}
# What step m002 made otherwise than we would today.
TABLES_M002 = {
    "questions": """number INTEGER PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, intent TEXT NOT NULL,
        probability REAL NOT NULL, sealed TEXT NOT NULL""",
    "salts": "",
    "wishes": "",
    "talks": "",
}
INDEXES_M002 = {"questions": ("day",)}
INDEXES = {
    "conversations": ("person", "changed_at"),
    "updates_seen": ("seen_at",),
    "outbox": ("chat", "person"),
    "questions": ("day", "alias"),
    "dead_letters": ("person", "made_at"),
    "wishes": ("person", "made_at"),
    "talks": ("made_at",),
}


def migrations(sealer: Sealer) -> Migrations:
    """All steps from an empty file to today's tables. A step that was published is never changed."""
    steps = Migrations("advisor")

    @steps()
    def m001_conversations(db: Database) -> None:
        db.execute("CREATE TABLE conversations (key TEXT PRIMARY KEY, state TEXT, version INTEGER)")

    @steps()
    def m002_nothing_lost(db: Database) -> None:
        old = db.execute("SELECT key, state, version FROM conversations").fetchall()
        db.execute("DROP TABLE conversations")
        for table, columns in (TABLES | TABLES_M002).items():
            if columns:
                db.execute(f"CREATE TABLE {table} ({columns}) STRICT")
                _add_indexes(db, table, (INDEXES | INDEXES_M002).get(table, ()))
        for key, state, version in old:
            _adopt(db, sealer, key, state, version)

    @steps()
    def m003_question_log(db: Database) -> None:
        db.execute("ALTER TABLE questions RENAME COLUMN kind TO outcome")
        for old, new in OUTCOMES_M003.items():
            db.execute("UPDATE questions SET outcome = ? WHERE outcome = ?", [new, old])
        for column in COLUMNS_M003:
            db.execute(f"ALTER TABLE questions ADD COLUMN {column}")
        db.execute("UPDATE questions SET answers = intent")
        _add_indexes(db, "questions", ("alias", "ref"))
        db.execute("CREATE TABLE salts (month TEXT PRIMARY KEY, sealed TEXT NOT NULL) STRICT")

    @steps()
    def m004_wishes(db: Database) -> None:
        db.execute(f"CREATE TABLE wishes ({TABLES['wishes']}) STRICT")
        _add_indexes(db, "wishes", INDEXES["wishes"])

    @steps()
    def m005_talks(db: Database) -> None:
        db.execute("CREATE TABLE talks (code TEXT PRIMARY KEY, sealed TEXT NOT NULL, made_at REAL NOT NULL) STRICT")
        _add_indexes(db, "talks", ("made_at",))

    @steps()
    def m006_sealed_with_gcm(db: Database) -> None:
        """An older program would take what is sealed today for damage: after this step it refuses the file instead."""
        db.execute("DROP INDEX IF EXISTS questions_ref")  # a line is found among its person's

    return steps


OUTCOMES_M003 = {"answer": "answered", "clarify": "offered", "fallback": "refused", "out_of_scope": "not_ours"}
COLUMNS_M003 = (
    "hour INTEGER NOT NULL DEFAULT 0",
    "how TEXT NOT NULL DEFAULT 'said'",
    "answers TEXT NOT NULL DEFAULT ''",
    "version TEXT NOT NULL DEFAULT ''",
    "milliseconds REAL NOT NULL DEFAULT 0",
    "flow TEXT NOT NULL DEFAULT ''",
    "step TEXT NOT NULL DEFAULT ''",
    "verdict TEXT NOT NULL DEFAULT ''",
    "again INTEGER NOT NULL DEFAULT 0",
    "asked INTEGER NOT NULL DEFAULT 0",
    "alias TEXT NOT NULL DEFAULT ''",
    "ref TEXT NOT NULL DEFAULT ''",
    "vote TEXT NOT NULL DEFAULT ''",
    "reason TEXT NOT NULL DEFAULT ''",
    "chosen TEXT NOT NULL DEFAULT ''",
)


def _add_indexes(db: Database, table: str, columns: Iterable[str]) -> None:
    for column in columns:
        db.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")


def _adopt(db: Database, sealer: Sealer, key: str, state: str, version: int) -> None:
    """A conversation of the first version: readable by anyone, and keyed `chat` or `chat:person`."""
    chat, _, person = key.partition(":")
    row = [int(chat), int(person or chat), sealer.seal(json.loads(state)), version, time.time()]
    db.execute(
        "INSERT INTO conversations (chat, person, topic, sealed, version, changed_at) VALUES (?, ?, 0, ?, ?, ?)", row
    )


def open_database(path: Path, sealer: Sealer) -> Database:
    """Connected, checked and migrated. Raises StoreError, and leaves the file as it was, when it can't be used."""
    try:
        _make_if_new(path)
        db = _connect(path)
        try:
            _check(db, path)
            _migrate(db, migrations(sealer))
            _prove_key(db, sealer)
        except BaseException:
            db.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StoreError(_damaged(path, error)) from error
    return db


def _connect(path: Path) -> Database:
    db = Database(sqlite3.connect(path, isolation_level=None, timeout=10, cached_statements=256))
    db.execute("PRAGMA cell_size_check=ON")
    db.execute("PRAGMA trusted_schema=OFF")
    db.execute("PRAGMA synchronous=FULL")  # an answer we sent must not be forgotten at power loss
    db.execute("PRAGMA secure_delete=ON")  # what a person had deleted must not stay in free pages
    return db


def _make_if_new(path: Path) -> None:
    """A new file appears whole. So an empty one is damage, never a beginning, and is not written over in silence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        if path.stat().st_size == 0:
            raise OSError("it is empty")
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as new:
        new.execute("PRAGMA journal_mode=WAL")
        new.execute("CREATE TABLE born (at REAL)")
    try:
        with contextlib.suppress(FileExistsError):  # another starter was faster
            os.link(draft, path)
    finally:
        draft.unlink()


def _check(db: Database, path: Path) -> None:
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(str(found).splitlines()[0])
    db.execute("PRAGMA journal_mode=WAL")
    if sqlite3.sqlite_version_info < SAFE_WAL:
        log.debug(
            "SQLite %s can damage a database that two connections write to at once; this program writes with one. "
            "Open %s with other programs only while it is stopped, or use `run_bot.py backup`.",
            sqlite3.sqlite_version,
            path.name,
        )


def _migrate(db: Database, steps: Migrations) -> None:
    # Migrations reads what is pending outside its own transaction, so simultaneous starters would race.
    db.execute("BEGIN IMMEDIATE")
    try:
        known = {step.name for step in steps.pending(db)} | {step.name for step in steps.applied(db)}
        unknown = known - STEPS
        if unknown:
            raise StoreError(
                f"The database was written by a newer version of this program (it has had {min(unknown)}). Start "
                "that version again, or restore a backup made before the update."
            )
        steps.apply(db)
        db.execute("DROP TABLE IF EXISTS born")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise
    if db.conn.in_transaction:
        db.execute("COMMIT")


STEPS = frozenset(
    {
        "m001_conversations",
        "m002_nothing_lost",
        "m003_question_log",
        "m004_wishes",
        "m005_talks",
        "m006_sealed_with_gcm",
    }
)


def _prove_key(db: Database, sealer: Sealer) -> None:
    """A wrong key is noticed now, not when the first person comes back."""
    db.execute("INSERT INTO proof (name, sealed) VALUES ('key', ?) ON CONFLICT DO NOTHING", [sealer.seal("fits")])
    (sealed,) = db.execute("SELECT sealed FROM proof WHERE name = 'key'").fetchone()
    try:
        sealer.open(sealed)
    except Unreadable:
        raise StoreError(
            "The data key does not fit this database. Set DATA_KEY or DATA_KEY_FILE to the key it was sealed with; "
            "without that key nobody can read the conversations, and all that is left is to move the file away."
        ) from None


def _damaged(path: Path, error: BaseException) -> str:
    backups = sorted(path.parent.glob("*backup*"), key=lambda file: file.stat().st_mtime)
    named = f" The newest one beside it is {backups[-1]}." if backups else ""
    return (
        f"The database {path} can't be used ({error}). Restore a backup (docs/operating.md says how), or move the "
        f"file away to begin with an empty one, and check that DATA_DIR can be written.{named}"
    )
