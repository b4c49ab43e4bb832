"""Finds listed phrases in a row of words, the longest first, each with its stand-in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Words = tuple[str, ...]


class Phrases:
    """`replace(words)` puts the stand-in (any number of words) for each phrase that `found(words)` gives."""

    def __init__(self, stand_ins: Mapping[Words, Words]) -> None:
        self._stand_ins = {phrase: stand_in for phrase, stand_in in stand_ins.items() if phrase}
        sizes: dict[str, set[int]] = {}
        for phrase in self._stand_ins:
            sizes.setdefault(phrase[0], set()).add(len(phrase))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}

    @classmethod
    def of_one_kind(cls, phrases: Iterable[Words], stand_in: Words) -> Phrases:
        return cls(dict.fromkeys(phrases, stand_in))

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, Words]]:
        """Where each phrase begins and ends, and its stand-in; none overlaps another."""
        done = 0
        for at, word in enumerate(words):
            sizes = self._sizes.get(word)
            if sizes is None or at < done:
                continue
            for size in sizes:
                stand_in = self._stand_ins.get(tuple(words[at : at + size]))
                if stand_in is not None:
                    done = at + size
                    yield at, done, stand_in
                    break

    def replace(self, words: Sequence[str]) -> list[str]:
        if self._sizes.keys().isdisjoint(words):
            return list(words)
        out: list[str] = []
        done = 0
        for begin, end, stand_in in self.found(words):
            out += words[done:begin]
            out += stand_in
            done = end
        out += words[done:]
        return out
