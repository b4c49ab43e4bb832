"""Very many texts that are seldom read, kept as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

END = b"\0"


class Texts(Sequence[str]):
    """Texts without NUL in one piece: a byte a letter, where an object for each takes fifty bytes more.

    They are made anew, one after the other, each time they are gone through.
    """

    __slots__ = ("_length", "joined")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._keep(b"".join(text.encode() + END for text in texts))

    @classmethod
    def joined_before(cls, joined: bytes) -> Texts:
        """From what `joined` of others was."""
        texts = cls()
        texts._keep(joined)
        return texts

    def _keep(self, joined: bytes) -> None:
        self.joined = joined
        self._length = joined.count(END)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        start = 0
        while (end := self.joined.find(END, start)) >= 0:
            yield self.joined[start:end].decode()
            start = end + 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Texts) and self.joined == other.joined

    def __hash__(self) -> int:
        return hash(self.joined)

    def __repr__(self) -> str:
        return f"Texts({list(self)!r})"

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return tuple(self)[at]
