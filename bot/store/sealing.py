"""Encryption at rest: what people said and were told is sealed with a key that is kept apart from the data."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.plain_json import as_json
from bot.store.protocol import StoreError

log = logging.getLogger(__name__)


NOW = "2."  # before what is sealed today; without it a row is Fernet's, as it was before
LIFE, NONCE = 16, 12  # bytes


class Sealer:
    """Seals plain data with the first key and opens what any of the keys sealed.

    AES-256 in GCM. Each life of the program has a cipher of its own, derived from the key and some random bytes that
    go with every row, so that the random nonces of a key, of which there are enough for a year of full load, never
    run out.
    """

    def __init__(self, keys: list[str]) -> None:
        try:
            self._before = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise StoreError(
                "The data key can't be used: DATA_KEY, or what is in DATA_KEY_FILE, should be 44 letters, digits, - or "
                f"_, with = at the end. If you have data, copy the whole key it was sealed with. {HOW_TO_MAKE_ONE}"
            ) from None
        self._keys = [base64.urlsafe_b64decode(key) for key in keys]
        self._life = os.urandom(LIFE)
        self._cipher = cipher(self._keys[0], self._life)
        self.nothing = self.seal("")  # ready made, for the many lines without words
        self._pepper = hashlib.blake2b(keys[-1].encode(), digest_size=32).digest()

    def seal(self, plain: Any) -> str:
        return self.seal_json(as_json(plain))

    def seal_json(self, told: bytes) -> str:
        """What `as_json` made of something, sealed."""
        nonce = os.urandom(NONCE)
        sealed = self._life + nonce + self._cipher.encrypt(nonce, told, None)
        return NOW + binascii.b2a_base64(sealed, newline=False).decode()

    def open(self, sealed: str) -> Any:
        """The inverse of `seal`. Raises Unreadable when none of the keys fits."""
        return from_json(self._opened(sealed))

    def _opened(self, sealed: str) -> bytes:
        if not sealed.startswith(NOW):
            try:
                return self._before.decrypt(sealed)
            except (InvalidToken, ValueError):  # the latter for letters that are none of its own
                raise Unreadable from None
        for key in self._keys:
            with contextlib.suppress(InvalidTag, ValueError):  # another key's, or damaged
                found = binascii.a2b_base64(sealed[len(NOW) :])
                life, nonce, rest = found[:LIFE], found[LIFE : LIFE + NONCE], found[LIFE + NONCE :]
                return cipher(key, life).decrypt(nonce, rest, None)
        raise Unreadable

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
        return self.seal_json(self._opened(sealed))

    def alias(self, name: object) -> str:
        """A short name for the log that only holders of the key can tie to a chat."""
        return hashlib.blake2b(str(name).encode(), key=self._pepper, digest_size=5).hexdigest()


def cipher(key: bytes, life: bytes) -> AESGCM:
    return AESGCM(hashlib.blake2b(life, key=key, person=b"sealed at rest", digest_size=32).digest())


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
