"""What is counted, for Prometheus: numbers only, never who or what."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """A registry of its own, so that two bots in one process (in tests) don't add up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter("advisor_updates", "Updates by what became of them", ["result"], registry=self.registry)
        self.sends = Counter("advisor_sends", "Tries to send by how they ended", ["result"], registry=self.registry)
        self.turn = Histogram(
            "advisor_turn_seconds",
            "From an update to its commit",
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
            registry=self.registry,
        )
        self.waiting = Gauge("advisor_outbox_waiting", "Messages that wait to be sent", registry=self.registry)
        self._updates, self._sends = cache(self.updates.labels), cache(self.sends.labels)

    def fetched(self, silent_for: Callable[[], float]) -> None:
        """For a bot that fetches; a webhook's silence means nothing."""
        told = "Seconds since Telegram last answered"
        Gauge("advisor_last_fetch_seconds", told, registry=self.registry).set_function(silent_for)

    def update(self, result: str) -> None:
        self._updates(result).inc()

    def send(self, result: str) -> None:
        self._sends(result).inc()
