"""Telegram HTML -> the plain text a terminal can show."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


def plain_text(html: str) -> str:
    """The text without markup; the address of a link follows it in brackets only where it differs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: Any) -> None:
        self.parts.append(data)
