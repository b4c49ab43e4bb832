"""Places named in a message -> areas of the pay table. Pure: the names are handed in as a `PlaceIndex`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.places.place import Found, Place
from bot.conversation.places.recognise import recognise

if TYPE_CHECKING:
    from bot.conversation.knowledge import Knowledge

__all__ = ["Found", "Place", "find_places", "recognise"]


def find_places(text: str, knowledge: Knowledge) -> list[Place]:
    """All US places named in `text`, in order."""
    return list(recognise(text, knowledge.places).places)
