"""Messages that lean on what was said before: "and in Ohio?", "per hour?", "and jobs?", "how much is it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import AMOUNT, KINDS, NUMBER
from bot.conversation.meaning import OURS, TOPIC_LASTS, Meaning, content_words, sure
from bot.conversation.places import Place
from bot.conversation.short_forms import bare
from bot.conversation.slots import Slots, find_slots, may_be_without, outside, without
from bot.conversation.state import State

TEMPLATE_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
CUE = re.compile(r"^(?:and|or|ok(?:ay)? and|what about|how about|what if|but)\b", re.IGNORECASE)
# "no wait, i meant Ohio", "what if we move to Ohio"
MENDING = frozenset({
    "no", "wait", "sorry", "oops", "meant", "mean", "actually", "move", "moving", "moved", "relocate", "live", "living",
    "lived", "closer", "instead",
})  # fmt: skip
CORRECTING = re.compile(
    r"^\s*(?:(?:oh|no|nah|nope|wait|sorry|oops|actually|well|but|ok|okay|hold on|not that(?: one)?)\b[\s,.!]*)*"
    r"(?:i (?:mean|meant)\b|i ?(?:was|'?m|am) (?:asking|talking) about\b|(?<=no )(?=the\b)|(?<=no, )(?=the\b))[\s,]*",
    re.IGNORECASE,
)
SUMS = frozenset({AMOUNT, NUMBER})
LONGEST_FRAGMENT = 12  # words
LIKELY = 0.2  # of what is left without the last question, for another one that is asked in its words
MOST_WORDS = 4  # of content in a message that leans on the last topic


def follow_up(text: str, match: Match, places: tuple[Place, ...], state: State, knowledge: Knowledge) -> Meaning | None:
    """What a short message means after the last topic; None for one that stands by itself."""
    fresh = bool(state.topic) and state.topic_age <= TOPIC_LASTS and knowledge.is_ours(state.topic)
    short = _written_short_form(text, match, places, state, knowledge) if fresh else ""
    if short:
        return Meaning("sure", (short,), 1.0, match, places, why=("a short form of the question",), leans=True)
    if len(match.words) <= LONGEST_FRAGMENT:
        fragment = _fragment(text, match, places, state if fresh else State(), knowledge)
        if fragment:
            return fragment
    if not fresh:
        return None
    return _corrected(text, places, state, knowledge) or _joined(match, places, state, knowledge)


def _written_short_form(text: str, match: Match, places: Sequence[Place], state: State, knowledge: Knowledge) -> str:
    """The question that these few words ask: by what was talked of, or by `follow_ups` of any.

    The latter count after a question about places or one with such itself.
    """
    words = [w for w in match.words if w not in KINDS]
    own = leans_on(state.topic, match, knowledge)
    if own or not _has_short_forms(state.topic, knowledge):
        return own
    named_pay = not SUMS.isdisjoint(match.words)  # "and at so much an hour?" is about that sum
    asked = not named_pay and (_cued(match) or text.rstrip().endswith("?") or bool(places))
    return knowledge.follow_ups.get(tuple(words)) or (_by_content(words, knowledge) if asked else "")


def _has_short_forms(topic: str, knowledge: Knowledge) -> bool:
    return knowledge.goes_with_place(topic) or bool(knowledge.entries[topic].follow_ups)


def _by_content(words: Sequence[str], knowledge: Knowledge) -> str:
    return knowledge.follow_ups.get(tuple(sorted(set(content_words(words)))) or ("",), "")


def leans_on(topic: str, match: Match, knowledge: Knowledge) -> str:
    """The question that "how much is it" asks when `topic` is what was talked of; empty if it stands by itself."""
    return knowledge.then_ask.get(topic, {}).get(bare(match.words), "")


def _fragment(text: str, match: Match, places: tuple[Place, ...], state: State, knowledge: Knowledge) -> Meaning | None:
    """Only a place, an occupation, an amount or "per hour": the last topic again, with that in it."""
    words = [w for w in match.words if w not in MENDING]
    if not may_be_without((w for w in content_words(words) if w not in KINDS), knowledge):
        return None
    left = content_words(without(" ".join(words), knowledge).split())
    last = state.topic if state.topic and _has_room(state.topic, places, knowledge) else ""
    if any(word not in KINDS for word in left) or not (left or last):
        return None
    found = find_slots(outside(text, places), knowledge, bare_numbers=bool(places) or knowledge.takes_amount(last))
    topic = _topic_of(found, places, last, knowledge)
    if not topic:
        return None
    why = ("only a place, an occupation or an amount was named",)
    return Meaning("sure", (topic,), 1.0, match, places, last, why, found, leans=bool(last))


def _has_room(topic: str, places: Sequence[Place], knowledge: Knowledge) -> bool:
    """Whether the topic can be asked again so: "which states pay most" of another occupation, but not of Ohio."""
    return knowledge.goes_with_place(topic) or (not places and knowledge.takes_role(topic))


def _topic_of(found: Slots, places: Sequence[Place], last: str, knowledge: Knowledge) -> str:
    """The question that names alone ask after the topic `last`, if any."""
    career = knowledge.career
    if last and any(role in career.alternatives for role in found.roles):
        return career.bare_alternative
    if found.amount is not None and (last or places or found.assumed != "per"):
        return last if knowledge.takes_amount(last) else career.bare_amount
    if last:
        return last if places or found.roles or found.per or found.credentials or found.point else ""
    return career.bare_place if places and not found.roles else ""


def _corrected(text: str, places: tuple[Place, ...], state: State, knowledge: Knowledge) -> Meaning | None:
    """ "no i meant the whole course": what is named instead, asked in the words of the last question."""
    correcting = CORRECTING.match(text)
    instead = knowledge.matcher.match(text[correcting.end() :]) if correcting else None
    content = content_words(instead.words) if instead else []
    if not instead or not content or len(content) > MOST_WORDS:
        return None
    best = leans_on(state.topic, instead, knowledge)
    if not best and _has_short_forms(state.topic, knowledge):
        best = _by_content([word for word in instead.words if word not in KINDS], knowledge)
    if not best and sure(instead):
        best = instead.questions[0].intent
    if best:
        return Meaning("sure", (best,), instead.probability, instead, places, why=("a correction",))
    joined = _with_last_question(instead, state, knowledge)
    others = [candidate for candidate in joined.questions if not _the_same(candidate.intent, state, knowledge)]
    rest = 1 - sum(candidate.share for candidate in joined.questions if candidate.intent == state.topic)
    likely = tuple(candidate.intent for candidate in others if candidate.share >= LIKELY * rest)
    if not likely or joined.ours < OURS:
        return None
    joined = replace(joined, probability=others[0].share / rest)
    why = ("a correction, read with the last question",)
    return Meaning("sure", likely[:1], joined.probability, joined, places, why=why, beside=likely[1:], leans=True)


def _the_same(intent: str, state: State, knowledge: Knowledge) -> bool:
    """Whether it is the last question, or becomes it in the place that was named."""
    in_place = knowledge.entries[intent].in_place if state.slots.get("places") else {}
    return state.topic in {intent, *in_place.values()}


def _joined(match: Match, places: tuple[Place, ...], state: State, knowledge: Knowledge) -> Meaning | None:
    """A few words after "and" or "what about", read together with the last question."""
    content = content_words(match.words)
    if not _cued(match) or not content or len(content) > MOST_WORDS:
        return None
    if len(content) > 1 and sure(match):
        return None
    joined = _with_last_question(match, state, knowledge)
    if not sure(joined):
        return None
    best = joined.questions[0].intent
    told = TEMPLATE_CODE.sub(" ", knowledge.entries[best].answer)
    if best == state.topic and not knowledge.matcher.share_a_word(content, told):
        return None  # the topic's own words won, and its answer has nothing on what was asked
    why = ("read as a follow-up",)
    return Meaning("sure", (best,), joined.probability, joined, places, state.topic, why, leans=True)


def _with_last_question(match: Match, state: State, knowledge: Knowledge) -> Match:
    about, _ = knowledge.matcher.read(knowledge.question(state.topic))
    return knowledge.matcher.match_words([*match.words, *about], match.repaired)


def _cued(match: Match) -> bool:
    """Whether it begins like a follow-up, behind any "hmm" or "lol"."""
    return CUE.match(" ".join(match.words)) is not None
