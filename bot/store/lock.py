"""One program at a time for a data folder: two writers can damage a SQLite database."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.protocol import StoreError


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the folder. Raises StoreError when another program does. The lock goes with the process."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with open(data_dir / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"The bot is running already with the data in {data_dir}. Stop it first, or set DATA_DIR to another "
                "folder."
            ) from None
        yield
