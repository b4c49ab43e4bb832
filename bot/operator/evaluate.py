"""`evaluate FILE`: how well labelled messages are understood. Measures; never teaches."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.knowledge import Knowledge
from bot.conversation.rehearsal import rehearse
from bot.conversation.state import Turn
from bot.load_knowledge.problems import did_you_mean
from bot.operator.ask import ask

OURS = "in_scope"
TALK = "chitchat"
NO_SUCH_TOPIC = "no such topic"


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled message and what became of it, as `judge` says, or that none of its topics exists."""

    row: Mapping[str, Any]
    turn: Turn
    verdict: str
    ms: float

    @property
    def likeliest_is_right(self) -> bool:
        """Of a message in scope, whether its likeliest question is the one meant, whatever was said to it."""
        return best(self.turn) in accepted(self.row)


@dataclass(slots=True)
class Report:
    """Verdicts by kind, the messages that went wrong, and how often topics are named that are no question."""

    judged: list[Judged] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    def shares(self, kind: str) -> dict[str, float]:
        of_kind = [j for j in self.judged if j.row["kind"] == kind]
        counts = Counter(j.verdict for j in of_kind)
        return {verdict: count / len(of_kind) for verdict, count in counts.most_common()}


def evaluate(lines: Iterable[str], knowledge: Knowledge, today: dt.date) -> Report:
    """Each line is JSON with `q`, `kind`, `topics` and perhaps `also_ok`. Raises ValueError for another shape.

    Times are those of a bot that has run a while.
    """
    for _ in rehearse(knowledge, today):
        pass
    report = Report()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = read_row(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
        turn, ms = ask(row["q"], knowledge, today)
        unknown = _unknown(row, knowledge)
        report.unknown.update(unknown)
        verdict = NO_SUCH_TOPIC if unknown and unknown == accepted(row) else judge(row, turn)
        report.judged.append(Judged(row, turn, verdict, ms))
    if not report.judged:
        raise ValueError("holds no message")
    return report


def read_row(line: str) -> dict[str, Any]:
    """One labelled message. Raises ValueError with what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError:
        raise ValueError("is no JSON; each line is an object of its own") from None
    if not isinstance(row, dict) or not {"q", "kind", "topics"} <= row.keys():
        raise ValueError("needs the keys q, kind and topics")
    if not isinstance(row["q"], str):
        raise ValueError("q should be a text")
    for key in ("topics", "also_ok"):
        if not isinstance(row.get(key) or [], list):
            raise ValueError(f'{key} should be a list, like ["one", "two"]')
    return row


def accepted(row: Mapping[str, Any]) -> set[str]:
    return set(row["topics"]) | set(row.get("also_ok") or ())


def _unknown(row: Mapping[str, Any], knowledge: Knowledge) -> set[str]:
    """Of a message that is ours, the topics that are no question here: a slip in the label, or another content's."""
    return accepted(row) - knowledge.entries.keys() - knowledge.smalltalk.keys() if row["kind"] == OURS else set()


def judge(row: Mapping[str, Any], turn: Turn) -> str:
    """In scope: right, offered, wrong or refused. Otherwise: right (not answered as ours), wrong, or offered.

    An answer told as a guess, with what else it may be beside it, offers those. A guess at what is not ours is wrong.
    """
    wanted = accepted(row)
    if row["kind"] == OURS:
        if turn.answers:
            return "right" if turn.intents[0] in wanted else "offered" if wanted & beside(turn) else "wrong"
        if turn.kind == "clarify":
            return "offered" if wanted & set(turn.intents) else "wrong offer"
        return "refused"
    if turn.answers:
        return "right" if turn.intents[0] in wanted else "wrong"
    if row["kind"] == TALK:
        return "right" if turn.kind in {"smalltalk", "command"} else "other refusal"
    return "offered" if turn.kind == "clarify" else "right"


def beside(turn: Turn) -> set[str]:
    """What an answer may mean as well, if it was told as a guess."""
    return set(turn.meaning.beside) if turn.meaning else set()


def best(turn: Turn) -> str:
    """The question of ours that the message asks most likely, whatever was said to it. Empty if there is none."""
    if turn.answers or turn.kind == "clarify":
        return turn.intents[0]
    questions = turn.meaning.match.questions if turn.meaning else ()
    return questions[0].intent if questions else ""


def told(report: Report, knowledge: Knowledge, *, misses: bool) -> Iterator[str]:
    """The report as lines for a terminal."""
    for topic, count in report.unknown.most_common():
        yield f"no question is called '{topic}' ({count} of the messages){did_you_mean(topic, knowledge.entries)}"
    for kind in dict.fromkeys(j.row["kind"] for j in report.judged):
        count = sum(j.row["kind"] == kind for j in report.judged)
        shares = "  ".join(f"{verdict} {share:.1%}" for verdict, share in report.shares(kind).items())
        yield f"{kind:13} {count:4}  {shares}"
    yield from likeliest(report)
    yield from guesses(report)
    times = sorted(j.ms for j in report.judged)
    if times:
        yield f"time in respond: median {times[len(times) // 2]:.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms"
    yield from calibration(report)
    if misses:
        for j in report.judged:
            if j.verdict not in {"right", "offered"}:
                wanted = "/".join(j.row["topics"])
                got = "/".join(j.turn.intents) or j.turn.kind
                yield f"{j.verdict:13} {j.turn.probability:.2f} {wanted} <- {got}: {j.row['q'][:110]}"


def likeliest(report: Report) -> Iterator[str]:
    """Of what is in scope, how often the likeliest question was the one meant: answered, offered first or refused."""
    ours = [j for j in report.judged if j.row["kind"] == OURS]
    if ours:
        right = sum(j.likeliest_is_right for j in ours)
        yield f"in scope, likeliest question the right one: {right / len(ours):.1%}"


def guesses(report: Report) -> Iterator[str]:
    """Of what is in scope, how much was told as a guess with other questions beside it, and how that went."""
    ours = [j for j in report.judged if j.row["kind"] == OURS]
    verdicts = Counter(j.verdict for j in ours if j.turn.kind == "answer" and beside(j.turn))
    if verdicts:
        shares = "  ".join(f"{verdict} {count / len(ours):.1%}" for verdict, count in verdicts.most_common())
        yield f"in scope, told as a guess with others beside it: {shares}"


def calibration(report: Report) -> Iterator[str]:
    """Of answers given at probability p, how many were right, in tenths."""
    answers = [j for j in report.judged if j.turn.answers]
    for tenth in range(10):
        inside = [j for j in answers if int(min(j.turn.probability, 0.9999) * 10) == tenth]
        if inside:
            right = sum(j.verdict == "right" for j in inside) / len(inside)
            said = sum(j.turn.probability for j in inside) / len(inside)
            yield f"answers at {said:.2f}: {right:.2f} right of {len(inside)}"
