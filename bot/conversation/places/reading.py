"""A message laid out for recognition, and what stands around a word: prepositions, capitals, ends of clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from bot.conversation.places.index import FREE, IS_WORD, NEEDS_IN, PlaceIndex
from bot.conversation.places.text import WORD, Word, plain_words
from bot.conversation.places.towns import COUNTY_WORDS

MOST_INITIALS = 4
MOST_ASIDE = 4  # words beside a place that are no more than "and what about"
NO_PLACE_FOLLOWS = frozenset({"is", "am", "thanks", "a", "an", "the", "as", "for", "vs", "or", "than", "and", "my"})
WHERE = frozenset({"in", "near", "around", "outside", "within", "inside", "across", "throughout", "nearby", "by"})
BETWEEN = frozenset({"the", "downtown", "greater", "metro"})  # a word that says where and a name
LEADS = WHERE | BETWEEN | {"of", "to", "from"}
BEFORE_OF = frozenset({
    "outside", "city", "town", "suburb", "suburbs", "north", "south", "east", "west", "part", "area", "side", "county",
    "state", "outskirts", "edge",
})  # fmt: skip
BEFORE_TO = frozenset({"move", "moving", "moved", "relocate", "relocating", "relocated", "close", "next", "nearest"})
BEFORE_FROM = frozenset({
    "move", "moving", "moved", "relocating", "relocate", "coming", "come", "came", "originally", "am", "im", "we're",
    "were", "miles", "minutes", "mins", "hour", "hours", "far", "i",
})  # fmt: skip
AFTER = frozenset({"area", "metro", "city", "suburbs", "suburb", "region", "metropolitan"})
ASIDE = frozenset(
    {"and", "what", "how", "about", "ok", "or", "then", "so", "please", "pls", "for", "the", "im", "i", "am"}
)
JOINERS = frozenset({"or", "vs", "versus", "and", "than", "to", "with", "compared", "against", "v"})
ENDS = re.compile(
    r"^\s*(?:$|[?!.,;:)\n])|^\s+(?:and|or|vs|versus|area|compared|than|with|right|now|please|rn|do|is|are)\b"
)


class Reading:
    """The words of a message and how it is written as a whole, which most messages never have to be asked."""

    def __init__(self, text: str, index: PlaceIndex) -> None:
        self.text, self.index = text, index
        self.plains = plain_words(text)

    @cached_property
    def words(self) -> Sequence[Word]:
        return [Word(p, m[0], m.start(), m.end()) for p, m in zip(self.plains, WORD.finditer(self.text), strict=False)]

    @cached_property
    def shouted(self) -> bool:
        """All in capitals."""
        letters = self._letters()
        return len(letters) > 2 and all(t.isupper() for t in letters)

    @cached_property
    def titled(self) -> bool:
        """Every Word With A Capital."""
        letters = self._letters()
        return len(letters) > 4 and sum(t[0].isupper() for t in letters) > 0.7 * len(letters)

    def _letters(self) -> list[str]:
        return [w.typed for w in self.words if w.typed[0].isalpha()]

    @cached_property
    def rural(self) -> bool:
        return _speaks_of(self.plains, self.index.rural)

    @cached_property
    def about_place(self) -> bool:
        """Whether it speaks of living, working or earning somewhere."""
        return not self.index.contexts.isdisjoint(self.plains)

    def plain(self, at: int) -> str:
        return self.plains[at] if 0 <= at < len(self.plains) else ""

    def key(self, at: int, size: int) -> str:
        return self.plain(at) if size == 1 else " ".join(self.plains[at : at + size])

    def begins(self, at: int) -> bool:
        """Whether a name of several words can begin here."""
        first, second, index = self.plain(at), self.plain(at + 1), self.index
        if first not in index.first_words:
            return False
        return (second in COUNTY_WORDS and first in index.counties) or f"{first} {second}" in index.first_pairs

    def capital(self, at: int) -> bool:
        """A capital letter that means something: not the first word, not in a message full of capitals."""
        return at > 0 and not self.shouted and not self.titled and self.words[at].typed[:1].isupper()

    def cued(self, at: int) -> bool:
        """Whether what stands before says that a place follows."""
        before, further = self.plain(at - 1), self.plain(at - 2)
        if before in BETWEEN:
            before, further = self.plain(at - 2), self.plain(at - 3)
        return (
            before in WHERE
            or (before == "of" and further in BEFORE_OF)
            or (before == "to" and further in BEFORE_TO)
            or (before == "from" and (further in BEFORE_FROM or at == 1))
        )

    def ends(self, at: int, size: int) -> bool:
        """Whether a clause ends after these words."""
        return ENDS.match(self.text[self.words[at + size - 1].end :]) is not None

    def alone(self, at: int, size: int) -> bool:
        """Whether the message says nothing else, but for "and", "what about" and the like."""
        if len(self.plains) > size + MOST_ASIDE:
            return False
        others = [*self.plains[:at], *self.plains[at + size :]]
        return all(w in ASIDE or w in WHERE or w in AFTER for w in others)

    def allows(self, cue: str, at: int, size: int) -> bool:
        """Whether enough is said for a name that needs `cue` to be the place; a state beside it is looked at before."""
        if cue == FREE or self._initials(at, size):
            return True
        cued, after = self.cued(at), self.plain(at + size) in AFTER
        if cue == NEEDS_IN:
            return cued or after or self.alone(at, size) or self.last_of_all(at, size)
        if cue == IS_WORD:
            ending = self.ends(at, size) and self.about_place
            return (cued and (self.capital(at) or ending or after)) or (self.capital(at) and self.alone(at, size))
        return False

    def _initials(self, at: int, size: int) -> bool:
        """ "SF" and "L.A." in capitals, within ordinary text."""
        typed = self.words[at].typed.replace(".", "")
        return size == 1 and not self.shouted and typed.isupper() and len(typed) <= MOST_INITIALS

    def last_of_all(self, at: int, size: int) -> bool:
        """ "what they pay in madison": the end of a message about living or earning somewhere, and nobody's name."""
        return at + size == len(self.plains) and self.about_place and self.plain(at - 1) not in NO_PLACE_FOLLOWS


def _speaks_of(plains: Sequence[str], phrases: frozenset[str]) -> bool:
    pairs = (" ".join(plains[i : i + size]) for size in (1, 2, 3) for i in range(len(plains) - size + 1))
    return any(phrase in phrases for phrase in pairs)
