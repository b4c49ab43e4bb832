"""Names that stand for people in the question log: the same within a month, and soon nobody's.

A pseudonym is a keyed hash of Telegram's number, the key being a random salt that is kept, sealed, for this calendar
month and the last one. Without the salt the number can't be tried out against it, by us neither. Two months, so that a
thumb on an answer of the 31st still counts on the 1st, and /forget finds what is fresh.
"""

from __future__ import annotations

import hashlib
import secrets
import time


def new_salt() -> str:
    return secrets.token_hex(32)


def pseudonym(salt: str, *parts: object) -> str:
    """Sixteen hex digits that stand for `parts` under this salt."""
    told = "\0".join(map(str, parts)).encode()
    return hashlib.blake2b(told, key=bytes.fromhex(salt), digest_size=8).hexdigest()


def month_of(now: float) -> str:
    """The calendar month of a UTC time in seconds, as `YYYY-MM`."""
    return time.strftime("%Y-%m", time.gmtime(now))


def months_kept(now: float) -> tuple[str, str]:
    """The months whose salts are still needed, this one first."""
    today = time.gmtime(now)
    year, month = (today.tm_year, today.tm_mon - 1) if today.tm_mon > 1 else (today.tm_year - 1, 12)
    return month_of(now), f"{year:04}-{month:02}"
