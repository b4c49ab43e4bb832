"""Which option of a step someone means: "2", "the second one", its label, other words for it, or part of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from bot.conversation.amounts import is_unknown
from bot.conversation.amounts.numbers import WORDS as NUMBERS
from bot.conversation.flows.negation import NONE, NOT, affirmed, lettered, stands
from bot.conversation.flows.shape import Option
from bot.conversation.flows.votes import voted_for
from bot.conversation.topics.picking import ordinal

WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"\s*(?:[,;&+\n/]|\band\b|\bplus\b)\s*", re.IGNORECASE)
SENTENCE = re.compile(r"\s*(?:[!?]+|\.+(?!\d)|\b(?:but|though|tho)\b)\s*", re.IGNORECASE)
EMPTY = frozenset([
    "the", "a", "an", "one", "ones", "i", "im", "m", "id", "would", "want", "to", "go", "with", "for", "think", "maybe",
    "probably", "my", "me", "it", "s", "is", "be", "like", "please", "that", "this", "of", "in", "on", "at", "or", "by",
    "and", "just", "really", "guess", "ll", "will", "do", "have", "lol", "well", "um", "so", "option", "answer",
    "choose", "pick", "take", "myself", "am", "was", "from", "some", "any",
])  # fmt: skip
GENERIC = frozenset([  # these say nothing by themselves: "helping people" is not "talking to people"
    "people", "things", "stuff", "night", "nights", "day", "days", "all", "work", "works", "working",
])  # fmt: skip
NOTHING = frozenset(
    {"none", "nothing", "none of them", "none of these", "no", "neither", "none of those", "nope", "nah", "naw"}
)
HEDGES = frozenset(
    {"i", "think", "guess", "really", "maybe", "probably", "yet", "lol", "ok", "well", "no", "nah", "naw", "nope"}
    | {"already", "told", "said", "you", "u", "bro", "like", "else", "besides", "that", "thats"}
)
NONE_OF = re.compile(r"\b(?:none|nothing|(?:not|\w+nt) (?:really )?(?:mind|hate) any) of (?:these|them|those)\b")
BOTH_WORDS = frozenset({"yes or no", "yes no", "y or n", "yes or no lol", "so yes or no", "is it yes or no"})  # none
ALL = frozenset({"all", "all of them", "everything", "all of these", "all of the above", "both"})
BUT = re.compile(
    r"^\W*(?:all|everything|all of (?:them|it|these))\s+(?:but|except|besides|minus|without)\s+(?:not )?(?:for )?",
    re.IGNORECASE,
)
NOT_THAT = re.compile(r"(?:(?:but|and|just|definitely) )*(?:i )?(?:no|not|without|minus|except)\s+\w", re.IGNORECASE)
HATES = re.compile(
    r"\b(?:hate|dislike|can(?:not|'?t) (?:stand|do)|anxious|anxiety|nervous|scared|afraid"
    r"|suck(?:s|ed)?"
    r"|(?:is|are|r|be) (?:(?:the )?(?:devil|worst|pits|death)|hell|torture|evil|awful|terrible|a nightmare)"
    r"|(?:is|are)(?:nt|n['’]t| not) (?:for me|my thing)|drives? me (?:crazy|nuts|insane)"
    r"|(?:bad|terrible|awful) (?:at|with|on)|(?:no|not) (?:so |very |too )?(?:good|great|comfortable)|struggle"
    r"|do(?:nt|n't| not) (?:have|like|want|enjoy))\b",
    re.IGNORECASE,
)
BEARS = re.compile(
    r"\b(?:(?:ok|okay|fine|good|alright|cool) with|(?:is|are|its|it's) (?:ok|okay|fine|good|alright|no problem)"
    r"|do(?:nt|n't| not) mind|i (?:like|love|enjoy)|(?:im|i'm|i am) (?:ok|okay|fine|good|cool|alright))\b"
    r"|\b(?:ok|okay|fine|alright|no problem)\W*$",
    re.IGNORECASE,
)
SAYS_NO = re.compile(r"^\W*(?:hell |oh |god |lol )*(?:no|nah|naw|nope|never|ew+|ugh|yuck)\b", re.IGNORECASE)
AVERSE = re.compile(r"\b(?:not stand|hate|dislike|don't like)\b", re.IGNORECASE)  # a question for what one doesn't like
TOO = re.compile(r"\b(?:too|also|as well|and)\b", re.IGNORECASE)
BOTH = "both"  # how an option is called that stands for two others together
NOTHINGS = [[word] for word in NONE]  # how an option for nothing begins: "None yet"
ALIKE = 84.0
ENOUGH = 0.5
LONGEST = 12  # telling words; more is a story, not a pick


def words(text: str) -> list[str]:
    return WORD.findall(lettered(text))


@lru_cache(maxsize=4096)
def form(written: str) -> str:
    """A label or other words of an author, as what is typed is compared with them."""
    return " ".join(words(written))


def option_in(text: str, options: Mapping[str, Option], *, fuzzy: bool = True) -> str:
    """The id of the one option meant, "" if none or more than one might be. Exact words always count."""
    said = " ".join(words(text))
    if not said or not options:
        return ""
    for option_id, option in options.items():
        if said in map(form, (option.label, option_id, *option.also, *option.loosely)):
            return option_id
    if not fuzzy or said in BOTH_WORDS:
        return ""
    if _means_both(text, options):
        return BOTH
    return (
        _numbered(text, options) or phrase_in(text, options) or _likest(text, options) or _of_a_sentence(text, options)
    )


def _of_a_sentence(text: str, options: Mapping[str, Option]) -> str:
    """The one option that any sentence of a message comes near to, by more than a single word."""
    sentences = [part for part in SENTENCE.split(text) if part]
    found = {_likest(part, options, 2) for part in sentences} - {""} if len(sentences) > 1 else set()
    return found.pop() if len(found) == 1 else ""


def _means_both(text: str, options: Mapping[str, Option]) -> bool:
    """ "This, and I'd take that too": those that stand before the option for both."""
    if BOTH not in options or not TOO.search(text):
        return False
    order, named = list(options), phrases_in(text, options)
    return len(named) > 1 and all(order.index(key) <= order.index(BOTH) for key in named)


def _numbered(text: str, options: Mapping[str, Option]) -> str:
    place = ordinal(text, len(options))
    return "" if place is None else list(options)[place]


def phrase_in(text: str, options: Mapping[str, Option], shortest: int = 3) -> str:
    """The option whose whole label or other words stand in what was said, undenied; the longest if several do."""
    return next(iter(phrases_in(text, options, shortest)), "")


def phrases_in(text: str, options: Mapping[str, Option], shortest: int = 3) -> dict[str, None]:
    """All such options, longest words first; of words that stand within longer ones only the longer count."""
    said = f" {' '.join(words(text))} "
    plainly = [(form(name), key) for key, option in options.items() for name in (option.label, *option.also)]
    loosely = [(form(name), key) for key, option in _loosely_named(text, options) for name in option.loosely]
    return _standing(said, text, plainly, shortest) or _standing(said, text, loosely, shortest)


def _loosely_named(text: str, options: Mapping[str, Option]) -> list[tuple[str, Option]]:
    """Who doesn't know names nothing by the way, but may tell by what to choose: "dunno, the cheapest"."""
    return [(key, option) for key, option in options.items() if option.because or not is_unknown(text)]


