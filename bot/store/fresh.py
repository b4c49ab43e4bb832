"""What was sealed a moment ago and is read next: it need not be opened for that. In memory only, and not for long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 1000


class Fresh:
    """Sealed -> what it says. Belongs to the one thread that writes."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, Any]] = {}

    def put(self, sealed: str, plain: Mapping[str, Any]) -> None:
        self._known[sealed] = plain
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]

    def take(self, sealed: str) -> Mapping[str, Any] | None:
        """Once; None for what is older."""
        return self._known.pop(sealed, None)

    def clear(self) -> None:
        self._known.clear()
