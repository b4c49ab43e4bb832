"""Which option of a step someone means: "2", "the second one", its label, other words for it, or part of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from bot.conversation.flows.shape import Option
from bot.conversation.topics.picking import ordinal

WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"\s*(?:[,;&+\n/]|\band\b|\bplus\b)\s*", re.IGNORECASE)
EMPTY = frozenset([
    "the", "a", "an", "one", "ones", "i", "im", "m", "id", "would", "want", "to", "go", "with", "for", "think", "maybe",
    "probably", "my", "me", "it", "s", "is", "be", "like", "please", "that", "this", "of", "in", "on", "at", "or", "by",
    "and", "just", "really", "guess", "ll", "will", "do", "have", "lol", "well", "um", "so", "option", "answer",
    "choose", "pick", "take", "myself", "am", "was", "from", "some", "any",
])  # fmt: skip
NOTHING = frozenset({"none", "nothing", "none of them", "none of these", "no", "neither", "none of those", "nope"})
HEDGES = frozenset({"i", "think", "guess", "really", "maybe", "probably", "yet", "lol", "ok", "well"})
ALL = frozenset({"all", "all of them", "everything", "all of these", "all of the above", "both"})
BUT = re.compile(
    r"^\W*(?:all|everything|all of (?:them|it|these))\s+(?:but|except|besides|minus|without)\s+(?:not )?(?:for )?",
    re.IGNORECASE,
)
NOT_THAT = re.compile(
    r"(?:but )?(?:i )?(?:no|not|without|minus|except|do(?:nt|n't) (?:have|like)|hate|dislike|can(?:t|'t) stand)\s+\w",
    re.IGNORECASE,
)
ALIKE = 84.0
ENOUGH = 0.5
LONGEST = 12  # telling words; more is a story, not a pick


def words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("'", "").replace("’", ""))


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
        if said in map(form, (option.label, option_id, *option.also)):
            return option_id
    if not fuzzy:
        return ""
    return _numbered(text, options) or _phrase(said, options) or _likest(said, options)


def _numbered(text: str, options: Mapping[str, Option]) -> str:
    place = ordinal(text, len(options))
    return "" if place is None else list(options)[place]


def _phrase(said: str, options: Mapping[str, Option]) -> str:
    """The option whose whole label or other words stand in what was said, the longest if several do."""
    found = [
        (len(name), option_id)
        for option_id, option in options.items()
        for name in map(form, (option.label, *option.also))
        if len(name) > 2 and f" {name} " in f" {said} "
    ]
    best = sorted(found, reverse=True)
    return best[0][1] if best else ""


def _likest(said: str, options: Mapping[str, Option]) -> str:
    """The option that shares most of the telling words, if it is one and they are half of what was said."""
    content = [w for w in said.split() if w not in EMPTY]
    if not content or len(content) > LONGEST:
        return ""
    scores = {option_id: _shared(content, option) for option_id, option in options.items()}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    best, score = ranked[0]
    return best if score / len(content) >= ENOUGH and score > second else ""


def _shared(content: list[str], option: Option) -> float:
    """How many of the words occur, or nearly so, among the words of the option."""
    own = {w for name in (option.label, *option.also) for w in form(name).split()} - EMPTY
    return float(sum(any(_alike(word, other) for other in own) for word in content))


def _alike(word: str, other: str) -> bool:
    if len(word) < 4 or len(other) < 4:
        return word == other
    return fuzz.ratio(word, other) >= ALIKE or (len(word) >= 5 and (other.startswith(word) or word.startswith(other)))


def options_in(text: str, options: Mapping[str, Option]) -> list[str] | None:
    """Every option named in a list, in the order of the step; None when a part of it is no option."""
    said = " ".join(words(text))
    if said in NOTHING or " ".join(word for word in words(text) if word not in HEDGES) in NOTHING:
        return []
    if said in ALL:
        return list(options)
    without = BUT.search(text)
    if without:
        left_out = options_in(text[without.end() :], options)
        return left_out and [option_id for option_id in options if option_id not in left_out]
    pieces = [piece for piece in PIECE.split(text.strip()) if piece]
    had = [piece for piece in pieces if not NOT_THAT.match(piece)]
    if len(had) < len(pieces):  # "no membership" says of nothing that it is there
        return options_in(" and ".join(had), options) if had else None
    whole = option_in(text, options)
    named = {option_in(piece, options) for piece in pieces}
    if "" in named:
        named = {whole} if whole else set()
    return [option_id for option_id in options if option_id in named] or None
