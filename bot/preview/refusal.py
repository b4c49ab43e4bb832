"""How a Bot API call is turned down: status, words, and how long to wait. The words are Telegram's own where known."""

from __future__ import annotations


class Refused(Exception):
    """The call changes nothing and is answered with `{"ok": false, ...}`."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


def bad(words: str) -> Refused:
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    return Refused(409, f"Conflict: {words}")


def too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
