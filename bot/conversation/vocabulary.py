"""How people write, as frozen data: words and what is read as what, and what places are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade, explained in one plain sentence. `see` are questions that lead on from it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    means: str
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A language we do not speak: how to tell it (by its script or its small words) and what to say in it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    says: str
    script: str = ""  # as Unicode names it: CYRILLIC, CJK, ARABIC ...
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that what follows from one can be kept
class Vocabulary:
    """How people write: texting forms, words that mean the same to us, padding, and the trade's jargon.

    `kinds` are lists of which only the kind matters ("occupation": nurse, welder ...), so that one phrasing serves
    them all. `keep_apart` are words that look alike and mean different things ("certificate", "certification").
    `danger` are phrases, in plain lower-case words, that always mean an urgent small talk, by its id.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    texting: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    phrases_to_drop: tuple[str, ...]
    glossary: Mapping[str, Term]
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep_apart: tuple[str, ...] = ()
    names_with_digits: tuple[str, ...] = ()
    languages: Mapping[str, Language] = field(default_factory=dict)
    danger: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """How people call places where no list of towns says it; `places/names.yaml` tells what each part is for."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    nicknames: Mapping[str, str]
    ask: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    likely: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rural: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    needs_in: tuple[str, ...] = ()
    in_capitals: tuple[str, ...] = ()
    postal_needs_in: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    codes_not_zips: tuple[tuple[str, str], ...] = ()
    abroad: str = ""
