"""Who a line of the log stands for."""

from __future__ import annotations

from bot.store import Logged


def who(line: Logged) -> str:
    """Stands for the person; a line that nobody is tied to any more counts as somebody of its own."""
    return line.alias or f"#{line.number}"
