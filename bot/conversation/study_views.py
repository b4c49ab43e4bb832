"""What an answer's template sees of hours a week: how many months so much study takes, what so much work pays."""

from __future__ import annotations

import datetime as dt

from bot.conversation.amounts import WEEKS_A_YEAR
from bot.conversation.estimates.time import Study, time_to_ready
from bot.conversation.views import Figure, Notes

MONTHS_A_YEAR = 12
ANY_DAY = dt.date(2000, 1, 1)  # months are counted from it, and none is shown


class StudyView:
    """`hours` are those of a week, and `months(route hours, shortest weeks, weeks to the exam)` is until the credential
    is there, by the same sum as in a plan. `paid_month(by the hour)` and `paid_year` are before tax, for such hours of
    work in every week of the year."""

    def __init__(self, hours: tuple[float, float], notes: Notes) -> None:
        self._low, self._high, self._notes = *hours, notes
        self.hours = Figure(hours if hours[0] < hours[1] else hours[0], "hours", (), notes)

    def months(self, hours: Figure, weeks: Figure, wait: Figure) -> Figure:
        low, high = self._months(hours.low, self._high, weeks, wait), self._months(hours.high, self._low, weeks, wait)
        facts = (*hours._facts, *weeks._facts, *wait._facts)
        return Figure((low, high) if low < high else low, "months", facts, self._notes)

    def paid_month(self, by_hour: Figure) -> Figure:
        return self._paid(by_hour, WEEKS_A_YEAR / MONTHS_A_YEAR, "usd_month")

    def paid_year(self, by_hour: Figure) -> Figure:
        return self._paid(by_hour, WEEKS_A_YEAR, "usd_year")

    def _paid(self, by_hour: Figure, weeks: float, unit: str) -> Figure:
        """For the middle of the hours told, to the ten dollars: no week is that exact."""
        hours = (self._low + self._high) / 2
        return Figure(round(float(by_hour) * hours * weeks, -1), unit, by_hour._facts, self._notes)

    def _months(self, hours: Figure, a_week: float, weeks: Figure, wait: Figure) -> int:
        study = Study(float(hours), a_week, ANY_DAY, least_weeks=float(weeks), exam_wait_weeks=float(wait))
        return max(1, round(time_to_ready(study).ready_months))
