"""What was made once is kept for the next who needs it; when there is too much, what was longest not asked for goes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")
NOTHING = object()  # None may be what was made


class Kept:
    """At most `most` things. Safe to share between threads; two that ask at once may both make the same."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: dict[Hashable, Any] = {}  # the one longest not asked for comes first
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under `key`, else what `make` makes."""
        with self._lock:
            found = self._things.pop(key, NOTHING)
            if found is not NOTHING:
                self._things[key] = found
                return found  # type: ignore[no-any-return]  # what was made under this key
        made = make()
        with self._lock:
            self._things[key] = made
            if len(self._things) > self._most:
                del self._things[next(iter(self._things))]
        return made
