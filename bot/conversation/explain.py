"""How a message was read, in lines a person can follow (`ask --explain`)."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.meaning import Meaning

SHOWN = 5
WORTH_TELLING = 0.02  # of the best question's share that a word brings or takes
MOST_WEIGHED = 40  # words of a message whose weight is told


def weighed(match: Match, knowledge: Knowledge) -> list[str]:
    """What each word does for the best question: its share with the word, less its share without it."""
    best = match.best
    share = next((c.share for c in match.candidates if c.intent == best), 0.0)
    change: dict[str, float] = {}
    for at, word in enumerate(match.words[:MOST_WEIGHED]):
        without = knowledge.matcher.match_words([*match.words[:at], *match.words[at + 1 :]])
        change[word] = share - next((c.share for c in without.candidates if c.intent == best), 0.0)
    told = sorted(change.items(), key=lambda pair: -pair[1])
    speaks_for = [f"{word} {gain:+.0%}" for word, gain in told if gain >= WORTH_TELLING]
    against = [f"{word} {gain:+.0%}" for word, gain in reversed(told) if gain <= -WORTH_TELLING]
    new = [word for word in change if not knowledge.matcher.knows(word)]
    lines = [f"for {best}: {', '.join(speaks_for)}"] if speaks_for else []
    lines += [f"against it: {', '.join(against)}"] if against else []
    return lines + ([f"in no phrasing: {', '.join(new)}"] if new else [])


def explained(meaning: Meaning, knowledge: Knowledge) -> tuple[str, ...]:
    match = meaning.match
    lines = [f"read as: {' '.join(match.words)}"]
    lines += [f"corrected: {typed} -> {meant}" for typed, meant in match.repaired.items()]
    for place in meaning.places:
        names = ", ".join(knowledge.areas[code].name for code in place.codes[:3])
        lines.append(f"place ({place.choice}): {place.written} -> {names}")
    lines += [f"candidate: {c.share:6.1%}  {c.intent}" for c in match.candidates[:SHOWN]]
    if match.best:
        lines += weighed(match, knowledge)
        phrasing, likeness = knowledge.matcher.closest(match.words, match.best)
        lines.append(f"closest phrasing: {phrasing} (likeness {likeness:.0%})")
    lines.append(f"probability {meaning.probability:.0%}; that it is ours to answer {match.ours:.0%}")
    lines.append(f"outcome: {meaning.outcome}" + (f", {', '.join(meaning.why)}" if meaning.why else ""))
    return tuple(lines)
