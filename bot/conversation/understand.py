"""Event + state -> what was meant. Three outcomes: sure, torn between a few, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversation.knowledge import Knowledge
from bot.conversation.languages import language_of
from bot.conversation.matching.features import FUNCTION_WORDS
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import KINDS
from bot.conversation.places import Place, find_places
from bot.conversation.state import State

SURE = 0.55  # that the best question is the one meant
OURS = 0.88  # that the message asks anything of ours at all, before we answer
MAYBE_OURS = 0.3  # before we offer a choice
PART = 0.5  # that a clause which reads like a question asks just that
TALK = 0.3  # that a message which is not ours is what it looks most like; half of it when it is
HARDLY_OURS = 0.4
URGENT = 0.35
LEAST_OFFERED = 0.02
WORTH_OFFERING = 0.25  # that the question meant is among those offered
MOST_OFFERED = 4
MOST_PARTS = 3
TOPIC_LASTS = 4  # turns
LANGUAGE = "chit_language"  # that a message is in another language
NOISE = "chit_noise"  # what a word or two is that we know nothing of

SENTENCE = re.compile(r"(?<=[?!.;])\s+|\n+|\?(?=\w)")
QUESTION_WORDS = (
    "how|what|whats|is|are|do|does|can|could|where|who|which|will|should|when|why|how's|what's|wat|wats|hw|hows"
)
CLAUSE = re.compile(
    rf"(?:,\s*|,?\s+(?:and also|and|also|plus|[&+n]|then|but|or|so)\s+)(?=(?:{QUESTION_WORDS})\b)", re.IGNORECASE
)
QUESTION = re.compile(rf"^(?:\w+,? ){{0,2}}(?:{QUESTION_WORDS})\b|\?$", re.IGNORECASE)
TEMPLATE_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
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
    if not places and whole.repaired:
        places = tuple(find_places(_mended(text, whole), knowledge))
    urgent = _urgent(whole, knowledge)
    if urgent:
        return Meaning("sure", (urgent,), 1.0, whole, why=("a sign of danger comes first",))
    if LANGUAGE in knowledge.smalltalk and language_of(text, knowledge.vocabulary):
        return Meaning("sure", (LANGUAGE,), 1.0, whole, why=("another language",))
    followed = _follow_up(text, whole, places, state, knowledge)
    if followed:
        return followed
    parts = _parts(text, whole, knowledge)
    if parts:
        weakest = min(part.probability for part in parts)
        return Meaning("sure", tuple(m.questions[0].intent for m in parts), weakest, parts[0], places, why=("split",))
    return _single(whole, places, knowledge)


def _mended(text: str, match: Match) -> str:
    """The text with its repaired words in place: "missisippi" names no place before."""
    for typed, meant in match.repaired.items():
        text = re.sub(rf"\b{re.escape(typed)}\b", meant, text, flags=re.IGNORECASE)
    return text


def _single(match: Match, places: tuple[Place, ...], knowledge: Knowledge) -> Meaning:
    if not match.candidates and len(match.words) <= 2 and NOISE in knowledge.smalltalk:
        return Meaning("sure", (NOISE,), 1.0, match, places)
    if sure(match):
        return Meaning("sure", (match.questions[0].intent,), match.probability, match, places)
    offered = tuple(c.intent for c in match.questions[:MOST_OFFERED] if c.share >= LEAST_OFFERED)
    if match.ours >= MAYBE_OURS and sum(c.share for c in match.questions[:MOST_OFFERED]) >= WORTH_OFFERING:
        return Meaning("torn", offered, match.probability, match, places)
    other = next((c for c in match.candidates if not knowledge.is_ours(c.intent)), None)
    empty = other and not content_words(match.words) and knowledge.smalltalk[other.intent].kind == "out_of_scope"
    if other and not empty and (other.share >= TALK or (other.share >= TALK / 2 and match.ours <= HARDLY_OURS)):
        return Meaning("sure", (other.intent,), other.share, match, places)
    return Meaning("lost", (), match.probability, match, places)


def sure(match: Match, needed: float = SURE) -> bool:
    """Whether the best question of ours is likely enough to be answered without asking back."""
    return match.probability >= needed and match.ours >= OURS


def _urgent(match: Match, knowledge: Knowledge) -> str:
    if not content_words(match.words):
        return ""
    signs = [c for c in match.candidates if c.intent in knowledge.smalltalk and knowledge.smalltalk[c.intent].urgent]
    if signs and sum(c.share for c in signs) >= URGENT:
        return signs[0].intent
    return ""


def content_words(words: Sequence[str]) -> list[str]:
    return [w for w in words if w not in FUNCTION_WORDS and w not in FOLLOW_UP_WORDS]


def _follow_up(
    text: str, match: Match, places: tuple[Place, ...], state: State, knowledge: Knowledge
) -> Meaning | None:
    """A message that leans on the last topic: a bare place, or a few words after "and", "what about"."""
    content = content_words(match.words)
    if places and all(w in KINDS for w in content):
        fresh = state.topic and state.topic_age <= TOPIC_LASTS and knowledge.goes_with_place(state.topic)
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
    if not cued or not content or len(content) > 4:
        return None
    elsewhere = sure(match, PART) and match.questions[0].intent != state.topic
    if len(content) > 1 and (sure(match) or elsewhere):
        return None
    about, _ = knowledge.matcher.read(knowledge.question(state.topic))
    joined = knowledge.matcher.match_words([*match.words, *about], match.repaired)
    if not sure(joined):
        return None
    best = joined.questions[0].intent
    told = TEMPLATE_CODE.sub(" ", knowledge.entries[best].answer)
    if best == state.topic and not knowledge.matcher.share_a_word(content, told):
        return None  # the topic's own words won, and its answer has nothing on what was asked
    return Meaning("sure", (best,), joined.probability, joined, places, state.topic, why=("read as a follow-up",))


def _parts(text: str, whole: Match, knowledge: Knowledge) -> list[Match]:
    """The questions in a message of several sentences or clauses.

    Two or more that are each likely by themselves; or, where the message as a whole can't be read, the last
    sentence that can: in a long story that is where the question stands.
    """
    sentences = [s for s in SENTENCE.split(text) if s and s.strip()]
    clauses = [c for s in sentences for c in CLAUSE.split(s) if c.strip()]
    if len(clauses) < 2:
        return []
    alone: list[Match] = []
    asked: dict[str, Match] = {}
    for clause in clauses:
        match = knowledge.matcher.match(clause)
        if not content_words(match.words):
            continue
        if sure(match):
            alone.append(match)
        if sure(match, PART) and QUESTION.search(clause.strip()):
            asked.setdefault(match.questions[0].intent, match)
    if len(asked) >= 2:
        return list(asked.values())[:MOST_PARTS]
    return alone[-1:] if not sure(whole) else []
