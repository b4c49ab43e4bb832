"""Logging set up so that neither the bot token nor what a person wrote can get into a log, whoever logs it."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from typing import Any

TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# They name addresses (ours hold the token) and whole updates (which hold what people wrote).
CHATTY = ("httpx", "httpcore", "apscheduler", "aiohttp", "pyreqwest", "telegram", "asyncio")


class WithoutToken(logging.Formatter):
    """Replaces anything that looks like a token in the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("[token]", super().format(record))


class AsJson(WithoutToken):
    """One JSON object a line; `fields` of a record become keys."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name}
        fields = getattr(record, "fields", None)
        line |= {"event": record.msg.split(" ", 1)[0], **fields} if fields else {"message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return TOKEN.sub("[token]", json.dumps(line, ensure_ascii=False))


def set_up(level: str, as_json: bool) -> None:
    """Log to standard error. Libraries that would name the token or a person's words stay at WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if as_json else WithoutToken(FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """Kind and place of an error, without its message: that may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    path = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {path}"
