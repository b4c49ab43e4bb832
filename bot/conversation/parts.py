"""The questions in a message of several sentences or clauses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from bot.conversation.asks import CLAUSE, GIVEN, OPENERS, QUESTION, SENTENCE, WH
from bot.conversation.follow_ups import leans_on
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import PLACE
from bot.conversation.meaning import MAYBE_OURS, SURE, certain, content_words, sure
from bot.conversation.slots import ages_in, names_ours

NOT_OURS = 0.05  # of a whole message: a clause of it that sounds like ours leans on what it says before
ONE_OURS = 0.75  # of a whole message, for one clause of it to be answered: "how long does it take" is of what was told
MOST_PARTS = 3
JOINT = re.compile(r"\s*,\s*|\s+(?:and|&|plus)\s+", re.IGNORECASE)
INTRODUCED = re.compile(
    rf"(?:\b(?:i(?:'m| am|m| was)? (?:just |only )?ask(?:ed|ing)?|wondering|(?:wanna|want to) know|so|but|anyways?)"
    rf"\s+|[.!?;]\s+)(?=(?:{WH})\b)",
    re.IGNORECASE,
)
REASON = re.compile(r"\s+(?:bc|because|cuz|coz|cause|since|as i)\s.*$", re.IGNORECASE | re.DOTALL)
POINTS = re.compile(r"\b(?:that|it|this|they|them|these|those)\b", re.IGNORECASE)
LITTLE = 2  # words of content
DENIED = re.compile(rf"(?<=\w)[,.]?\s+(?:and |but )?not (?:about )?(?:{WH})\b[^,.!?]*(?=[,.!?]|$)", re.IGNORECASE)
NO_PAY = re.compile(r",? not (?:my |the |a |any |what i )?\w+\W*$", re.IGNORECASE)  # behind an age
NEARLY_OURS = 0.9  # of a question that is introduced as one
MOST_JOINTS = 3
SECOND = 0.03  # of a message's second question, before it is looked for behind a mere "and"
OF_ONESELF = (
    "i|i'm|im|i've|ive|my|we|our|he|she|they|single|married|widowed|divorced|retired|formerly|husband|wife|been"
    "|just|currently|live|living"
)
TELLING = re.compile(
    rf"^\s*{OPENERS}(?:{OF_ONESELF}|at \d+|{GIVEN}|(?:(?:lol|oh|well|wait|sorry),? )*(?:no|nah|naw|nope))\b",
    re.IGNORECASE,
)
MOST_CLAUSES = 6  # of a message that asks several things; more of them tell a story
HEARD = 0.01  # of a question in the whole message, for words without a question word to ask it
CLEAR = 0.2  # of a question in the whole message, for a clause that leans on what is said before it
LONG = 25  # words, from which a question is looked for within a run of words that nothing divides
ASKED = re.compile(
    r"\b(?:(?:my|the|only|main|big) question is|(?:what )?i(?: really| just)? (?:want|need|wanna)(?: to)? know(?: is)?"
    r"|wondering|so tell me|(?:can|could) (?:you|u) tell me|how (?:long|much|many|hard|do|does|can|would|could)"
    r"|what (?:is|are|do|does|kind|would|if)|which|is (?:it|this|there|that)|can i|do i|should i|will i|would i)\b",
    re.IGNORECASE,
)

Asked = Mapping[str, Match]  # each question, in order, with what was made of the words that ask it


def parts(text: str, whole: Match, knowledge: Knowledge) -> Asked:
    """Two or more questions that are each likely by themselves.

    Or, where the message as a whole can't be read, the last sentence that can: in a long story that is where the
    question stands. A sentence before another question that we can't answer is not it, and neither is a clause of a
    message that is about something else.
    """
    if whole.ours <= NOT_OURS:
        return {}
    asked = _parts(text, whole, knowledge)
    alone = len(asked) == 1 and whole.ours < ONE_OURS
    return asked if not alone or names_ours(" ".join(next(iter(asked.values())).words), knowledge) else {}


def unlike(asked: Asked, whole: Match) -> tuple[str, ...]:
    """What else a message may ask of which one part was read, if all of it together hardly sounds like that part."""
    (intent, match), *others = asked.items()
    if others or any(c.intent == intent and c.share >= CLEAR for c in whole.questions):
        return ()
    near = dict.fromkeys(c.intent for c in (*whole.questions[:2], *match.questions[1:3]))
    return tuple(other for other in near if other != intent)


def _parts(text: str, whole: Match, knowledge: Knowledge) -> Asked:
    text = knowledge.matcher.hide_places(text)
    if PLACE in text:  # a place named twice is found once
        text = knowledge.matcher.hide_places(text)
    sentences = [s for s in SENTENCE.split(text) if s and s.strip()]
    clauses = [c for s in sentences for c in CLAUSE.split(s) if c.strip()]
    if len(clauses) < 2:
        return _joined(text, whole, knowledge) or ({} if sure(whole) else _last_of(text, knowledge))
    asking = [number for number, clause in enumerate(clauses) if QUESTION.search(clause.strip())]
    read = _read(clauses, asking, knowledge)
    asked = _in_turn(read, clauses, asking, whole, knowledge)
    if len(asked) >= 2:
        return dict(islice(asked.items(), MOST_PARTS))
    if certain(whole):
        return _behind_told(read, clauses, [n for n in asking if clauses[n] in sentences], whole, knowledge)
    silent = {number for number, match in read.items() if not sure(match)}
    told = {n for n, clause in enumerate(clauses) if n not in asking and (n in silent or TELLING.match(clause))}
    if asked and len(told) == len(clauses) - 1 and all(m.probability > whole.probability for m in asked.values()):
        return asked  # nothing else asks, and beside what is told it is less sure
    if sure(whole):
        return _beside_courtesy(whole, clauses, read, knowledge)
    if asked and whole.questions and whole.questions[0].intent in asked:  # the whole message leans to it as well
        return asked
    left = [n for n in range(len(clauses)) if n not in told] if asking else list(range(len(clauses)))
    return _last_clause(clauses, left, asking, read, knowledge) or _last_of(text, knowledge)


def _behind_told(
    read: Mapping[int, Match], clauses: Sequence[str], asking: Collection[int], whole: Match, knowledge: Knowledge
) -> Asked:
    """The one question behind what somebody tells of themselves, where only what is told makes the whole sound like
    another: "Navy cook, twenty years. What would I earn?" asks nothing about soldiers."""
    meant = whole.questions[0].intent
    asked = [n for n in asking if n in read and certain(read[n]) and read[n].questions[0].intent != meant]
    if len(asking) != 1 or not asked:  # of sentences: a clause behind a comma asks about what stands before it
        return {}
    before = [clause for n, clause in enumerate(clauses) if n not in asking and not QUESTION.search(clause.strip())]
    told = knowledge.matcher.match_hidden(" ".join(before))
    heard = meant in _heard(read[asked[0]])
    return _each([read[asked[0]]]) if not heard and told.candidates and told.candidates[0].intent == meant else {}


def affirmed(text: str) -> str:
    """The text without what it says is not asked: "i asked when it opens, not the price", "52 is my age not pay"."""
    asked = DENIED.sub("", text)
    return NO_PAY.sub("", asked) if ages_in(asked) else asked


def introduced(text: str, knowledge: Knowledge) -> Match | None:
    """The question behind what is told before it and without the reason behind it: "i'm not there and i asked what
    the book costs"; None where nothing introduces one, or it is no plain one."""
    starts = [found.end() for found in INTRODUCED.finditer(text)]
    match = knowledge.matcher.match(REASON.sub("", text[starts[-1] :])) if starts else None
    plain = match and match.probability >= SURE and match.ours >= NEARLY_OURS
    return match if match and plain and content_words(match.words) else None


