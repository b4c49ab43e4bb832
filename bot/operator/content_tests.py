"""`test`: the content's own tests, played against the real core, and what no test ever reaches.

A conversation must go as written, each step. Sentences are a measure: a few may be missed, as long as most are
understood and hardly any is answered as something else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.places import recognise
from bot.conversation.plain_text import plain_text
from bot.conversation.respond import respond
from bot.conversation.state import State, Turn
from bot.load_knowledge.content_tests import (
    ContentTests,
    Sentence,
    Step,
    Transcript,
    files_in,
    read_tests,
    tests_folder,
)
from bot.load_knowledge.problems import Problem, did_you_mean
from bot.operator.content_report import Failure, Report, Weight
from bot.operator.evaluate import beside
from bot.operator.talk import Conversation

RIGHT = 0.75  # of the sentences that ask something of ours: answered rightly at once
RIGHT_OR_OFFERED = 0.90
WRONG = 0.04  # answered as another question, without the right one beside the answer
NOT_OURS_ANSWERED = 0.05  # of the sentences that are not ours: answered as if they were
PLACES_RIGHT = 0.93
FIGURE = re.compile(r"\d[\d,.]*(?<=\d)")


class CannotTest(Exception):
    """There are no tests, or they can't be read; says file, line and what to do."""


def run_files(
    files: Sequence[Path], content: Path, knowledge: Knowledge, today: dt.date, folder: Path | None = None
) -> Report:
    """Run `files`, or without any all tests of the folder (by default that of the `content` folder).

    Raises CannotTest.
    """
    folder = folder or tests_folder(content)
    chosen = files or files_in(folder)
    if not chosen:
        what = "Write one as docs/operating.md shows, or: python run_bot.py talk --record"
        raise CannotTest(f"There are no tests in {folder}/. {what} {folder}/conversations/mine.yaml")
    tests = read_tests(chosen, folder)
    problems = sorted({*tests.problems, *unknown_names(tests, knowledge)})
    if problems:
        raise CannotTest("These tests can't be run:\n" + "\n".join(map(str, problems)))
    report = run_tests(tests, knowledge, today)
    report.whole = not files
    return report


def run_tests(tests: ContentTests, knowledge: Knowledge, today: dt.date) -> Report:
    """Play every conversation and ask every sentence. `today` is for tests that name no day."""
    report = Report()
    for transcript in tests.transcripts:
        failure = play(transcript, knowledge, today, report)
        report.failures += [failure] if failure else []
    understood(tests.sentences, knowledge, today, report)
    recognised(tests.places, knowledge, report)
    return report


def play(transcript: Transcript, knowledge: Knowledge, today: dt.date, report: Report) -> Failure | None:
    """The first step of a conversation that does not go as written, or None."""
    day = transcript.today or today
    conversation = Conversation(knowledge, lambda: day)
    report.played += 1
    for step in transcript.steps:
        before = conversation.state
        if step.how == "restart":
            conversation.restart()
            continue
        turn = conversation.press(step.what) if step.how == "press" else conversation.say(step.what)
        if turn is None:
            return _failed(transcript, step, f"a button “{step.what}”", _labels(conversation), _weight(step, knowledge))
        report.reached(turn, before, knowledge)
        differs = next(differences(step, turn), None)
        if differs:
            return _failed(transcript, step, *differs, _weight(step, knowledge, turn))
    return None


def _failed(transcript: Transcript, step: Step, expected: str, came: str, weight: Weight) -> Failure:
    said = f"[{step.what}]" if step.how == "press" else step.what
    return Failure(transcript.file, step.line, transcript.title, said, expected, came, weight)


def _weight(step: Step, knowledge: Knowledge, turn: Turn | None = None) -> Weight:
    if any(map(knowledge.is_urgent, step.wanted.get("asks", ()))):
        return "grave"
    without_figures = turn is not None and next(differences(step, turn, _masked), None) is None
    return "figure" if without_figures else "plain"


def _masked(text: str) -> str:
    return FIGURE.sub("#", text)


def _labels(conversation: Conversation) -> str:
    return "buttons so far: " + (", ".join(dict.fromkeys(b.label for b in conversation.buttons)) or "none")