def _standing(said: str, text: str, names: list[tuple[str, str]], shortest: int) -> dict[str, None]:
    found: dict[str, None] = {}
    for name, option_id in sorted(names, key=lambda pair: (len(pair[0]), pair[1]), reverse=True):
        if len(name) >= shortest and f" {name} " in said and stands(name, text):
            said = said.replace(f" {name} ", " | ")
            found[option_id] = None
    return found


def _likest(text: str, options: Mapping[str, Option], least: int = 1) -> str:
    """The option that shares most of the telling words, if it is one and they are half of what was said, `least` of
    them at least."""
    telling = [word for word in words(text) if word not in EMPTY]
    content = [word for word in affirmed(text) if word not in EMPTY]
    if not content or len(telling) > LONGEST:
        return ""
    scores = {option_id: _shared(content, option) for option_id, option in options.items()}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    best, score = ranked[0]
    return best if score >= least and score / len(telling) >= ENOUGH and score > second else ""


def _shared(content: list[str], option: Option) -> float:
    """How many of the words occur, or nearly so, among the words of the option."""
    more = map(words, (*option.also, *option.loosely))
    others = (name for name in more if len(name) == 1 or NOT.isdisjoint(name))
    own = {word for name in (words(option.label), *others) for word in name} - EMPTY - GENERIC
    if len(content) > 1:  # the "six" of "six years" is none of "six months"
        own = {word for word in own if word not in NUMBERS and not word.isdecimal()}
    return float(sum(any(_alike(word, other) for other in own) for word in content))


def _alike(word: str, other: str) -> bool:
    if len(word) < 4 or len(other) < 4:
        return word == other
    begins = min(len(word), len(other)) >= 5 and (other.startswith(word) or word.startswith(other))
    return begins or fuzz.ratio(word, other) >= ALIKE