def _last_clause(
    clauses: Sequence[str],
    left: Sequence[int],
    asking: Collection[int],
    read: Mapping[int, Match],
    knowledge: Knowledge,
) -> Asked:
    """The last of the clauses `left` that says something, if it is plain what it asks."""
    for number in reversed(left):
        match = read.get(number) or knowledge.matcher.match_hidden(clauses[number])
        if content_words(match.words) and (sure(match) or number in asking):
            return _each([match]) if sure(match) else {}
    return {}


def _read(clauses: Sequence[str], asking: Collection[int], knowledge: Knowledge) -> Mapping[int, Match]:
    """The clauses that may ask something; none of so many that they tell a story."""
    if not asking or len(clauses) > MOST_CLAUSES:
        return {}
    pointed_at = {n - 1 for n in asking if POINTS.search(clauses[n])}
    worth = [n for n, clause in enumerate(clauses) if n in asking or n in pointed_at or not TELLING.match(clause)]
    return {n: knowledge.matcher.match_hidden(clauses[n]) for n in worth}


def _in_turn(
    read: Mapping[int, Match], clauses: Sequence[str], asking: Collection[int], whole: Match, knowledge: Knowledge
) -> Asked:
    """What the clauses ask. One that leans ("and how much is it") asks it of what the clause before was about, told
    or asked, and is else no question of its own unless it is sure by itself."""
    clear = {c.intent for c in whole.questions[:2] if c.share >= CLEAR}
    asked: dict[str, Match] = {}
    before = ""
    for number, match in read.items():
        leaning = leans_on(before, match, knowledge)
        if number not in asking and TELLING.match(clauses[number]):
            before = match.questions[0].intent if certain(match) else before
            continue
        leans = number in asking and bool(before) and POINTS.search(clauses[number]) is not None
        own = sure(match) if leans else _asks(match, clear) if number in asking else certain(match)
        if len(asking) == 1 and certain(whole) and _of_the_rest(clauses[number], match, whole):
            continue
        if not leaning and not own:
            continue
        if leaning or content_words(match.words):
            before = leaning or match.questions[0].intent
            asked.setdefault(before, match)
    return asked if any(map(sure, asked.values())) else {}


