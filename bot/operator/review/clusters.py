"""Misses -> clusters of what people probably meant alike, most frequent first. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.features import Floats
from bot.conversation.matching.matcher import Match
from bot.conversation.meaning import content_words
from bot.conversation.state import State
from bot.conversation.understand import understand
from bot.operator.review.misses import NOT_OURS, Miss

ALIKE = 0.6  # half likeness of letters, half of meaning
ALIKE_IN_LETTERS = 0.75  # where the words mean nothing to us
MOST = 1500  # different questions looked at, the newest; each costs some milliseconds
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry and the probability that it is the one meant."""

    intent: str
    probability: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that are alike, most frequent first. `keys` name them in that order, the first of them the cluster."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    count: int
    kinds: Mapping[str, int]
    first: str  # ISO days
    last: str
    nearest: tuple[Nearest, ...]
    off_topic: str  # the entry that it would join as not ours; "" if there is none

    @property
    def key(self) -> str:
        return self.keys[0]


@dataclass(slots=True)
class _Asked:
    """One question, however it was spelled, and all times it went wrong."""

    key: str
    words: str
    texts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return max(self.texts, key=lambda text: (self.texts[text], -len(text)))

    @property
    def times(self) -> int:
        return self.texts.total()


def clusters(found: Iterable[Miss], knowledge: Knowledge, ignored: frozenset[str] = frozenset()) -> list[Cluster]:
    """What is still not answered by `knowledge`. `ignored` are keys of questions that should not come back."""
    away = _said_not_ours(knowledge)
    asked = [
        one
        for one in _gathered(found, knowledge)
        if one.key not in ignored and not (NOT_OURS in one.kinds and one.words in away) and not _mended(one, knowledge)
    ]
    groups = _grouped(sorted(asked, key=lambda one: (-one.times, one.words)), knowledge)
    made = (_cluster(group, knowledge) for group in groups)
    return sorted(made, key=lambda c: (c.kinds.keys() == {NOT_OURS}, -c.count, c.texts[0]))


def fingerprint(words: str) -> str:
    """Eight hex digits for a question as the matcher reads it: what is ignored is kept by these, not by its words."""
    return hashlib.blake2b(words.encode(), digest_size=4).hexdigest()


def _gathered(found: Iterable[Miss], knowledge: Knowledge) -> list[_Asked]:
    gathered: dict[str, _Asked] = {}
    listed = (miss for miss in found if miss.kind != NOT_OURS or _by_default(miss, knowledge))
    for miss in sorted(listed, key=lambda miss: (miss.kind != NOT_OURS, miss.day), reverse=True):
        words = " ".join(knowledge.matcher.read(miss.text)[0]) or miss.text
        if words not in gathered and len(gathered) == MOST:
            continue
        one = gathered.setdefault(words, _Asked(fingerprint(words), words))
        one.texts[miss.text] += 1
        one.kinds[miss.kind] += 1
        one.days.append(miss.day)
        if miss.kind in ("down", "again", NOT_OURS):
            one.answers.update(miss.answers)
    return list(gathered.values())


def _by_default(miss: Miss, knowledge: Knowledge) -> bool:
    """Whether it was refused by the entry for all the rest. A new career takes many questions of its own for that."""
    rest = knowledge.talk_of("rest")
    return bool(rest) and rest in miss.answers


def _mended(one: _Asked, knowledge: Knowledge) -> bool:
    """Whether it is answered by now, and not with what had disappointed."""
    meaning = understand(one.text, State(), knowledge)
    return meaning.outcome == "sure" and not set(meaning.intents) & one.answers


def _said_not_ours(knowledge: Knowledge) -> set[str]:
    """What somebody has decided is not ours, as the matcher reads it."""
    rest = knowledge.smalltalk.get(knowledge.talk_of("rest"))
    return {" ".join(knowledge.matcher.read(phrasing)[0]) for phrasing in rest.phrasings} if rest else set()


def _grouped(asked: Sequence[_Asked], knowledge: Knowledge) -> list[list[_Asked]]:
    """Each joins the group whose most frequent question is most like it, or begins one."""
    groups: list[list[_Asked]] = []
    contents: list[str] = []
    senses: list[Floats] = []
    for one in asked:
        content = " ".join(content_words(one.words.split())) or one.words
        sense = knowledge.meanings.of(one.words.split())
        best = _most_alike(content, sense, contents, senses)
        if best is not None:
            groups[best].append(one)
        else:
            groups.append([one])
            contents.append(content)
            senses.append(sense)
    return groups


def _most_alike(content: str, sense: Floats, contents: Sequence[str], senses: Sequence[Floats]) -> int | None:
    if not contents:
        return None
    letters = process.cdist([content], contents, scorer=fuzz.token_sort_ratio)[0] / 100
    known = np.array([bool(other.any()) and bool(sense.any()) for other in senses])
    meant = np.stack(senses) @ sense
    scores = np.where(known, (letters + meant) / 2 / ALIKE, letters / ALIKE_IN_LETTERS)
    best = int(scores.argmax())
    return best if scores[best] >= 1 else None


def _cluster(group: Sequence[_Asked], knowledge: Knowledge) -> Cluster:
    days = sorted(day for one in group for day in one.days)
    match = knowledge.matcher.match(group[0].text)
    return Cluster(
        keys=tuple(one.key for one in group),
        texts=tuple(one.text for one in group),
        count=sum(one.times for one in group),
        kinds=sum((one.kinds for one in group), Counter()),
        first=days[0],
        last=days[-1],
        nearest=_nearest(match, knowledge),
        off_topic=off_topic(match, knowledge),
    )


def _nearest(match: Match, knowledge: Knowledge) -> tuple[Nearest, ...]:
    def probability(share: float) -> float:
        return knowledge.matcher.calibration.probability(share, match.ours, len(match.words))

    return tuple(Nearest(c.intent, probability(c.share)) for c in match.questions[:NEAREST])


LIKELY = 0.3


def off_topic(match: Match, knowledge: Knowledge) -> str:
    """Where it belongs if it is not ours: what it looks most like, or the entry for everything else."""
    beside = [key for key, talk in knowledge.smalltalk.items() if talk.kind == "out_of_scope" and not talk.urgent]
    likely = next((c.intent for c in match.candidates if c.intent in beside and c.share >= LIKELY), "")
    rest = knowledge.talk_of("rest")
    return likely or (rest if rest in beside else next(iter(beside), ""))
