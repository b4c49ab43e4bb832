"""A copy of the database while the bot goes on writing to it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from bot.store.protocol import StoreError


def backup(path: Path, target: Path) -> None:
    """A whole copy of the database as it is now, also while the bot runs. Raises StoreError."""
    if not path.exists():
        raise StoreError(f"There is no database at {path}. Is DATA_DIR right?")
    if target.exists():
        raise StoreError(f"{target} exists already; name a file that does not.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Read-only, so that this second connection never writes or checkpoints.
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            db.execute("VACUUM INTO ?", [str(target)])
        target.chmod(0o600)
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise StoreError(f"The backup could not be made ({error}).") from None
