"""How long it takes: until ready, until the beginner's mark falls, until savings run out (C17 to C19)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from bot.conversation.estimates.gain import DAYS_A_MONTH, months_after

MARK_MONTHS, STEP_MONTHS = 24, 12


@dataclass(frozen=True, slots=True)
class Study:
    """`hours` in all at `hours_a_week`, never done in less than `least_weeks`; then the waits for exam, result, job."""

    hours: float
    hours_a_week: float
    start: dt.date
    least_weeks: float = 0.0
    exam_wait_weeks: float = 2.0
    result_weeks: float = 1.0
    search_months: float = 4.0
    mark_months: float = 0.0


@dataclass(frozen=True, slots=True)
class Ready:
    """Weeks, months from the start, and the days: course ends, exam, credential, first job, beginner's mark gone.

    `ready_months` is until the credential, `job_months` until the first job.
    """

    course_weeks: int
    course_months: float
    ready_months: float
    job_months: float
    course_ends: dt.date
    exam_day: dt.date
    credential_day: dt.date
    job_day: dt.date
    mark_gone_day: dt.date


def time_to_ready(given: Study) -> Ready:
    """C17. ceil(hours / hours a week), at least `least_weeks`, plus waits. Raises `ValueError` for no hours a week."""
    if given.hours_a_week <= 0:
        raise ValueError("no study hours a week, no end")
    weeks = math.ceil(max(given.hours / given.hours_a_week, given.least_weeks))
    ends = given.start + dt.timedelta(weeks=weeks)
    exam = ends + dt.timedelta(weeks=given.exam_wait_weeks)
    credential = exam + dt.timedelta(weeks=given.result_weeks)
    job = months_after(credential, given.search_months) or credential
    gone = months_after(job, given.mark_months) or job
    ready = (credential - given.start).days / DAYS_A_MONTH
    months = (ends - given.start).days / DAYS_A_MONTH
    return Ready(weeks, months, ready, ready + given.search_months, ends, exam, credential, job, gone)


@dataclass(frozen=True, slots=True)
class Apprentice:
    """Months of work in the field; whether an approved course and the issuer's practice program are done."""

    experience_months: float = 0.0
    approved_course: bool = False
    practice_program: bool = False


@dataclass(frozen=True, slots=True)
class MarkLeft:
    """Months of work still needed."""

    months: float


def apprentice_mark(given: Apprentice) -> MarkLeft:
    """C18. 24 months less experience, less 12 each for course and practice program: the issuer's rule."""
    steps = given.approved_course + given.practice_program
    return MarkLeft(max(0.0, MARK_MONTHS - given.experience_months - STEP_MONTHS * steps))


@dataclass(frozen=True, slots=True)
class Purse:
    """Savings, and monthly spending and income while studying, in dollars; `needed_months` is course plus search.

    `course` is what the training takes out of the same savings.
    """

    savings: float
    monthly_spend: float
    monthly_income: float = 0.0
    needed_months: float = 0.0
    course: float = 0.0


@dataclass(frozen=True, slots=True)
class Runway:
    """`months` savings last for living alone (None when income covers spending), `short_months` how much too short.

    `short_dollars` is what is missing for living and the course together; `enough` when nothing is.
    """

    months: float | None
    enough: bool
    short_months: float
    short_dollars: float


def runway(given: Purse) -> Runway:
    """C19. Savings / (spending - income), against course plus search; the course's price comes on top."""
    gap = given.monthly_spend - given.monthly_income
    missing = max(0.0, given.course + gap * given.needed_months - given.savings)
    if gap <= 0:
        return Runway(None, missing == 0, 0.0, missing)
    months = given.savings / gap
    return Runway(months, missing == 0, max(0.0, given.needed_months - months), missing)
