"""Event + state -> what was meant. Three outcomes: sure, torn between a few, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.asks import asks, unannounced
from bot.conversation.changing import changed
from bot.conversation.danger import sign_of_danger, undenied
from bot.conversation.elsewhere import elsewhere
from bot.conversation.follow_ups import follow_up
from bot.conversation.instead import not_denied
from bot.conversation.knowledge import Knowledge
from bot.conversation.languages import language_of
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import KINDS
from bot.conversation.meaning import (
    ALONE,
    MAYBE_OURS,
    SURE,
    TOPIC_LASTS,
    Meaning,
    certain,
    content_words,
    may_be_guessed,
    sure,
)
from bot.conversation.paid_now import own_weighed, put_right, said_to_be_own
from bot.conversation.parts import affirmed, introduced, parts, unlike
from bot.conversation.places import Found, Place, recognise
from bot.conversation.places.nearer import nearer, settled
from bot.conversation.slots import Slots, find_slots, outside
from bot.conversation.state import State
from bot.conversation.whose_place import own_places

SAME = 0.6  # that several questions together mean the one which they become in a place
TALK = 0.15  # that a message which is not for us to answer is the small talk it looks most like
OTHER = 0.3  # that it is what else it looks most like
OTHER_AT_LEAST = 0.22  # the same, of a message that is hardly ours
HARDLY_OURS = 0.4
ONE_OURS = 0.92  # that a message is ours, to be told as a guess where nothing else would be offered
PLACED_OURS = 0.85  # the same, where a place is named and all that it may mean is one question there
LEAST_OFFERED = 0.02
WORTH_OFFERING = 0.25  # that the question meant is among those offered
MOST_OFFERED = 4
STRANGE = 2  # words of content, none in any phrasing: whatever the small words sound like, it is not understood

WIDE = frozenset({"state", "territory", "nonmetro"})

WORD = re.compile(r"\w+")
SHORT = 6  # words that hardly tell more than a place
FEW = 3  # words of content beside a place, which ask nothing new by themselves
A_REMARK = 3  # words of content before "again" that say something by themselves
AGAIN = re.compile(r"(?<![\s,])[\s,]+again[\s?!.]*$", re.IGNORECASE)
NOD = re.compile(
    r"^\s*(?:ok|okay|k|yes|yeah|yep|sure|alright|right|well|cool|great|nice|so|hmm?)\b[\s,.!]+", re.IGNORECASE
)
THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bs )(?<!\bwas )(?<!\bbe )\b(?:out |over |down |up )?there\b"
    r"(?! (?:is|are|was|any|an?)\b)"
)
HERE = re.compile(
    r"\b(?:(?:around|near|over|out) (?:here|me|us)|near ?by|locally|where (?:i|we) (?:live|am|are)"
    r"|(?:in|around|for) (?:my|our) (?:area|town|city|county|state))\b"
)


def understand(text: str, state: State, knowledge: Knowledge) -> Meaning:
    """What `text` asks, with the conversation so far in mind, and what it names."""
    urgent = sign_of_danger(text, knowledge)
    if urgent:
        whole = knowledge.matcher.match(text)
        return Meaning("sure", (urgent,), 1.0, whole, why=("a sign of danger comes first",))
    text = unannounced(undenied(affirmed(text), knowledge))
    whole = knowledge.matcher.match(text)
    found = settled(_places_meant(text, state, knowledge), text, state.slots.get("places", ()))
    found = nearer(found, _states_before(state, knowledge), knowledge.places)
    meaning = _meaning(text, whole, found, state, knowledge)
    if found.abroad:
        meaning = changed(meaning, abroad=found.abroad)
    if found.unknown:
        meaning = changed(meaning, unknown=found.unknown[0].town)
    if meaning.slots.amount is None:
        meaning = _with_slots(meaning, _mended(outside(text, found.places), whole), knowledge)
    return not_denied(text, own_weighed(text, meaning, knowledge), knowledge)


def _places_meant(text: str, state: State, knowledge: Knowledge) -> Found:
    """The places, but for those told of others; a short "my sister lives in Tucson" amid pay in places asks of it."""
    found = recognise(text, knowledge.places)
    asks_there = knowledge.takes_place(state.topic) and state.topic_age <= TOPIC_LASTS and len(text.split()) <= SHORT
    return found if asks_there else own_places(found, text)


def _states_before(state: State, knowledge: Knowledge) -> list[str]:
    """The states that were spoken of as a whole, or outside their cities; a city says little of the next one."""
    codes = [code for code in state.slots.get("places", ()) if code in knowledge.areas]
    wide = [code for code in codes if knowledge.areas[code].type in WIDE]
    return list(dict.fromkeys(postal for code in wide for postal in knowledge.places.area_states.get(code, ())))


def _mended(text: str, match: Match) -> str:
    """The text with its repaired words in place."""
    repaired = match.repaired
    return WORD.sub(lambda word: repaired.get(word[0].lower(), word[0]), text) if repaired else text


def _with_slots(meaning: Meaning, text: str, knowledge: Knowledge) -> Meaning:
    """The meaning with what else the text names, which can decide what is asked."""
    takes = next((i for i in (*meaning.intents, *meaning.beside) if knowledge.takes_amount(i)), "")
    found = find_slots(text, knowledge, bare_numbers=bool(takes))
    if found != meaning.slots:
        meaning = changed(meaning, slots=found)
    decided, why = _weighed(meaning, found, knowledge), "set beside other work"
    if not decided and found.amount is not None:
        decided, why = _of_amount(meaning, found, takes, knowledge), "an amount of pay was named"
    if not decided:
        return meaning
    return changed(meaning, outcome="sure", intents=(decided,), beside=(), why=(why,))


def _weighed(meaning: Meaning, found: Slots, knowledge: Knowledge) -> str:
    """The question that sets our work beside another, of a message torn about it that names both."""
    career = knowledge.career
    torn = meaning.outcome == "torn" and meaning.intents[0] == career.bare_alternative
    both = {role in career.alternatives for role in found.roles} == {True, False}
    return career.bare_alternative if torn and both else ""


def _of_amount(meaning: Meaning, found: Slots, takes: str, knowledge: Knowledge) -> str:
    """The question that an amount of pay makes of this one; `takes` is one of its intents that speaks of amounts."""
    if meaning.outcome == "torn" and takes and (meaning.places or found.roles or meaning.intents == (takes,)):
        return takes
    own = knowledge.career.own_amount  # whose answer has the pay there in it
    others = [intent for intent in meaning.intents if intent != own]
    if meaning.outcome == "sure" and (takes in {"", own} or takes not in meaning.intents) and others:
        about_pay = _about_pay(others, knowledge)
        return (own if own in meaning.intents else knowledge.career.bare_amount) if about_pay else ""
    return ""


def _about_pay(intents: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether each of the questions asked is one that a place makes a question about pay there."""
    kinds = [knowledge.entries[intent].in_place if knowledge.is_ours(intent) else {} for intent in intents]
    return all(any(map(knowledge.compares, in_place.values())) for in_place in kinds)


