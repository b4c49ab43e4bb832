"""What was sealed a moment ago and is read next: it need not be opened for that. In memory only, and not for long."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Fresh(Generic[T]):
    """Sealed -> what it says, of the last `most`. Belongs to the one thread that writes."""

    def __init__(self, most: int) -> None:
        self._known: dict[str, T] = {}
        self._most = most

    def put(self, sealed: str, plain: T) -> None:
        self._known[sealed] = plain
        if len(self._known) > self._most:
            del self._known[next(iter(self._known))]

    def take(self, sealed: str) -> T | None:
        """Once; None for what is older."""
        return self._known.pop(sealed, None)

    def clear(self) -> None:
        self._known.clear()
