"""Deliveries that are refused: each counted, each kind told once a minute, so that no knocking can fill the log."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.handlers.logs import where
from bot.handlers.metrics import Metrics

log = logging.getLogger(__name__)

SAID_AGAIN_AFTER = 60.0  # seconds


class Refusals:
    """Call it with a status and what is wrong with the delivery, for the answer."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._said: dict[str, float] = {}

    def __call__(self, status: int, why: str) -> web.Response:
        self._metrics.update(f"refused_{status}")
        now = time.monotonic()
        if now - self._said.get(why, -SAID_AGAIN_AFTER) >= SAID_AGAIN_AFTER:
            self._said[why] = now
            log.warning("a delivery %s was refused (%d)", why, status)
        return web.Response(status=status)


class ServerLog(logging.Logger):
    """For aiohttp's server, which would tell what is no HTTP with a traceback that quotes it."""

    def __init__(self, refusals: Refusals) -> None:
        super().__init__(__name__)
        self._refusals = refusals

    def exception(self, msg: object, *args: object, **given: Any) -> None:
        error = given.get("exc_info") or sys.exc_info()[1]
        if isinstance(error, HttpProcessingError):
            self._refusals(error.code, "that is no HTTP")
        elif isinstance(error, BaseException):
            log.error("a request failed: %s", where(error))
