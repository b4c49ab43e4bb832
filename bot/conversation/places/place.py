"""What recognition gives back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.places.index import Choice


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it was written and the areas it may mean, likeliest first.

    `choice` says what several codes are: see `index.Choice`; with "ask" a person has to be asked. `labels` name the
    codes on a button where the area's own name would not do; `states` are the postal codes beside the codes where a
    town was named; `start` and `end` are its span in the message; `town` is the name it is known by ("Naperville, IL").
    """

    written: str
    codes: tuple[str, ...]
    choice: Choice = "clear"
    labels: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    town: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The US places of a message in order, and the first place abroad, as written ("" for none)."""

    places: tuple[Place, ...] = ()
    abroad: str = ""
    unknown: tuple[Place, ...] = ()  # names that stand where a town would, without a state; in no list of ours
    denied: tuple[Place, ...] = ()  # said not to be meant, each with the "not" before it
