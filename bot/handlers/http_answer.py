"""The bytes of an HTTP/1.1 answer -> its status and body, or the word that more must come."""

from __future__ import annotations

import re

LARGEST_HEAD, LARGEST_BODY = 64 << 10, 64 << 20  # bytes; Telegram's own stay far below
STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9]\d\d)(?: |\r|$)")
BODILESS = (204, 304)


class NoHttp(Exception):
    """The server speaks something else, or broke off within its answer."""


class Answer:
    """Grows by `take` until `done`; then `status`, `body`, and whether the connection can be `kept`."""

    def __init__(self) -> None:
        self.status, self.body, self.kept, self.done = 0, b"", False, False
        self._data = bytearray()
        self._start = 0  # of the body
        self._length: int | None = None
        self._chunked = False

    @property
    def begun(self) -> bool:
        return bool(self._data)

    def take(self, data: bytes) -> None:
        """Raises NoHttp."""
        self._data += data
        while not self._start:
            if not self._head():
                return
        if self._chunked:
            self._chunks()
        elif self._length is not None and len(self._data) >= self._start + self._length:
            self._finish(bytes(self._data[self._start : self._start + self._length]), self._start + self._length)
        if not self.done and len(self._data) > LARGEST_HEAD + LARGEST_BODY:
            raise NoHttp("too large")

    def end(self) -> None:
        """The server has closed. Raises NoHttp when something is missing."""
        if not self._start or self._chunked or self._length is not None:
            raise NoHttp("closed within the answer")
        self._finish(bytes(self._data[self._start :]), len(self._data))
        self.kept = False

    def _head(self) -> bool:
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            if len(self._data) > LARGEST_HEAD:
                raise NoHttp("a head without an end")
            return False
        first, *lines = bytes(self._data[:end]).split(b"\r\n")
        told = STATUS.match(first)
        if told is None:
            raise NoHttp("no HTTP")
        self.status = int(told[2])
        if self.status < 200:  # "go on": the answer comes after it
            del self._data[: end + 4]
            return self._head()
        self._start = end + 4
        self._fields(dict(_field(line) for line in lines), persistent=told[1] == b"1")
        return True

    def _fields(self, fields: dict[bytes, bytes], persistent: bool) -> None:
        wish = fields.get(b"connection", b"").lower()
        self.kept = b"close" not in wish and (persistent or b"keep-alive" in wish)
        self._chunked = b"chunked" in fields.get(b"transfer-encoding", b"").lower()
        length = fields.get(b"content-length")
        if self.status in BODILESS:
            self._length = 0
        elif length is not None and not self._chunked:
            if not length.isdigit() or int(length) > LARGEST_BODY:
                raise NoHttp("a length that is none")
            self._length = int(length)

    def _chunks(self) -> None:
        at, parts = self._start, []
        while (end := self._data.find(b"\r\n", at)) >= 0:
            try:
                size = int(self._data[at:end].partition(b";")[0], 16)
            except ValueError:
                raise NoHttp("a chunk without a size") from None
            if not 0 <= size <= LARGEST_BODY:
                raise NoHttp("a chunk without a size")
            at = end + 2 + size
            if size:
                if len(self._data) < at + 2:
                    return
                parts.append(bytes(self._data[end + 2 : at]))
                at += 2
                continue
            # Nothing, or lines of a trailer, then an empty line.
            if self._data[at : at + 2] == b"\r\n":
                self._finish(b"".join(parts), at + 2)
            elif (trailer := self._data.find(b"\r\n\r\n", at)) >= 0:
                self._finish(b"".join(parts), trailer + 4)
            return

    def _finish(self, body: bytes, end: int) -> None:
        self.body, self.done = body, True
        if len(self._data) > end:  # more than was asked for: what comes next can't be told apart
            self.kept = False


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.partition(b":")
    return name.lower(), value.strip()