def _meaning(text: str, whole: Match, found: Found, state: State, knowledge: Knowledge) -> Meaning:
    foreign = knowledge.talk_of("language") if language_of(text, knowledge.vocabulary) else ""
    if foreign:
        return Meaning("sure", (foreign,), 1.0, whole, why=("another language",))
    mine = said_to_be_own(text, whole, state, knowledge) or put_right(text, whole, state, knowledge)
    if mine:
        return mine
    leaning = follow_up(text, whole, found.places, state, knowledge)
    if leaning:
        return leaning
    away = elsewhere(text, knowledge)
    if away:
        return Meaning("sure", (away,), 1.0, whole, found.places, why=("wishes for something else",))
    found = _there(text, found, state, knowledge)
    talking = knowledge.is_ours(state.topic) and state.topic_age <= TOPIC_LASTS and not state.flow
    plainer = _reminded(text, whole, knowledge) or _behind_a_nod(text, whole, knowledge)
    if plainer:
        return _single(plainer, found, talking, knowledge)
    asked = parts(text, whole, knowledge)
    if asked:
        weakest = min(part.probability for part in asked.values())
        first = next(iter(asked.values()))
        beside = () if _same_in_place(whole, found, knowledge) else unlike(asked, whole)
        return Meaning("sure", tuple(asked), weakest, first, found.places, why=("split",), beside=beside)
    single = _single(whole, found, talking, knowledge)
    told = introduced(text, knowledge) if single.outcome != "sure" or single.beside else None
    if told:
        return _single(told, found, talking, knowledge)
    few = len([word for word in content_words(whole.words) if word not in KINDS]) <= FEW
    return _as_before(single, found, state, knowledge) if few or not asks(text) else single


def _as_before(meaning: Meaning, found: Found, state: State, knowledge: Knowledge) -> Meaning:
    """Torn between questions about a place, or guessing one: that which was asked about another place just before."""
    kind, topic = _kind_of(found, knowledge), state.topic
    open_ = meaning.outcome == "torn" or (bool(meaning.beside) and not certain(meaning.match))
    if not open_ or not kind or not knowledge.is_ours(topic) or state.topic_age > TOPIC_LASTS:
        return meaning
    entries = knowledge.entries
    again = entries[topic].in_place.get(kind, topic)
    if again not in {entries[intent].in_place.get(kind, intent) for intent in (*meaning.intents, *meaning.beside)}:
        return meaning
    return changed(
        meaning, outcome="sure", intents=(again,), beside=(), leans=True, why=("asked about another place before",)
    )


