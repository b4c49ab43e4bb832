"""Event + state -> what was meant. Three outcomes: sure, torn between a few, or not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.conversation.changing import changed
from bot.conversation.danger import danger
from bot.conversation.follow_ups import follow_up
from bot.conversation.knowledge import Knowledge
from bot.conversation.languages import language_of
from bot.conversation.matching.matcher import Match
from bot.conversation.meaning import CERTAIN, GUESS, OURS, OURS_TO_GUESS, SURE, Meaning, content_words, sure
from bot.conversation.places import Found, Place, recognise
from bot.conversation.slots import find_slots, outside
from bot.conversation.state import State

SAME = 0.6  # that several questions together mean the one which they become in a place
MAYBE_OURS = 0.3  # before we offer a choice
TALK = 0.15  # that a message which is not for us to answer is the small talk it looks most like
OTHER = 0.3  # that it is what else it looks most like
OTHER_AT_LEAST = 0.22  # the same, of a message that is hardly ours
HARDLY_OURS = 0.4
NOT_OURS = 0.05  # of a whole message: a clause of it that sounds like ours leans on what it says before
LEAST_OFFERED = 0.02
WORTH_OFFERING = 0.25  # that the question meant is among those offered
MOST_OFFERED = 4
MOST_PARTS = 3
ALONE = 2  # words: so few leave much open, and get the others beside the answer
STRANGE = 2  # words of content, none in any phrasing: whatever the small words sound like, it is not understood

WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"(?<=[?!.;:])\s+|\n+|\?(?=\w)")
QUESTION_WORDS = (
    "how|what|whats|is|are|do|does|can|could|where|who|which|will|should|when|why|how's|what's|wat|wats|hw|hows"
)
CLAUSE = re.compile(
    rf"(?:,\s*|,?\s+(?:and also|and|also|plus|[&+n]|then|but|or|so)\s+)(?=(?:{QUESTION_WORDS})\b)", re.IGNORECASE
)
LONG = 25  # words, from which a question is looked for within a run of words that nothing divides
ASKED = re.compile(
    r"\b(?:(?:my|the|only|main|big) question is|(?:what )?i(?: really| just)? (?:want|need|wanna)(?: to)? know(?: is)?"
    r"|wondering|so tell me|(?:can|could) (?:you|u) tell me|how (?:long|much|many|hard|do|does|can|would|could)"
    r"|what (?:is|are|do|does|kind|would|if)|which|is (?:it|this|there|that)|can i|do i|should i|will i|would i)\b",
    re.IGNORECASE,
)
A_REMARK = 3  # words of content before "again" that say something by themselves
AGAIN = re.compile(r"[\s,]+again[\s?!.]*$", re.IGNORECASE)
THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bs )(?<!\bwas )(?<!\bbe )\b(?:out |over |down |up )?there\b"
    r"(?! (?:is|are|was|any|an?)\b)"
)
QUESTION = re.compile(rf"^(?:\w+,? ){{0,2}}(?:{QUESTION_WORDS})\b|\?$", re.IGNORECASE)


def understand(text: str, state: State, knowledge: Knowledge) -> Meaning:
    """What `text` asks, with the conversation so far in mind, and what it names."""
    whole = knowledge.matcher.match(text)
    found = recognise(text, knowledge.places)
    meaning = _meaning(text, whole, found, state, knowledge)
    if found.abroad:
        meaning = changed(meaning, abroad=found.abroad)
    if found.unknown:
        meaning = changed(meaning, unknown=found.unknown[0].town)
    if meaning.slots.amount is not None:
        return meaning
    return _with_slots(meaning, _mended(outside(text, found.places), whole), knowledge)


def _mended(text: str, match: Match) -> str:
    """The text with its repaired words in place."""
    repaired = match.repaired
    return WORD.sub(lambda word: repaired.get(word[0].lower(), word[0]), text) if repaired else text


def _with_slots(meaning: Meaning, text: str, knowledge: Knowledge) -> Meaning:
    """The meaning with what else the text names; an amount of pay can decide what is asked."""
    takes = next((intent for intent in meaning.intents if knowledge.takes_amount(intent)), "")
    found = find_slots(text, knowledge, bare_numbers=bool(takes))
    if found != meaning.slots:
        meaning = changed(meaning, slots=found)
    if found.amount is None:
        return meaning
    decided = ""
    if meaning.outcome == "torn" and takes and (meaning.places or found.roles or meaning.intents == (takes,)):
        decided = takes
    elif meaning.outcome == "sure" and not takes and _about_pay(meaning.intents, knowledge):
        decided = knowledge.career.bare_amount
    if not decided:
        return meaning
    return changed(meaning, outcome="sure", intents=(decided,), why=("an amount of pay was named",))


def _about_pay(intents: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether one question alone was asked, and it is one that a place makes a question about pay there."""
    place_kinds = knowledge.entries[intents[0]].in_place if len(intents) == 1 and knowledge.is_ours(intents[0]) else {}
    return any(knowledge.compares(intent) for intent in place_kinds.values())


def _meaning(text: str, whole: Match, found: Found, state: State, knowledge: Knowledge) -> Meaning:
    urgent = danger(text, whole, knowledge)
    if urgent:
        return Meaning("sure", (urgent,), 1.0, whole, why=("a sign of danger comes first",))
    foreign = knowledge.talk_of("language") if language_of(text, knowledge.vocabulary) else ""
    if foreign:
        return Meaning("sure", (foreign,), 1.0, whole, why=("another language",))
    leaning = follow_up(text, whole, found.places, state, knowledge)
    if leaning:
        return leaning
    found = _there(text, found, state, knowledge)
    reminded = _reminded(text, whole, knowledge)
    if reminded:
        return _single(reminded, found, knowledge)
    parts = _parts(text, whole, knowledge)
    if parts:
        weakest = min(part.probability for part in parts)
        return Meaning(
            "sure", tuple(m.questions[0].intent for m in parts), weakest, parts[0], found.places, why=("split",)
        )
    return _single(whole, found, knowledge)


