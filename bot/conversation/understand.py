"""Event + state -> what was meant. Three outcomes: sure, torn between a few, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.features import FUNCTION_WORDS
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import KINDS
from bot.conversation.places import Place, find_places
from bot.conversation.state import State

SURE = 0.55
VERY_SURE = 0.75
TORN = 0.2
URGENT = 0.25
LEAST_SHARE = 0.04
MOST_OFFERED = 4
TOPIC_LASTS = 4  # turns

SENTENCE = re.compile(r"(?<=[?!.;])\s+|\n+|\?(?=\w)")
QUESTION_WORDS = (
    "how|what|whats|is|are|do|does|can|could|where|who|which|will|should|when|why|how's|what's|wat|wats|hw|hows"
)
CLAUSE = re.compile(rf",?\s+(?:and also|and|also|plus|&|then)\s+(?=(?:{QUESTION_WORDS})\b)", re.IGNORECASE)
FOLLOW_UP = re.compile(r"^(?:and|or|ok(?:ay)? and|what about|how about|wat about|what if|but)\b", re.IGNORECASE)
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
    why: tuple[str, ...] = field(default=())


def understand(text: str, state: State, knowledge: Knowledge) -> Meaning:
    """What `text` asks, with the conversation so far in mind."""
    whole = knowledge.matcher.match(text)
    places = tuple(find_places(text, knowledge))
    urgent = _urgent(whole, knowledge)
    if urgent:
        return Meaning("sure", (urgent,), whole.probability, whole, why=("a sign of danger comes first",))
    followed = _follow_up(text, whole, places, state, knowledge)
    if followed:
        return followed
    parts = _parts(text, whole, knowledge)
    if parts:
        return Meaning(
            "sure",
            tuple(m.best for m in parts),
            min(m.probability for m in parts),
            parts[0],
            places,
            why=("split",),
        )
    return _single(whole, places, knowledge)


def _single(match: Match, places: tuple[Place, ...], knowledge: Knowledge) -> Meaning:
    if not match.candidates:
        return Meaning("lost", (), 0.0, match, places)
    if match.probability >= SURE:
        return Meaning("sure", (match.best,), match.probability, match, places)
    ours = [c for c in match.candidates if knowledge.is_ours(c.intent) and c.share >= LEAST_SHARE]
    if match.probability >= TORN and ours and sum(c.share for c in ours) >= 0.35:
        offered = tuple(c.intent for c in ours[:MOST_OFFERED])
        return Meaning("torn", offered, match.probability, match, places)
    return Meaning("lost", tuple(c.intent for c in match.candidates[:3]), match.probability, match, places)


def _urgent(match: Match, knowledge: Knowledge) -> str:
    for candidate in match.candidates[:3]:
        talk = knowledge.smalltalk.get(candidate.intent)
        if talk and talk.urgent and candidate.share >= URGENT:
            return candidate.intent
    return ""


def content_words(words: Sequence[str]) -> list[str]:
    return [w for w in words if w not in FUNCTION_WORDS and w not in FOLLOW_UP_WORDS]


def _follow_up(
    text: str, match: Match, places: tuple[Place, ...], state: State, knowledge: Knowledge
) -> Meaning | None:
    """A message that leans on the last topic: a bare place, or a few words after "and", "what about"."""
    content = content_words(match.words)
    if places and all(w in KINDS for w in content):
        fresh = state.topic and state.topic_age <= TOPIC_LASTS and _placed(state.topic, knowledge)
        topic = state.topic if fresh else knowledge.career.bare_place
        return Meaning(
            "sure",
            (topic,),
            1.0,
            match,
            places,
            state.topic if fresh else "",
            why=("only a place was named",),
        )
    if not state.topic or state.topic_age > TOPIC_LASTS or not knowledge.is_ours(state.topic):
        return None
    cued = FOLLOW_UP.match(text.strip()) is not None
    if not content or len(content) > 4 or not (cued or match.probability < SURE):
        return None
    if match.probability >= VERY_SURE and len(content) > 2:
        return None
    about, _ = knowledge.matcher.read(knowledge.question(state.topic))
    joined = knowledge.matcher.match_words([*match.words, *about], match.repaired)
    if joined.best != match.best and joined.probability < SURE:
        return None
    if cued and knowledge.is_ours(joined.best) and joined.probability >= SURE:
        return Meaning(
            "sure",
            (joined.best,),
            joined.probability,
            joined,
            places,
            state.topic,
            why=("read as a follow-up",),
        )
    return None


def _placed(intent: str, knowledge: Knowledge) -> bool:
    return knowledge.takes_place(intent) or bool(knowledge.entries.get(intent) and knowledge.entries[intent].in_place)


def _parts(text: str, whole: Match, knowledge: Knowledge) -> list[Match]:
    """The questions in a message of several sentences or clauses, each sure by itself and each another one."""
    sentences = [s for s in SENTENCE.split(text) if s and s.strip()]
    clauses = [c for s in sentences for c in CLAUSE.split(s) if c.strip()]
    if len(clauses) < 2:
        return []
    found: list[Match] = []
    for clause in clauses:
        match = knowledge.matcher.match(clause)
        if len(content_words(match.words)) == 0 or not knowledge.is_ours(match.best):
            continue
        needed = SURE if len(sentences) > 1 else VERY_SURE
        if match.probability >= needed and match.best not in [m.best for m in found]:
            found.append(match)
    if len(found) >= 2:
        return found[:3]
    lone = found and (whole.probability < SURE or not knowledge.is_ours(whole.best))
    return found if lone else []
