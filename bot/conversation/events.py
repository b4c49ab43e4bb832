"""What can happen in a conversation. A face turns its own updates into these; the core knows no other input."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The person wrote something; `edited` if they changed what they wrote before."""

    text: str
    at: dt.date
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a button that carries `data`; it may be from last week, or not ours at all."""

    data: str
    at: dt.date


@dataclass(frozen=True, slots=True)
class Commanded:
    """`/name argument`, without the slash."""

    name: str
    argument: str
    at: dt.date


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text: `kind` is voice, photo, sticker, file, location, contact or other."""

    kind: str
    at: dt.date


Event = Said | Pressed | Commanded | Sent
