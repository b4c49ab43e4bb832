"""What stands on a picture and under it: words of the content, names of places short enough for a label, figures."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.conversation.area import Area
from bot.conversation.figures import write_date, write_number
from bot.conversation.knowledge import Knowledge, Table
from bot.conversation.plain_text import plain_text
from bot.conversation.state import Picture
from bot.conversation.wording import PRICES, WAGES, say, source_line

LOOK = 1  # raise it when pictures are drawn differently, so that kept ones are drawn anew
LONGEST_CAPTION = 1024
SHORT_NAME = 20
RURAL = " nonmetropolitan area"

Told = dict[str, Any]


def told(value: float, unit: str) -> Told:
    """A figure as it is drawn: how far, and what stands beside it."""
    return {"value": value, "told": write_number(value, unit)}


def text(knowledge: Knowledge, key: str, **values: Any) -> str:
    """Words for the picture itself: plain text."""
    return plain_text(line(knowledge, key, **values))


def line(knowledge: Knowledge, key: str, **values: Any) -> str:
    """Words for the caption: Telegram HTML, `values` escaped."""
    return say(knowledge.picture_words, key, **values)


def people(role: str, knowledge: Knowledge) -> str:
    occupation = knowledge.career.known_occupations[role]
    return occupation.people or occupation.name


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def where(area: Area, knowledge: Knowledge) -> str:
    return knowledge.picture_words["nation"] if area.type == "nation" else area.name


def short_name(area: Area, knowledge: Knowledge) -> str:
    """A name for a label: a metro area by its first city, "Houston, TX"."""
    if area.type == "nation":
        return knowledge.picture_words["nation_row"]
    if area.type != "metro" or len(area.name) <= SHORT_NAME:
        return area.name.removesuffix(RURAL)
    cities, _, states = area.name.rpartition(", ")
    return f"{re.split('[-/]', cities)[0]}, {states}"


def picture(
    kind: str, figures: Mapping[str, Any], said: Iterable[str], used: Sequence[str], knowledge: Knowledge
) -> Picture:
    """The picture with its source written on it and under it. `used` are the tables behind it: wages, prices."""
    tables = {WAGES: knowledge.career.wages, PRICES: knowledge.career.prices}
    whole = {**figures, "source": _source([tables[name] for name in used], knowledge)}
    # On the day the table grows old at the latest: the words before the picture say so when it has.
    sources, _ = source_line(used, knowledge, min((tables[name].old_after for name in used), default=dt.date.min))
    caption = "\n".join([f"<b>{html.escape(figures['title'], quote=False)}</b>", *said, sources])
    return Picture(kind, whole, caption, key_of(kind, whole))


def key_of(kind: str, figures: Mapping[str, Any]) -> str:
    """The same for the same figures, whenever and wherever it is made; the source in them names their date."""
    plain = json.dumps([LOOK, kind, figures], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:24]


def _source(tables: Iterable[Table], knowledge: Knowledge) -> str:
    parts = [f"{knowledge.sources[t.source].publisher}, {write_date(t.as_of)}" for t in tables]
    opening = knowledge.voice["source_one" if len(parts) == 1 else "source_many"]
    return f"{opening} {'; '.join(parts)}"
