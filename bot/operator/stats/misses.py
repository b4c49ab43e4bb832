"""What was not understood, as it may be shown: a word only if enough people wrote it, or we did."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bot.conversation.knowledge import Knowledge
from bot.operator.stats.people import who
from bot.operator.stats.report import Count
from bot.store import Logged

ENOUGH = 3  # people; what fewer wrote may tell who they are
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HIDDEN = "…"
NONE_OF_THESE = "none"


def misses(lines: Sequence[Logged], knowledge: Knowledge) -> tuple[Count, ...]:
    """Messages that were not understood, or where none of what was offered fitted; what most people wrote first."""
    texts: defaultdict[str, list[Logged]] = defaultdict(list)
    seen = words_of_enough_people(lines) | own_words(knowledge)
    for line in lines:
        text = " ".join(line.question.text.lower().split()).strip(" ?!.")
        if text and _missed(line):
            texts[text].append(line)
    shown: defaultdict[str, list[Logged]] = defaultdict(list)
    for text, about in texts.items():
        told = masked(text, about, seen)
        if WORD.search(told):
            shown[told] += about
    counts = [Count(text, text, len(about), len({who(line) for line in about})) for text, about in shown.items()]
    return tuple(sorted(counts, key=lambda count: (-count.people, -count.times, count.name)))


def _missed(line: Logged) -> bool:
    return line.question.outcome == "refused" or (line.question.outcome == "offered" and line.chosen == NONE_OF_THESE)


def masked(text: str, about: Iterable[Logged], seen: frozenset[str]) -> str:
    """The text if enough people wrote just that, else with every word hidden that is not in `seen`."""
    if len({line.alias for line in about if line.alias}) >= ENOUGH:
        return text
    hidden = WORD.sub(lambda word: word[0] if word[0] in seen else HIDDEN, text)
    return re.sub(rf"{HIDDEN}(?:\W*{HIDDEN})+", HIDDEN, hidden)


def words_of_enough_people(lines: Iterable[Logged]) -> frozenset[str]:
    """Words that at least ENOUGH different people wrote. A line without an alias is nobody's."""
    pairs = {(word, line.alias) for line in lines if line.alias for word in WORD.findall(line.question.text.lower())}
    counted = Counter(word for word, _ in pairs)
    return frozenset(word for word, people in counted.items() if people >= ENOUGH)


def own_words(knowledge: Knowledge) -> frozenset[str]:
    """Words of our own phrasings, but no numbers."""
    said = [text for entry in knowledge.entries.values() for text in (entry.question, *entry.phrasings)]
    said += [text for talk in knowledge.smalltalk.values() for text in talk.phrasings]
    words = {word for text in said for word in WORD.findall(text.lower())}
    return frozenset(word for word in words if word.isalpha() or "'" in word)
