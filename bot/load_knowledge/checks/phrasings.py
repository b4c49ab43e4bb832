"""How people ask: enough ways for each question, and no way that two of them share."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import numpy as np
from rapidfuzz import fuzz, process

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule

FEWEST_PHRASINGS = 8
LONGEST_PHRASING = 250
ALIKE = 92  # of 100; above it two phrasings differ by a letter or an ending
ARTICLES = frozenset({"a", "an", "the"})
ALIKE_WORDS = 75  # the same for the words that differ; below it they are two words and no slip


@rule(
    "few-phrasings",
    severity="warning",
    why="The advisor learns from these how people ask; with few it mostly won't understand the question.",
    fix="Add ways in which different people would ask this: short, long, with slips, with other words.",
)
def few_phrasings(content: Content) -> Iterator[Found]:
    for item_id, item in content.items.items():
        if len(item.phrasings) < FEWEST_PHRASINGS:
            what = f"has {len(item.phrasings)} phrasings; write at least {FEWEST_PHRASINGS}"
            yield Found(item_id, what, ("phrasings",))


@rule(
    "long-phrasing",
    severity="warning",
    why="From a long story the advisor learns many words that have nothing to do with the question.",
    fix="Keep the part that asks, in the person's own words.",
)
def long_phrasings(content: Content) -> Iterator[Found]:
    for item_id, item in content.items.items():
        for index, phrasing in enumerate(item.phrasings):
            if len(phrasing) > LONGEST_PHRASING:
                yield Found(item_id, f"the phrasing is over {LONGEST_PHRASING} characters", ("phrasings", index))


@rule(
    "same-phrasing",
    why="The same words would lead to two answers, so the person who writes them gets either by chance.",
    fix="Keep it where most people mean it and delete it in the other.",
)
def same_phrasing(content: Content) -> Iterator[Found]:
    owner: dict[str, str] = {}
    for item_id, index, phrasing in _phrasings(content):
        first = owner.setdefault(_plain(phrasing), item_id)
        if first != item_id:
            yield Found(
                item_id, f"the phrasing '{phrasing}' is also under '{first}'; keep it in one", ("phrasings", index)
            )


@rule(
    "near-phrasing",
    severity="warning",
    slow=True,
    why="Two phrasings that differ by a letter or an article teach the advisor to take one question for the other.",
    fix="Delete one of the two, or reword it by what makes its question different.",
)
def near_phrasing(content: Content) -> Iterator[Found]:
    listed = [(item, index, said, _plain(said)) for item, index, said in _phrasings(content)]
    listed.sort(key=lambda one: len(one[3]))
    texts = [one[3] for one in listed]
    for row, other in _alike(texts):
        item, index, phrasing, plain = listed[other]
        first, _, like, other_plain = listed[row]
        if item != first and plain != other_plain and not _by_a_word_apart(plain, other_plain, content.familiar):
            yield Found(item, f"the phrasing '{phrasing}' is nearly '{like}' under '{first}'", ("phrasings", index))


def _alike(texts: list[str], rows: int = 256) -> Iterator[tuple[int, int]]:
    """Pairs of rows that are alike; sorted by length, so that each is compared only with those not much longer."""
    lengths = [len(text) for text in texts]
    for start in range(0, len(texts), rows):
        some = texts[start : start + rows]
        reach = int(np.searchsorted(lengths, len(some[-1]) * (200 - ALIKE) / ALIKE, side="right"))
        scores = process.cdist(some, texts[start:reach], scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        for row, column in np.argwhere(scores):
            if column > row:
                yield start + int(row), start + int(column)


def _by_a_word_apart(one: str, other: str, familiar: Container[str]) -> bool:
    """Whether words make another question of it, not a slip, an ending or an article.

    Others ("in which state", "in which city"), or one more ("how much does the test cost", "... the spelling test").
    """
    left, right = set(one.split()), set(other.split())
    one_only, other_only = sorted(left - right), sorted(right - left)
    if not one_only or not other_only:
        return any(word not in ARTICLES and word in familiar for word in (*one_only, *other_only))
    unlike = fuzz.ratio(" ".join(one_only), " ".join(other_only)) < ALIKE_WORDS
    return unlike or all(word in familiar for word in (*one_only, *other_only))


@rule(
    "same-follow-up",
    why="The same few words can lead to one question only, so one of the two is never reached by them.",
    fix="Keep it where most people mean it and delete it in the other.",
)
def same_follow_up(content: Content) -> Iterator[Found]:
    owner: dict[str, str] = {}
    for entry_id, entry in content.knowledge.entries.items():
        for index, phrase in enumerate(entry.follow_ups):
            first = owner.setdefault(phrase.lower(), entry_id)
            if first != entry_id:
                what = f"the follow-up '{phrase}' is also under '{first}'; keep it in one"
                yield Found(entry_id, what, ("follow_ups", index))


@rule(
    "question-mark",
    severity="warning",
    why="The question is shown to people when the advisor asks back; without its mark it reads like a heading.",
    fix="End it with a question mark.",
)
def question_mark(content: Content) -> Iterator[Found]:
    for entry_id, entry in content.knowledge.entries.items():
        if not entry.question.endswith("?"):
            what = "the canonical question should end with a question mark"
            yield Found(entry_id, what, ("question",), f"  question: {entry.question.rstrip('.')}?")


def _phrasings(content: Content) -> Iterator[tuple[str, int, str]]:
    for item_id, item in content.items.items():
        for index, phrasing in enumerate(item.phrasings):
            yield item_id, index, phrasing


def _plain(phrasing: str) -> str:
    return re.sub(r"\W+", " ", phrasing.lower()).strip() or phrasing
