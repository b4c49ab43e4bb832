"""Signs that someone is in danger. They come before anything else a message asks.

Two ways find them, for each misses what the other finds: a short list of phrases that always win (`danger` in
vocabulary.yaml), and the ranking, of the whole message and, where it is long, of each piece of it: a story of a
failed exam tells of the danger in half a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import EXACT, Match
from bot.conversation.meaning import MAYBE_OURS, content_words
from bot.conversation.vocabulary import Vocabulary

URGENT = 0.35  # of the ranking's shares, for the whole message
URGENT_PIECE = 0.9  # the same, for a piece: torn from the rest it sounds graver than it is
TELLING = 1.3  # how much oftener than usual its words are used to tell of danger; where the above is reached, above 1.5
LONG = 12  # words, from which each piece is looked at
LEAST = 4  # words of a piece that says something by itself
DENIAL = re.compile(
    r"\b(?:i'?m|i am)(?: really| just)? not (?:(?:feeling|going to|gonna|about to|trying to|at all)\s+)?"
    r"(?:suicidal|(?:kill|hurt|harm)(?:ing)? myself|in danger)\b",
    re.IGNORECASE,
)
PIECE = re.compile(r"[.!?;,\n]+\s*|\s+(?:and|but|so|because|cuz|bc|then)\s+", re.IGNORECASE)


def danger(text: str, whole: Match, knowledge: Knowledge) -> str:
    """The urgent small talk that `text` belongs to; empty for nearly every message."""
    found = _listed(text, knowledge) or _ranked(whole, URGENT, knowledge) or _in_a_piece(text, knowledge)
    return "" if found and undenied(text, knowledge) != text else found


def sign_of_danger(text: str, knowledge: Knowledge) -> str:
    """The same of a message as it was typed; one without a letter, such as a number picked, is not ranked for it."""
    return danger(text, knowledge.matcher.match(text), knowledge) if any(map(str.isalpha, text)) else ""


def undenied(text: str, knowledge: Knowledge) -> str:
    """ "No, I'm not suicidal, just tired. Who hires beginners?" without its denial: who says so and asks is heard.

    With nothing of ours beside it a denial is taken no chances with, and stays.
    """
    rest = DENIAL.sub(" ", text)
    if rest == text:
        return text
    match = knowledge.matcher.match(rest)
    return rest if match.ours >= MAYBE_OURS and not danger(rest, match, knowledge) else text


def _listed(text: str, knowledge: Knowledge) -> str:
    words = knowledge.matcher.plain_words(text)
    telling = _telling(knowledge.vocabulary)
    present = telling.keys() & words
    if not present:
        return ""
    said = f" {' '.join(words)} "
    meant = {intent for word in present for phrase, intent in telling[word] if f" {phrase} " in said}
    return next((i for i in knowledge.vocabulary.danger if i in meant and i in knowledge.smalltalk), "")


@lru_cache(maxsize=4)
def _telling(vocabulary: Vocabulary) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The listed phrases with what they tell of, by their longest word: a phrase is looked for where its word is."""
    telling: dict[str, list[tuple[str, str]]] = {}
    for intent, phrases in vocabulary.danger.items():
        for phrase in phrases:
            telling.setdefault(max(phrase.split(), key=len, default=""), []).append((phrase, intent))
    return telling


def _in_a_piece(text: str, knowledge: Knowledge) -> str:
    if len(text.split()) < LONG:
        return ""
    matcher, urgent = knowledge.matcher, urgent_talk(knowledge)
    read = (matcher.read_hidden(piece)[0] for piece in _pieces(matcher.hide_places(text)))
    # Hardly any piece has signs enough, and adding up their shares takes less than ordering all intents.
    telling = (words for words in read if tells(words, knowledge))
    grave = (words for words in telling if matcher.share_of(urgent, words) >= URGENT_PIECE)
    signs = (_ranked(matcher.match_words(words), URGENT_PIECE, knowledge) for words in grave)
    return next(filter(None, signs), "")


def urgent_talk(knowledge: Knowledge) -> tuple[str, ...]:
    """Every small talk that tells of danger."""
    return tuple(intent for intent, talk in knowledge.smalltalk.items() if talk.urgent)


def tells(words: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether these words can be a sign of danger at all, which takes far less to know than whether they are one."""
    matcher = knowledge.matcher
    leanings = knowledge.once(tells, lambda: matcher.leanings(urgent_talk(knowledge)))
    return sum([leanings.get(stem, 0.0) for stem in matcher.stems(words)]) >= TELLING * len(words)


def _pieces(text: str) -> Iterator[str]:
    pieces = [piece for piece in PIECE.split(text) if len(piece.split()) >= LEAST]
    return iter(pieces if len(pieces) > 1 else ())


def _ranked(match: Match, least: float, knowledge: Knowledge) -> str:
    if not content_words(match.words):
        return ""
    signs = [c for c in match.candidates if knowledge.is_urgent(c.intent)]
    first = match.candidates[0] if match.candidates else None
    if first and first not in signs and first.share >= EXACT:  # "beats me" is written down as "I don't know"
        return ""
    return signs[0].intent if signs and sum(c.share for c in signs) >= least else ""
