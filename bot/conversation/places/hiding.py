"""Places replaced by one stand-in, so that "pay in boise" and "pay in 60540" are one question."""

from __future__ import annotations

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.recognise import recognise


def hide_places(text: str, stand_in: str, index: PlaceIndex) -> str:
    """`text` with `stand_in` for each US place, known or not; "the US" itself stays, it narrows nothing down.

    One that is said not to be meant goes: "in ohio not iowa" is "in ohio".
    """
    found = recognise(text, index)
    for place in sorted((*found.places, *found.unknown, *found.denied), key=lambda place: -place.start):
        if place in found.denied:
            text = text[: place.start] + text[place.end :]
        elif place.codes != (index.nation,):
            before, after = text[: place.start], text[place.end :]
            text = f"{before}{' ' * before[-1:].isalnum()}{stand_in}{' ' * after[:1].isalnum()}{after}"
    return text