def _there(text: str, found: Found, state: State, knowledge: Knowledge) -> Found:
    """ "and jobs there?", "around here": the one place named before, however long ago, unless another is named."""
    codes = [code for code in state.slots.get("places", ()) if code in knowledge.areas]
    said = text.lower()
    another = found.places or found.abroad or found.unknown
    if another or len(codes) != 1 or not (THERE.search(said) or HERE.search(said)):
        return found
    return Found((Place(knowledge.areas[codes[0]].name, (codes[0],)),))


def _reminded(text: str, whole: Match, knowledge: Knowledge) -> Match | None:
    """ "how much was the exam again" asks for what it names; alone, "again" asks for the last words."""
    if not AGAIN.search(text) or not whole.candidates or certain(whole):
        return None
    match = knowledge.matcher.match(AGAIN.sub("", text))
    told = len(content_words(match.words))
    repeats = knowledge.talk_of("repeat")
    if whole.candidates[0].intent != repeats:  # "can I take it again" is another question than "can I take it"
        return match if certain(match) and match.questions[0].intent == whole.questions[0].intent else None
    other = bool(match.candidates) and match.candidates[0].intent != repeats
    return match if told and (sure(match) or (other and told >= A_REMARK)) else None


def _behind_a_nod(text: str, whole: Match, knowledge: Knowledge) -> Match | None:
    """ "ok should i do it" sounds like a nod, and is one followed by a question."""
    nod = NOD.match(text)
    if not nod or not whole.candidates or certain(whole):
        return None
    match = knowledge.matcher.match(text[nod.end() :])
    plain = certain(match) or (sure(match) and not knowledge.is_ours(whole.candidates[0].intent))
    return match if plain and len(match.words) > ALONE else None


def _single(match: Match, found: Found, talking: bool, knowledge: Knowledge) -> Meaning:
    places = found.places
    noise = knowledge.talk_of("noise") if not match.candidates and len(match.words) <= 2 else ""
    if noise:
        return Meaning("sure", (noise,), 1.0, match, places)
    offered = tuple(c.intent for c in match.questions[:MOST_OFFERED] if c.share >= LEAST_OFFERED)
    content = content_words(match.words)
    same = _same_in_place(match, found, knowledge) if match.ours >= PLACED_OURS else ""
    if certain(match) or (sure(match) and same):
        beside = offered[1:] if len(match.words) <= ALONE and not same else ()
        return Meaning("sure", offered[:1], match.probability, match, places, beside=beside)
    if same:
        return Meaning("sure", (same,), match.probability, match, places, why=("all of them are one question there",))
    other = next((c for c in match.candidates if not knowledge.is_ours(c.intent)), None)
    strange = len(content) >= STRANGE and not any(map(knowledge.matcher.knows, content))
    if other and not strange and other.share >= TALK and knowledge.kind_of(other.intent) == "smalltalk":
        return Meaning("sure", (other.intent,), other.share, match, places)
    if may_be_guessed(match, knowledge.calibration.guard, talking=talking):
        return Meaning("sure", offered[:1], match.probability, match, places, beside=offered[1:])
    if (
        not strange
        and match.ours >= MAYBE_OURS
        and sum(c.share for c in match.questions[:MOST_OFFERED]) >= WORTH_OFFERING
    ):
        if len(offered) == 1 and match.probability >= SURE and match.ours >= ONE_OURS:  # one to pick from is no choice
            near = knowledge.questions_after(offered[0])
            return Meaning("sure", offered, match.probability, match, places, beside=near)
        return Meaning("torn", offered, match.probability, match, places)
    empty = other and not content and knowledge.kind_of(other.intent) == "out_of_scope"
    likely = other and (other.share >= OTHER or (other.share >= OTHER_AT_LEAST and match.ours <= HARDLY_OURS))
    if other and likely and not (empty or strange):
        return Meaning("sure", (other.intent,), other.share, match, places)
    return Meaning("lost", (), match.probability, match, places)


def _same_in_place(match: Match, found: Found, knowledge: Knowledge) -> str:
    """The one question that most of the likely ones become with these places: "pay in a state" and "in a city"."""
    kind = _kind_of(found, knowledge)
    if not kind:
        return ""
    shares: dict[str, float] = {}
    for candidate in match.questions:
        meant = knowledge.entries[candidate.intent].in_place.get(kind, candidate.intent)
        shares[meant] = shares.get(meant, 0.0) + candidate.share
    best = max(shares, key=lambda intent: shares[intent], default="")
    return best if best and shares[best] >= SAME else ""


def _kind_of(found: Found, knowledge: Knowledge) -> str:
    """The kind of place that an entry's `in_place` goes by; a town that we don't know is one all the same."""
    if len(found.places) > 1:
        return "several"
    if found.places:
        return knowledge.areas[found.places[0].codes[0]].type
    return "metro" if found.unknown else ""
