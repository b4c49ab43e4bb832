"""What a message was taken to mean, and how sure is sure enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.matching.features import FUNCTION_WORDS
from bot.conversation.matching.matcher import Match
from bot.conversation.places import Place
from bot.conversation.slots import NOTHING, Slots

CERTAIN = 0.84  # that the best question is the one meant; below, what else it may be stands beside the answer
SURE = 0.42  # the same, of one question among several in a message
GUESS = 0.25  # the same, to be said as a guess
LIKELY = 0.65  # the same, of what would not be guessed at were it the first thing said
TALKING = 3.0  # times the odds that a message asks something of ours, when what came before it did
ALONE = 2  # words: so few leave much open, and get the others beside the answer
# That the message asks anything of ours at all, before we answer. At 0.85 one foreign one more in a hundred is.
OURS = 0.94
MAYBE_OURS = 0.3  # that it is ours, before we offer a choice
TOPIC_LASTS = 4  # turns
FOLLOW_UP_WORDS = frozenset({"and", "what", "how", "about", "or", "but", "ok", "then", "so", "also", "instead"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """`intents` to answer in order (sure), or to offer (torn), or nothing (not understood)."""

    outcome: str  # sure, torn, lost
    intents: tuple[str, ...]
    probability: float
    match: Match
    places: tuple[Place, ...] = ()
    assumed_topic: str = ""
    why: tuple[str, ...] = ()
    slots: Slots = NOTHING
    leans: bool = False  # on what was said before
    abroad: str = ""  # a place outside the country, as written
    beside: tuple[str, ...] = ()  # what it may mean as well: the answer is told as a guess, these as buttons
    unknown: str = ""  # what stands where a town would, but is none that we know


def sure(match: Match) -> bool:
    """Whether the best question of ours is likely enough to be answered without asking back."""
    return match.probability >= SURE and match.ours >= OURS


def certain(match: Match) -> bool:
    """Whether it is so likely that nothing else need stand beside the answer."""
    return sure(match) and match.probability >= CERTAIN


def may_be_guessed(match: Match, guard: float, *, talking: bool = False) -> bool:
    """Whether it is likely enough to be told as a guess; `guard` is how likely ours the message has to be for that.

    Somebody who is `talking` with us about the subject seldom leaves it: what has one likely meaning is ours sooner.
    """
    least = GUESS if len(match.words) > ALONE else SURE
    if match.ours >= guard and match.probability >= least:
        return True
    ours = match.ours * TALKING / (match.ours * TALKING + 1 - match.ours)
    return talking and ours >= guard and match.probability >= LIKELY


def content_words(words: Sequence[str]) -> list[str]:
    return [w for w in words if w not in FUNCTION_WORDS and w not in FOLLOW_UP_WORDS]
