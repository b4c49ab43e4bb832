"""Finds listed phrases in a row of words, longest first, and replaces each by its stand-in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Words = tuple[str, ...]


class Phrases:
    """`replace(words)` puts a stand-in (any number of words) for each phrase found."""

    def __init__(self, stand_ins: Mapping[Words, Words]) -> None:
        self._by_first: dict[str, list[tuple[Words, Words]]] = {}
        for phrase in sorted(stand_ins, key=len, reverse=True):
            if phrase:
                self._by_first.setdefault(phrase[0], []).append((phrase, stand_ins[phrase]))

    @classmethod
    def of_one_kind(cls, phrases: Iterable[Words], stand_in: Words) -> Phrases:
        return cls(dict.fromkeys(phrases, stand_in))

    def replace(self, words: Sequence[str]) -> list[str]:
        out: list[str] = []
        at = 0
        while at < len(words):
            for phrase, stand_in in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    out.extend(stand_in)
                    at += len(phrase)
                    break
            else:
                out.append(words[at])
                at += 1
        return out
