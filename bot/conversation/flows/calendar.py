"""Days as an iCalendar file (RFC 5545): whole-day events, lines folded at 75 bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Iterable, Iterator

from bot.conversation.state import File

TAG = re.compile(r"<[^>]*>")
FOLD = 74


def calendar_file(name: str, days: Iterable[tuple[dt.date, str, str]], today: dt.date) -> File:
    """`days` are (day, title, text), markup allowed and dropped. Equal days give an equal file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//career advisor//plan//EN", "CALSCALE:GREGORIAN"]
    for day, title, text in days:
        uid = hashlib.sha256(f"{day}{title}".encode()).hexdigest()[:16]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}@plan.invalid",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            *([f"DESCRIPTION:{_escaped(text)}"] if text else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return File(name, "".join(f"{part}\r\n" for line in lines for part in _folded(line)))


def _escaped(text: str) -> str:
    plain = html.unescape(TAG.sub("", text))
    for char in "\\;,":
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    part, size = "", 0
    for char in line:
        wide = len(char.encode())
        if size + wide > FOLD:
            yield part
            part, size = " ", 1
        part, size = part + char, size + wide
    yield part
