"""Answers that anyone can read: short, plain sentences, and no letters that nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyphen

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.checks.words import listed

GRADE = 9.0  # school years it takes to read an answer at first sight
ANSWER_WORDS = (40, 120)
SMALLTALK_WORDS = (3, 80)
WORD = re.compile(r"[^\W_][\w'’.,-]*")
END = re.compile(r"[.!?:;]+(?:\s|$)|\n+")
CAPITALS = re.compile(r"(?<![\w/.-])[A-Z]+[A-Z0-9/*-]*[A-Z](?:s\b)?(?![\w/-])")
LETTERS = re.compile(r"[^\W\d_]{2,}")


@rule(
    "answer-length",
    severity="warning",
    why="A shorter answer leaves people asking, a longer one goes unread on a phone.",
    fix="Leave out what the next question can answer, or say what is missing.",
)
def answer_length(content: Content) -> Iterator[Found]:
    for item_id, report in content.answers.items():
        low, high = ANSWER_WORDS if item_id in content.knowledge.entries else SMALLTALK_WORDS
        count = len(report.text.split())
        if not report.flaws and not low <= count <= high:
            what = f"the answer has {count} words; {low} to {high} read well"
            yield Found(item_id, what, ("answer",))


@rule(
    "hard-to-read",
    severity="warning",
    why=f"Above grade {GRADE:.0f} a text is work for many people, and this one is about their money.",
    fix="Cut the longest sentence in two, and put a short word for the longest: 'about' for 'approximately'.",
)
def hard_to_read(content: Content) -> Iterator[Found]:
    for item_id in content.knowledge.entries:
        report = content.answers[item_id]
        if report.text and not report.flaws and (found := grade(report.text)) > GRADE:
            longest = max(_sentences_of(report.text), key=lambda said: len(WORD.findall(said)))
            what = (
                f"reads at grade {found:.1f}, above {GRADE:.0f}; its longest sentence begins '{longest[:40].strip()}'"
            )
            yield Found(item_id, what, ("answer",))


def grade(text: str) -> float:
    """The school year it takes to read this, by Flesch and Kincaid. A line of a list is a sentence, a figure a word."""
    said = _sentences_of(text)
    words = [word for one in said for word in WORD.findall(one)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def _sentences_of(text: str) -> list[str]:
    return [one for one in END.split(text) if WORD.search(one)]


@cache
def syllables(word: str) -> int:
    """At least one; letters that are spelled out and figures count as one, since they are taken in at a glance."""
    return len(_hyphens().positions(word)) + 1 if LETTERS.fullmatch(word.strip("'’.,-")) else 1


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@rule(
    "jargon",
    severity="warning",
    why="Someone new to this can't guess what the letters stand for, and few will ask.",
    fix="Add it to the glossary in vocabulary.yaml and to 'terms' of the entry:\n"
    '  ABC: {means: "One plain sentence."}',
)
def jargon(content: Content) -> Iterator[Found]:
    known = _explained(content)
    for item, path, said in content.sentences:
        seen: set[str] = set()
        for sentence in said:
            for match in CAPITALS.findall(sentence.text):
                word = match.rstrip("s")
                if word.lower() not in known and word not in seen:
                    seen.add(word)
                    fix = f'under glossary in vocabulary.yaml:\n  {word}: {{means: "One plain sentence."}}'
                    yield Found(item, f"'{word}' is explained nowhere", path, fix, sentence.line)


def _explained(content: Content) -> frozenset[str]:
    """In the glossary, known to everybody, or the name of a publisher, credential or the like that has an entry."""
    knowledge = content.knowledge
    terms = [*knowledge.vocabulary.glossary, *(a for t in knowledge.vocabulary.glossary.values() for a in t.also)]
    names = [source.publisher for source in knowledge.sources.values()]
    places = [state for area in knowledge.areas.values() for state in area.states]
    words = [word for name in [*terms, *names, *places] for word in (name, *name.split())]
    return frozenset(word.lower() for word in [*words, *listed("well_known")])
