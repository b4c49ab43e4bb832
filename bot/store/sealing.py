"""Encryption at rest: what people said and were told is sealed with a key that is kept apart from the data."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.plain_json import as_json
from bot.store.protocol import StoreError

log = logging.getLogger(__name__)


class Sealer:
    """Seals plain data with the first key and opens what any of the keys sealed."""

    def __init__(self, keys: list[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise StoreError(f"The data key can't be used ({error}). {HOW_TO_MAKE_ONE}") from None
        self.nothing = self.seal("")  # ready made, for the many lines without words
        self._pepper = hashlib.blake2b(keys[-1].encode(), digest_size=32).digest()

    def seal(self, plain: Any) -> str:
        return self.seal_json(as_json(plain))

    def seal_json(self, told: bytes) -> str:
        """What `as_json` made of something, sealed."""
        return self._fernet.encrypt(told).decode()

    def open(self, sealed: str) -> Any:
        """The inverse of `seal`. Raises Unreadable when none of the keys fits."""
        try:
            return from_json(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise Unreadable from None

    def plain(self, sealed: str) -> dict[str, Any]:
        """The mapping that was sealed. A row that can't be read is taken as empty: the conversation begins anew."""
        try:
            found = self.open(sealed)
        except Unreadable:
            log.error("a row can't be read with the data key; it is taken as empty")
            return {}
        return found if isinstance(found, dict) else {}

    def text(self, sealed: str) -> str:
        """The text that was sealed; "" when it can't be read."""
        try:
            return str(self.open(sealed))
        except Unreadable:
            log.error("a text can't be read with the data key; it is taken as empty")
            return ""

    def again(self, sealed: str) -> str:
        """The same, sealed with the first key."""
        return self._fernet.rotate(sealed).decode()

    def alias(self, name: object) -> str:
        """A short name for the log that only holders of the key can tie to a chat."""
        return hashlib.blake2b(str(name).encode(), key=self._pepper, digest_size=5).hexdigest()


def from_json(told: bytes) -> Any:
    return json.loads(told.decode("utf-8", "surrogatepass"))


class Unreadable(Exception):
    """Sealed with a key we don't have, or damaged."""


HOW_TO_MAKE_ONE = (
    "Make one with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)


def data_keys(setting: str, file: Path) -> list[str]:
    """Keys from DATA_KEY (newest first, separated by commas), else from `file`, which is made at first start."""
    if setting.strip():
        return [key.strip() for key in setting.split(",") if key.strip()]
    with contextlib.suppress(FileExistsError):
        _make(file)
    return file.read_text("ascii").split()


def _make(file: Path) -> None:
    """Written under another name first: whoever starts at the same moment reads a whole key or makes none."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(Fernet.generate_key() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    finally:
        draft.unlink()


def add_key(file: Path) -> None:
    """Put a new key in front of the others, for `rotate-key`."""
    _replace(file, [Fernet.generate_key().decode(), *file.read_text("ascii").split()])


def keep_newest_key(file: Path) -> None:
    _replace(file, file.read_text("ascii").split()[:1])


def _replace(file: Path, keys: list[str]) -> None:
    draft = file.with_name(f"{file.name}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write("\n".join(keys) + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