def _of_the_rest(clause: str, match: Match, whole: Match) -> bool:
    """Whether a clause says too little to ask anything beside what is plain: "zoom or classroom, which better"."""
    little = POINTS.search(clause) is not None or len(content_words(match.words)) <= LITTLE
    return little and bool(match.questions) and match.questions[0].intent not in _heard(whole)


def _heard(match: Match) -> set[str]:
    """The questions that can be heard at all in a message."""
    return {c.intent for c in match.questions if c.share >= HEARD}


def _asks(match: Match, clear: Collection[str]) -> bool:
    """Whether a clause with a question word asks something of ours: by itself, or by what is clear from the message."""
    leans = match.ours >= MAYBE_OURS and bool(match.questions) and match.questions[0].intent in clear
    return sure(match) or leans


def _each(asked: Iterable[Match]) -> Asked:
    """The best question of each, once, as it was asked first."""
    found: dict[str, Match] = {}
    for match in asked:
        if content_words(match.words):
            found.setdefault(match.questions[0].intent, match)
    return found


def _joined(text: str, whole: Match, knowledge: Knowledge) -> Asked:
    """Two questions with a mere "and" or comma between them: "exam fee, gi bill"."""
    if len(whole.questions) < 2 or whole.questions[1].share < SECOND or len(text.split()) > LONG:
        return {}
    for joint in islice(JOINT.finditer(text), MOST_JOINTS):
        sides = (text[: joint.start()], text[joint.end() :])
        if any(TELLING.match(side) for side in sides):
            continue
        asked = _each(filter(certain, map(knowledge.matcher.match_hidden, sides)))
        if len(asked) == 2 and asked.keys() <= _heard(whole):
            return asked
    return {}


def _beside_courtesy(whole: Match, clauses: Sequence[str], read: Mapping[int, Match], knowledge: Knowledge) -> Asked:
    """What the message asks most likely, from the clause that asks it surely: "you are great! what states pay best"."""
    numbers = reversed(range(len(clauses)))
    alone = (read.get(number) or knowledge.matcher.match_hidden(clauses[number]) for number in numbers)
    same = (m for m in alone if certain(m) and m.questions[0].intent == whole.questions[0].intent)
    return _each(islice(same, 1))


def _last_of(text: str, knowledge: Knowledge) -> Asked:
    """The last question in a long run of words without stops: "... and i have two kids so how long does it take"."""
    if len(text.split()) < LONG:
        return {}
    tails = [knowledge.matcher.match_hidden(text[cue.start() :]) for cue in list(ASKED.finditer(text))[-3:]]
    return _each([match for match in tails if sure(match)][-1:])
