"""Lines of the question log -> a report. Pure sums: no clock, no database, no words about what they mean."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from bot.conversation.knowledge import Knowledge
from bot.operator.stats.flow_use import flow_use
from bot.operator.stats.misses import misses
from bot.operator.stats.people import who
from bot.operator.stats.report import Count, Day, Report, Speed, Version, Votes
from bot.store import Logged

QUESTIONS = ("answered", "offered", "place", "refused", "not_ours")
TOP = 15
SLOWEST = 8
LONGEST_CHART = 400  # days


def summed(lines: Sequence[Logged], first: dt.date, last: dt.date, knowledge: Knowledge) -> Report:
    """The report over `lines`, whose days lie from `first` to `last`."""
    asked = [line for line in lines if line.question.outcome in QUESTIONS]
    answered = [line for line in asked if line.question.outcome == "answered"]
    named = title_of(knowledge)
    return Report(
        first=first,
        last=last,
        lines=len(lines),
        people=len({who(line) for line in lines}),
        questions=len(asked),
        outcomes=Counter(line.question.outcome for line in asked),
        days=_days(asked, first, last),
        hours=tuple(Counter(line.question.hour for line in asked)[hour] for hour in range(24)),
        asked=_counts(answered, named),
        elsewhere=_counts([line for line in asked if line.question.outcome == "not_ours"], named),
        misses=misses(lines, knowledge)[:TOP],
        votes=_votes(answered, named),
        up=sum(line.vote == "up" for line in answered),
        down=sum(line.vote == "down" for line in answered),
        flows=tuple(flow_use(name, lines, flow) for name, flow in knowledge.flows.items()),
        speeds=_speeds(answered, named),
        versions=_versions(asked),
    )


def title_of(knowledge: Knowledge) -> Callable[[str], str]:
    """The human title of an intent, or the id where the content no longer has it."""
    known = knowledge.entries.keys() | knowledge.smalltalk.keys()
    return lambda name: knowledge.title(name) if name in known else name


def _counts(lines: Iterable[Logged], named: Callable[[str], str]) -> tuple[Count, ...]:
    times: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        for name in line.question.answers:
            times[name] += 1
            people[name].add(who(line))
    return tuple(Count(name, named(name), number, len(people[name])) for name, number in times.most_common(TOP))


def _votes(lines: Iterable[Logged], named: Callable[[str], str]) -> tuple[Votes, ...]:
    """Worst first; an answer to several questions at once counts for each."""
    found: defaultdict[str, list[Logged]] = defaultdict(list)
    for line in lines:
        for name in line.question.answers:
            found[name].append(line)
    votes = [
        Votes(
            name,
            named(name),
            sum(line.vote == "up" for line in about),
            sum(line.vote == "down" for line in about),
            Counter(line.reason for line in about if line.vote == "down" and line.reason),
            sum(line.question.again for line in about),
        )
        for name, about in found.items()
    ]
    judged = [vote for vote in votes if vote.up or vote.down or vote.again]
    return tuple(sorted(judged, key=lambda v: (-v.down, -v.again, -v.up, v.name)))


def _days(lines: Sequence[Logged], first: dt.date, last: dt.date) -> tuple[Day, ...]:
    """Every day, those without a question too."""
    of_day: defaultdict[str, list[Logged]] = defaultdict(list)
    for line in lines:
        of_day[line.question.day].append(line)
    span = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)][-LONGEST_CHART:]
    return tuple(
        Day(day, len(of_day[day.isoformat()]), len({who(line) for line in of_day[day.isoformat()]})) for day in span
    )


def _speeds(lines: Iterable[Logged], named: Callable[[str], str]) -> tuple[Speed, ...]:
    times: defaultdict[str, list[float]] = defaultdict(list)
    for line in lines:
        if line.question.milliseconds:
            times[line.question.intent].append(line.question.milliseconds)
    speeds = [Speed(n, named(n), len(ms), statistics.median(ms), max(ms)) for n, ms in times.items()]
    return tuple(sorted(speeds, key=lambda speed: -speed.slowest)[:SLOWEST])


def _versions(lines: Iterable[Logged]) -> tuple[Version, ...]:
    """Newest first."""
    of: defaultdict[str, list[Logged]] = defaultdict(list)
    for line in lines:
        of[line.question.version].append(line)
    versions = [
        Version(
            name,
            min(line.question.day for line in about),
            len(about),
            sum(line.question.outcome == "answered" for line in about),
            sum(line.vote == "up" for line in about),
            sum(line.vote == "down" for line in about),
        )
        for name, about in of.items()
    ]
    return tuple(sorted(versions, key=lambda version: version.first, reverse=True))
