"""Logging set up so that the bot token can't get into a log, whoever logs it."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class WithoutToken(logging.Formatter):
    """Replaces anything that looks like a token in the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("[token]", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error. httpx and httpcore name every address they call, and ours holds the token."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutToken(FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "apscheduler", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
