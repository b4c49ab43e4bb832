"""A dated plan as the text of an `.ics` file, for any calendar program. The format is `icalendar`'s business."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One whole day of a plan: what happens, and a note for the calendar entry."""

    day: dt.date
    title: str
    note: str = ""


def calendar_text(days: Iterable[PlanDay], name: str, made_on: dt.date) -> str:
    """The plan in iCalendar form (RFC 5545), all-day events in the order of their days.

    The same plan made on the same day gives the same text, so that importing it twice does not double it.
    """
    from icalendar import Calendar  # only here: a tenth of a start's imports, and few plans are taken along

    calendar = Calendar()
    calendar.add("prodid", f"-//{name}//EN")
    calendar.add("version", "2.0")
    for planned in sorted(days, key=lambda planned: planned.day):
        calendar.add_component(_event(planned, name, made_on))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(planned: PlanDay, name: str, made_on: dt.date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", hashlib.sha256(f"{name}|{planned.day}|{planned.title}".encode()).hexdigest()[:32])
    event.add("dtstamp", dt.datetime.combine(made_on, dt.time(), dt.UTC))
    event.add("dtstart", planned.day)
    event.add("dtend", planned.day + dt.timedelta(days=1))
    event.add("summary", planned.title)
    if planned.note:
        event.add("description", planned.note)
    return event
