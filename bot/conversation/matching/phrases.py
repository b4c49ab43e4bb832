"""Finds listed phrases in a row of words, longest first, and replaces each by its stand-in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Words = tuple[str, ...]


class Phrases:
    """`replace(words)` puts a stand-in (any number of words) for each phrase found."""

    def __init__(self, stand_ins: Mapping[Words, Words]) -> None:
        self._stand_ins = {phrase: stand_in for phrase, stand_in in stand_ins.items() if phrase}
        sizes: dict[str, set[int]] = {}
        for phrase in self._stand_ins:
            sizes.setdefault(phrase[0], set()).add(len(phrase))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}

    @classmethod
    def of_one_kind(cls, phrases: Iterable[Words], stand_in: Words) -> Phrases:
        return cls(dict.fromkeys(phrases, stand_in))

    def replace(self, words: Sequence[str]) -> list[str]:
        if self._sizes.keys().isdisjoint(words):
            return list(words)
        out: list[str] = []
        at = 0
        while at < len(words):
            for size in self._sizes.get(words[at], ()):
                stand_in = self._stand_ins.get(tuple(words[at : at + size]))
                if stand_in is not None:
                    out.extend(stand_in)
                    at += size
                    break
            else:
                out.append(words[at])
                at += 1
        return out
