"""How a message was read, in lines a person can follow (`ask --explain`)."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning

SHOWN = 5


def explained(meaning: Meaning, knowledge: Knowledge) -> tuple[str, ...]:
    match = meaning.match
    lines = [f"read as: {' '.join(match.words)}"]
    lines += [f"corrected: {typed} -> {meant}" for typed, meant in match.repaired.items()]
    for place in meaning.places:
        names = ", ".join(knowledge.areas[code].name for code in place.codes[:3])
        lines.append(f"place ({place.choice}): {place.written} -> {names}")
    lines += [f"candidate: {c.share:6.1%}  {c.intent}" for c in match.candidates[:SHOWN]]
    if match.best:
        phrasing, likeness = knowledge.matcher.closest(match.words, match.best)
        lines.append(f"closest phrasing: {phrasing} (likeness {likeness:.0%})")
    lines.append(f"probability {meaning.probability:.0%}; that it is ours to answer {match.ours:.0%}")
    lines.append(f"outcome: {meaning.outcome}" + (f", {', '.join(meaning.why)}" if meaning.why else ""))
    return tuple(lines)
