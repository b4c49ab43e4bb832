"""Sentences with the question they ask, in YAML by topic: nobody has to write Python to add one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from benchmarks.common import read_labelled
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import files_in, read_tests
from bot.operator import content_report
from bot.operator import content_tests as runner
from tests.conftest import ROOT, TODAY

FEWEST = 3
ALL = read_tests(files_in(ROOT / "tests"), ROOT / "tests")


def sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sentence in ALL.sentences:
        found.setdefault(sentence.means, []).append(sentence.text)
    return found


SENTENCES = sentences()


def test_every_question_has_sentences_of_its_own(knowledge: Knowledge) -> None:
    few = {i for i in [*knowledge.entries, *knowledge.smalltalk] if len(SENTENCES.get(i, [])) < FEWEST}
    assert not few


def test_every_sentence_names_a_question_that_exists(knowledge: Knowledge) -> None:
    assert not SENTENCES.keys() - knowledge.entries.keys() - knowledge.smalltalk.keys()


def test_no_sentence_is_one_of_the_phrasings_it_tests(knowledge: Knowledge) -> None:
    same = [
        (intent, sentence)
        for intent, listed in SENTENCES.items()
        for sentence in listed
        for phrasing in _phrasings(intent, knowledge)
        if fuzz.ratio(sentence.lower().strip(" ?.!"), phrasing.lower().strip(" ?.!")) > 95
    ]
    assert not same


def test_what_is_ours_is_understood_and_what_is_not_is_hardly_ever_answered_as_if_it_were(knowledge: Knowledge) -> None:
    report = runner.run_tests(replace(ALL, transcripts=(), places=()), knowledge, TODAY)
    assert report.asked == len(ALL.sentences) > 500
    assert not report.failures, "\n".join(content_report.told(report, knowledge))


@pytest.mark.parametrize("folder", ["knowledge", "bot"])
def test_the_sentences_have_not_moved_into_the_program(folder: str) -> None:
    text = "\n".join(p.read_text("utf-8").lower() for p in Path(folder).rglob("*") if p.suffix in {".py", ".yaml"})
    copied = [s for listed in SENTENCES.values() for s in listed if len(s) > 30 and s.lower() in text]
    assert not copied


@pytest.mark.parametrize(
    ("file", "least"),
    [("messages.jsonl", 900), ("unseen.jsonl", 900), ("statements.jsonl", 60), ("manners.jsonl", 200)],
)
def test_messages_for_measuring_are_taught_nowhere(file: str, least: int, knowledge: Knowledge) -> None:
    measured = [message.text.lower() for message in read_labelled(ROOT / "benchmarks" / file)]
    taught = {said.lower() for i in (*knowledge.entries, *knowledge.smalltalk) for said in _phrasings(i, knowledge)}
    assert len(measured) > least
    assert not taught.intersection(measured)


def _phrasings(intent: str, knowledge: Knowledge) -> Sequence[str]:
    entry = knowledge.entries.get(intent)
    if entry:
        return entry.phrasings
    talk = knowledge.smalltalk.get(intent)
    return talk.phrasings if talk else ()
