"""Who runs this bot, asked anew at every call: a command seen once in a chat gives nobody a right."""

from __future__ import annotations

from bot.handlers.reading import Incoming


def is_operator(incoming: Incoming, operators: frozenset[int]) -> bool:
    """A listed person in their own chat with the bot. In a group others would read along."""
    return incoming.private and incoming.key.person in operators and incoming.key.chat == incoming.key.person