def _there(text: str, found: Found, state: State, knowledge: Knowledge) -> Found:
    """ "and jobs there?": the one place named before, however long ago, unless the message names another."""
    codes = [code for code in state.slots.get("places", ()) if code in knowledge.areas]
    if found.places or found.abroad or found.unknown or len(codes) != 1 or not THERE.search(text.lower()):
        return found
    return Found((Place(knowledge.areas[codes[0]].name, (codes[0],)),))


def _reminded(text: str, whole: Match, knowledge: Knowledge) -> Match | None:
    """ "how much was the exam again" asks for what it names; alone, "again" asks for the last words."""
    repeats = knowledge.talk_of("repeat")
    if not AGAIN.search(text) or not whole.candidates or whole.candidates[0].intent != repeats:
        return None
    match = knowledge.matcher.match(AGAIN.sub("", text))
    told = len(content_words(match.words))
    other = bool(match.candidates) and match.candidates[0].intent != repeats
    return match if told and (sure(match) or (other and told >= A_REMARK)) else None


def _single(match: Match, found: Found, knowledge: Knowledge) -> Meaning:
    places = found.places
    noise = knowledge.talk_of("noise") if not match.candidates and len(match.words) <= 2 else ""
    if noise:
        return Meaning("sure", (noise,), 1.0, match, places)
    offered = tuple(c.intent for c in match.questions[:MOST_OFFERED] if c.share >= LEAST_OFFERED)
    content = content_words(match.words)
    same = _same_in_place(match, found, knowledge) if match.ours >= OURS else ""
    if sure(match) and (match.probability >= CERTAIN or same):
        beside = offered[1:] if len(match.words) <= ALONE and not same else ()
        return Meaning("sure", offered[:1], match.probability, match, places, beside=beside)
    if same:
        return Meaning("sure", (same,), match.probability, match, places, why=("all of them are one question there",))
    other = next((c for c in match.candidates if not knowledge.is_ours(c.intent)), None)
    if other and other.share >= TALK and knowledge.smalltalk[other.intent].kind == "smalltalk":
        return Meaning("sure", (other.intent,), other.share, match, places)
    guess = GUESS if len(match.words) > ALONE else SURE
    if match.ours >= OURS_TO_GUESS and match.probability >= guess:
        return Meaning("sure", offered[:1], match.probability, match, places, beside=offered[1:])
    strange = len(content) >= STRANGE and not any(map(knowledge.matcher.knows, content))
    if (
        not strange
        and match.ours >= MAYBE_OURS
        and sum(c.share for c in match.questions[:MOST_OFFERED]) >= WORTH_OFFERING
    ):
        return Meaning("torn", offered, match.probability, match, places)
    empty = other and not content and knowledge.smalltalk[other.intent].kind == "out_of_scope"
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


def _parts(text: str, whole: Match, knowledge: Knowledge) -> list[Match]:
    """The questions in a message of several sentences or clauses.

    Two or more that are each likely by themselves; or, where the message as a whole can't be read, the last
    sentence that can: in a long story that is where the question stands. A sentence before another question that
    we can't answer is not it, and neither is a clause of a message that is plainly about something else.
    """
    if whole.ours <= NOT_OURS:
        return []
    text = knowledge.matcher.hide_places(text)
    sentences = [s for s in SENTENCE.split(text) if s and s.strip()]
    clauses = [c for s in sentences for c in CLAUSE.split(s) if c.strip()]
    if len(clauses) < 2:
        return [] if sure(whole) else _asked_in(text, knowledge)
    asking = [number for number, clause in enumerate(clauses) if QUESTION.search(clause.strip())]
    read = {number: knowledge.matcher.match_hidden(clauses[number]) for number in asking} if len(asking) >= 2 else {}
    asked: dict[str, Match] = {}
    for match in read.values():
        if content_words(match.words) and sure(match):
            asked.setdefault(match.questions[0].intent, match)
    if len(asked) >= 2:
        return list(asked.values())[:MOST_PARTS]
    if sure(whole):
        return [] if whole.probability >= CERTAIN else _beside_courtesy(whole, clauses, read, knowledge)
    if asked and whole.questions and whole.questions[0].intent in asked:  # the whole message leans to it as well
        return list(asked.values())
    for number in reversed(range(len(clauses))):
        match = read.get(number) or knowledge.matcher.match_hidden(clauses[number])
        if content_words(match.words) and (sure(match) or number in asking):
            return [match] if sure(match) else _asked_in(text, knowledge)
    return _asked_in(text, knowledge)


def _beside_courtesy(
    whole: Match, clauses: Sequence[str], read: Mapping[int, Match], knowledge: Knowledge
) -> list[Match]:
    """What the message asks most likely, from the clause that asks it surely: "you are great! what states pay best"."""
    numbers = reversed(range(len(clauses)))
    alone = (read.get(number) or knowledge.matcher.match_hidden(clauses[number]) for number in numbers)
    same = (m for m in alone if sure(m) and m.questions[0].intent == whole.questions[0].intent)
    return [m for m in same if m.probability >= CERTAIN][:1]


def _asked_in(text: str, knowledge: Knowledge) -> list[Match]:
    """The last question in a long run of words without stops: "... and i have two kids so how long does it take"."""
    if len(text.split()) < LONG:
        return []
    tails = [knowledge.matcher.match_hidden(text[cue.start() :]) for cue in list(ASKED.finditer(text))[-3:]]
    return [match for match in tails if sure(match)][-1:]
