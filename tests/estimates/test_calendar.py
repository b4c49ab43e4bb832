"""A dated plan that any calendar program opens."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar

from bot.conversation.estimates.calendar import PlanDay, calendar_text

DAYS = [
    PlanDay(dt.date(2027, 4, 26), "Exam; bring the books, all of them", "Book early"),
    PlanDay(dt.date(2027, 1, 4), "Course starts — “hello”"),
]
TODAY = dt.date(2026, 11, 24)


def test_a_plan_read_back_has_the_same_days_and_words() -> None:
    events = Calendar.from_ical(calendar_text(DAYS, "Plan", TODAY)).walk("VEVENT")
    assert [(str(e["summary"]), e.decoded("dtstart")) for e in events] == [
        ("Course starts — “hello”", dt.date(2027, 1, 4)),
        ("Exam; bring the books, all of them", dt.date(2027, 4, 26)),
    ]
    assert str(events[1]["description"]) == "Book early"


def test_the_same_plan_twice_is_the_same_file() -> None:
    assert calendar_text(DAYS, "Plan", TODAY) == calendar_text(reversed(DAYS), "Plan", TODAY)
