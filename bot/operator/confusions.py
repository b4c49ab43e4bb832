"""Which entries take each other's phrasings when one is held out, and which word would tell them apart."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.matching.features import FUNCTION_WORDS
from bot.conversation.matching.matcher import Match

FEWEST = 4  # phrasings that went astray from one entry to the other before the pair is told
LOST_ENTRY = 0.5  # an entry that finds fewer of its own phrasings than this needs work
MOST_PAIRS = 20
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A phrasing of `intent` and what it was matched to while it was not among those learnt."""

    intent: str
    match: Match


def entries_not_found(seen: Iterable[HeldOut]) -> Iterator[str]:
    """A line for each entry that finds less than half of its own phrasings, worst first."""
    found: dict[str, list[bool]] = defaultdict(list)
    for each in seen:
        found[each.intent].append(each.match.best == each.intent)
    shares = {intent: sum(hits) / len(hits) for intent, hits in found.items()}
    for intent in sorted(shares, key=lambda key: shares[key]):
        if shares[intent] < LOST_ENTRY:
            yield f"{intent}: finds only {shares[intent]:.0%} of its own {len(found[intent])} phrasings when held out"


def confused_pairs(seen: Iterable[HeldOut]) -> Iterator[str]:
    """A line for each pair that is often taken for one another, with the words that would separate them."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    astray: Counter[tuple[str, str]] = Counter()
    for each in seen:
        words[each.intent].update(set(each.match.words) - FUNCTION_WORDS)
        if each.match.best not in ("", each.intent):
            astray[each.intent, each.match.best] += 1
    for (intent, taken_for), count in astray.most_common(MOST_PAIRS):
        if count >= FEWEST:
            ours, theirs = separating(words[intent], words[taken_for]), separating(words[taken_for], words[intent])
            yield (
                f"{intent} is taken for {taken_for} {count} times; "
                f"say more often {_listed(ours)} in the first, {_listed(theirs)} in the second"
            )


def separating(one: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    """The words that speak most for `one` against `other`: how often, times how much oftener than there."""
    size, other_size = sum(one.values()) + 1, sum(other.values()) + 1

    def weight(word: str) -> float:
        return one[word] * math.log((one[word] + 1) / size * other_size / (other.get(word, 0) + 1))

    return sorted(one, key=lambda word: (-weight(word), word))[:MOST_WORDS]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