def differences(step: Step, turn: Turn, seen_as: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """What was expected and what came instead, for each thing that is not as written; texts compared as `seen_as`."""
    text = "\n\n".join(plain_text(reply.text) for reply in turn.replies)
    wanted = step.wanted
    yield from ((f"the text “{part}”", text) for part in wanted.get("bot", ()) if seen_as(part) not in seen_as(text))
    yield from ((f"not the text “{part}”", text) for part in wanted.get("not", ()) if part in text)
    asks = wanted.get("asks", ())
    if list(asks) != list(turn.intents[: len(asks)]):
        yield f"understood as {', '.join(asks)}", f"{', '.join(turn.intents) or turn.kind}\n{text}"
    for key in ("kind", "flow", "step"):
        if key in wanted and wanted[key] != (getattr(turn, key),):
            yield f"{key}: {wanted[key][0] or 'none'}", f"{key}: {getattr(turn, key) or 'none'}\n{text}"
    labels = [button.label for reply in turn.replies for row in reply.buttons for button in row]
    for label in wanted.get("buttons", ()):
        if label not in labels:
            yield f"a button “{label}”", f"buttons: {', '.join(labels) or 'none'}\n{text}"
    rating = tuple(button.label for reply in turn.replies for row in reply.rate for button in row)
    if "rate" in wanted and wanted["rate"] != rating:
        yield f"to rate it: {', '.join(wanted['rate']) or 'nothing'}", f"to rate it: {', '.join(rating) or 'nothing'}"


def understood(sentences: Sequence[Sentence], knowledge: Knowledge, today: dt.date, report: Report) -> None:
    """Ask each sentence in a fresh conversation; too many missed is a failure."""
    ours = [s for s in sentences if knowledge.is_ours(s.means)]
    others = [s for s in sentences if not knowledge.is_ours(s.means)]
    right = offered = answered = 0
    for sentence in ours:
        turn = _asked(sentence, knowledge, today, report)
        found = sentence.means in {*turn.intents, *beside(turn)}
        right += turn.answers and turn.intents[0] == sentence.means
        offered += found
        if not found:
            answered += turn.answers
            report.missed.append(_missed(sentence, turn))
    report.right += right
    taken = [(s, t) for s in others for t in [_asked(s, knowledge, today, report)] if t.answers]
    report.right += len(others) - len(taken)
    report.missed += [_missed(sentence, turn) for sentence, turn in taken]
    report.failures += [
        *_short("sentences that ask something of ours are answered rightly", right, ours, RIGHT),
        *_short("sentences are answered rightly, or offered", offered, ours, RIGHT_OR_OFFERED),
        *_short("sentences are not answered as another question", len(ours) - answered, ours, 1 - WRONG),
        *_short("sentences that are not ours stay so", len(others) - len(taken), others, 1 - NOT_OURS_ANSWERED),
    ]


def _asked(sentence: Sentence, knowledge: Knowledge, today: dt.date, report: Report) -> Turn:
    turn = respond(State(), Said(sentence.text, sentence.today or today), knowledge)
    report.asked += 1
    if sentence.means in turn.intents:
        report.questions.add(sentence.means)
    return turn


def _missed(sentence: Sentence, turn: Turn) -> Failure:
    came = f"{turn.kind} {', '.join(turn.intents[:2])}".strip()
    return Failure(sentence.file, sentence.line, sentence.means, sentence.text, sentence.means, came)


def recognised(places: Sequence[Sentence], knowledge: Knowledge, report: Report) -> None:
    """Look for the places of each sentence; too many missed is a failure."""
    report.asked += len(places)
    missed = place_misses(places, knowledge)
    report.right += len(places) - len(missed)
    report.missed += missed
    report.failures += _short("places are recognised", len(places) - len(missed), places, PLACES_RIGHT)


def place_misses(places: Sequence[Sentence], knowledge: Knowledge) -> list[Failure]:
    """The sentences whose places were not found as written: `Ohio`, `ask Portland`, `Texas + Ohio` or `none`."""
    seen = [(sentence, place_names(sentence.text, knowledge)) for sentence in places]
    return [
        Failure(s.file, s.line, s.heading, s.text, s.means, came)
        for s, came in seen
        if not fits(s.means, came, knowledge)
    ]


def place_names(text: str, knowledge: Knowledge) -> str:
    """The places recognised in `text`, written like the expectations."""
    found = [(place, knowledge.areas[place.codes[0]].name) for place in recognise(text, knowledge.places).places]
    return " + ".join(f"ask {name}" if place.choice == "ask" else name for place, name in found) or "none"


def fits(expected: str, came: str, knowledge: Knowledge) -> bool:
    wanted, found = expected.split(" + "), came.split(" + ")
    return len(wanted) == len(found) and all(
        _same(want, had, knowledge) for want, had in zip(wanted, found, strict=True)
    )


def _same(want: str, had: str, knowledge: Knowledge) -> bool:
    exact = want in {area.name for area in knowledge.areas.values()} or want == "none"
    return had == want if exact else had.startswith(want) or (want in had and "nonmetropolitan" in had)


def _short(what: str, got: int, of: Sequence[Sentence], share: float) -> list[Failure]:
    if got >= share * len(of):
        return []
    expected, came = f"at least {share:.0%} of {len(of)}", f"{got / len(of):.0%}"
    return [Failure(of[0].file, of[0].line, what, "each sentence of the test files", expected, came, "grave")]


def unknown_names(tests: ContentTests, knowledge: Knowledge) -> list[Problem]:
    """Tests that name a question, flow or step which the content does not have."""
    questions = {*knowledge.entries, *knowledge.smalltalk}
    named = [(s.file, s.line, s.means, "question", questions) for s in tests.sentences]
    for transcript in tests.transcripts:
        for step in transcript.steps:
            at = transcript.file, step.line
            named += [(*at, name, "question", questions) for name in step.wanted.get("asks", ())]
            named += [(*at, name, "flow", {*knowledge.flows, ""}) for name in step.wanted.get("flow", ())]
    return [
        Problem(file, line, "the test", f"names the unknown {kind} '{name}'{did_you_mean(name, known)}")
        for file, line, name, kind, known in named
        if name not in known
    ]
