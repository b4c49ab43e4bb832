"""What came out of the content's tests: failures as a person would read them, and what no test ever reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from bot.conversation.flows.progress import active
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State, Turn

RESULT = "the result"


Weight = Literal["grave", "plain", "figure"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One test that did not go as written: where it stands, what was said, what should have come and what came.

    It weighs by what it says of the content: `grave` where danger was not heard or a measure of all sentences fell
    short, `figure` where all but the figures came as written, as after a new price.
    """

    file: str
    line: int
    title: str
    said: str
    expected: str
    came: str
    weight: Weight = "plain"

    @property
    def where(self) -> str:
        """One line, for a list of them."""
        return f"{self.file}:{self.line}: {self.title}"

    def __str__(self) -> str:
        return f"{self.where}\n{_part('said', self.said)}{_part('expected', self.expected)}" + (
            _part("came", self.came)
        )


def _part(name: str, text: str) -> str:
    return "".join(f"  {name if not i else '':<9} {line}".rstrip() + "\n" for i, line in enumerate(text.splitlines()))


@dataclass(slots=True)
class Report:
    """What came out: how many tests there were, those that failed, sentences missed, and what was reached."""

    played: int = 0
    asked: int = 0
    right: int = 0
    failures: list[Failure] = field(default_factory=list)
    missed: list[Failure] = field(default_factory=list)
    questions: set[str] = field(default_factory=set)
    steps: set[tuple[str, str]] = field(default_factory=set)
    whole: bool = False  # whether all tests there are were run, so that what was not reached is worth telling

    def reached(self, turn: Turn, before: State, knowledge: Knowledge) -> None:
        """Note which questions and which step of a flow this turn answered or asked."""
        self.questions.update(turn.intents if turn.kind in {"answer", "smalltalk", "out_of_scope"} else ())
        if turn.flow:
            self.steps.add((turn.flow, turn.step))
        progress, earlier = active(turn.state, knowledge), active(before, knowledge)
        if progress and not progress.step and earlier and earlier.step and turn.kind == "flow":
            self.steps.add((progress.flow, RESULT))


def never_reached(report: Report, knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """Questions and steps of flows that no test reached."""
    questions = [q for q in (*knowledge.entries, *knowledge.smalltalk) if q not in report.questions]
    asked = {name: [s for s, step in flow.steps.items() if not step.unasked] for name, flow in knowledge.flows.items()}
    steps = [(flow, step) for flow, names in asked.items() for step in (*names, RESULT)]
    return questions, [f"{flow}: {step}" for flow, step in steps if (flow, step) not in report.steps]


def told(report: Report, knowledge: Knowledge) -> Iterable[str]:
    """The report as lines for a terminal."""
    yield from map(str, report.failures)
    if report.missed:
        yield f"Of {report.asked} sentences {len(report.missed)} were not understood as meant:"
        for miss in report.missed:
            yield f"  {miss.file}:{miss.line}: “{miss.said}” should be {miss.expected}, was {miss.came}"
    if report.whole:
        yield from coverage(report, knowledge)
    yield (
        f"{report.played} conversations, {report.asked} sentences, "
        + (f"{len(report.failures)} failed." if report.failures else "all as expected.")
    )


def coverage(report: Report, knowledge: Knowledge) -> Iterable[str]:
    """How many answers and steps of flows were reached, and which never."""
    questions, steps = never_reached(report, knowledge)
    answers = len(knowledge.entries) + len(knowledge.smalltalk)
    yield f"Answers reached: {answers - len(questions)} of {answers}."
    yield from [f"  never: {', '.join(questions)}"] if questions else []
    if knowledge.flows:
        all_steps = sum(len(flow.steps) + 1 for flow in knowledge.flows.values())
        yield f"Steps of flows reached: {all_steps - len(steps)} of {all_steps}."
        yield from [f"  never: {', '.join(steps)}"] if steps else []