def says_nothing(text: str) -> bool:
    """ "I ain't got nothing": a few words with which nothing of what was asked for is named."""
    said = words(text)
    return len(said) <= LONGEST and not NONE.isdisjoint(said)


def none_of(options: Mapping[str, Option]) -> str:
    """The one option that stands for nothing of the kind, "" where there is no such or several."""
    found = [key for key, o in options.items() if any(words(name)[:1] in NOTHINGS for name in (o.label, *o.also))]
    return found[0] if len(found) == 1 else ""


def picked(options: Mapping[str, Option], chosen: Collection[str]) -> list[str]:
    """The chosen options in the order of the question, however they were ticked: the same answer is kept the same."""
    return [option_id for option_id in options if option_id in chosen]


def options_in(text: str, options: Mapping[str, Option], ask: str = "") -> list[str] | None:
    """Every option named and not denied, in the order of the step; None when none is, or a part of a list is none.

    `ask` is the question: where it asks for what one can't stand, "I hate phones" names phones, "fine with phones" not.
    """
    said = " ".join(words(text))
    if said in NOTHING or " ".join(word for word in words(text) if word not in HEDGES) in NOTHING:
        return []
    if said in ALL:
        return list(options)
    without = BUT.search(text)
    if without:
        left_out = options_in(text[without.end() :], options, ask)
        return left_out and [option_id for option_id in options if option_id not in left_out]
    voted = voted_for(text)
    if voted and all(phrases_in(piece, options) for piece in (*voted.liked, *voted.not_liked)):
        return picked(options, {key for piece in voted.liked for key in phrases_in(piece, options)})
    named: set[str] = set()
    refused: set[str] = set()
    sentences = [part for part in SENTENCE.split(text.strip()) if part] if not text.rstrip().endswith("?") else [text]
    echoed: set[str] = set()
    for sentence in sentences:
        now, not_so = _of_sentence(sentence, options, ask, fuzzy=len(sentences) == 1)
        named |= now
        refused |= not_so - {""} or (echoed if not_so and not now else set())  # "phone? nah, I hate that"
        echoed = now if any(f"{sentence}{mark}" in text for mark in ("?", "..")) else set()
    found = [option_id for option_id in options if option_id in named - refused]
    return found if found or NONE_OF.search(said) else None


def _of_sentence(sentence: str, options: Mapping[str, Option], ask: str, *, fuzzy: bool) -> tuple[set[str], set[str]]:
    """What a sentence names and what it refuses, with "" in the latter where it refuses without naming."""
    pieces = [_hated(piece, ask) for piece in PIECE.split(sentence) if piece]
    had = [piece for piece in pieces if not _refuses(piece, ask)]
    refused = {_bare(piece, options) for piece in pieces if piece not in had}
    if SAYS_NO.match(sentence) and not AVERSE.search(ask):
        refused.add("")
    return _named(had, options, fuzzy=fuzzy), refused


def hated_in(text: str, options: Mapping[str, Option]) -> list[str]:
    """The options named in pieces that say they are hated, in their order."""
    voted = voted_for(text)
    said = voted.rest if voted else text
    pieces = [piece for part in SENTENCE.split(said) for piece in PIECE.split(part) if HATES.search(piece)]
    pieces += voted.not_liked if voted else ()
    named = {key for piece in pieces for key in phrases_in(" ".join(w for w in words(piece) if w not in NOT), options)}
    return [key for key in options if key in named]


def _hated(piece: str, ask: str) -> str:
    """Where it is asked what one can't stand, "no good on the phone" names the phone."""
    hated = AVERSE.search(ask) and HATES.search(piece)
    return " ".join(word for word in words(piece) if word not in NOT) if hated else piece


def _refuses(piece: str, ask: str) -> bool:
    """ "no membership" says of nothing that it is there, "hate phones" of nothing that it is liked."""
    return NOT_THAT.match(piece) is not None or (BEARS if AVERSE.search(ask) else HATES).search(piece) is not None


def _named(pieces: list[str], options: Mapping[str, Option], *, fuzzy: bool) -> set[str]:
    """What each piece of a list names; where one names nothing, what the whole does. Of a story a piece must come near
    by more than a word."""
    named = [
        set(phrases_in(piece, options)) or {option_in(piece, options) if fuzzy else _likest(piece, options, 2)}
        for piece in pieces
    ]
    if fuzzy and {""} in named:
        whole = " and ".join(pieces)
        return set(phrases_in(whole, options)) or {option_in(whole, options)} - {""}
    return set().union(*named) - (set() if fuzzy else {""})


def _bare(piece: str, options: Mapping[str, Option]) -> str:
    """The option that a piece names, denied there or not."""
    return option_in(" ".join(word for word in words(piece) if word not in NOT), options)
