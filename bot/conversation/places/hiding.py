"""Places replaced by one stand-in, so that "pay in boise" and "pay in 60540" are one question."""

from __future__ import annotations

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.recognise import recognise


def hide_places(text: str, stand_in: str, index: PlaceIndex) -> str:
    """`text` with `stand_in` for each US place; "the US" itself stays, it narrows nothing down."""
    for place in reversed(recognise(text, index).places):
        if place.codes[0] != index.nation:
            text = f"{text[: place.start]} {stand_in} {text[place.end :]}"
    return text
