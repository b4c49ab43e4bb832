"""What the advisor knows, as frozen data. Loaded from `knowledge/`, never changed while a conversation runs.

The field names here are the keys an author writes in YAML: the loader validates files straight
into these classes, so there is one description of the shape and no second one to keep in step.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from bot.conversation.area import Area, YearOfPay
from bot.conversation.flows.shape import Flow
from bot.conversation.kept import Kept
from bot.conversation.leaning import Leaning
from bot.conversation.vocabulary import STRICT, Vocabulary

if TYPE_CHECKING:
    from bot.conversation.matching.calibration import Calibration
    from bot.conversation.matching.matcher import Matcher
    from bot.conversation.matching.meanings import Meanings
    from bot.conversation.places.index import PlaceIndex

Confidence = Literal["high", "medium", "low"]
Statistic = Literal[
    "mean", "median", "p10", "p25", "p75", "p90",
    "count", "range", "share", "rate", "price", "limit", "rule", "estimate", "table",
]  # fmt: skip
Unit = Literal[
    "usd", "usd_year", "usd_hour", "usd_month", "percent", "points", "days", "weeks", "months",
    "years", "hours", "minutes", "questions", "credits", "codes", "jobs", "people", "year", "score", "count",
]  # fmt: skip
SmallTalkKind = Literal["smalltalk", "out_of_scope"]
TalkRole = Literal["menu", "repeat", "language", "noise", "person", "complaint", "rest", "sources"]
SourceKind = Literal["government", "charity", "body", "school", "prep", "company", "press", "copy", "own", "site"]

PLACE_IN_TEMPLATE = re.compile(r"\{[{%][^}]*(?<![\w.])places?\b")  # not the `row.place` of a list
ROLE_IN_TEMPLATE = re.compile(r"\{[{%][^}]*(?<![\w.])roles?\b")
AMOUNT_IN_TEMPLATE = re.compile(r"\{[{%][^}]*(?<![\w.])amount\b")

MOST_KEPT = 1024  # answers and pictures; each a few thousand letters
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was published: `read` is the day we read it, `kind` what its publisher lives on.

    `interest` says who it is and what it gains where its kind doesn't, `gives` what its figures are about.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    publisher: str
    title: str
    read: dt.date
    url: str = ""
    kind: SourceKind = "site"
    interest: str = ""
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing we may say, with where it is from and how long it holds.

    A fact has exactly one of: `value` (a number or a `[low, high]` pair), `values` (several named
    numbers that share a source and a date) or `says` (a statement without a figure).
    `made_of`: of which facts it is the sum: "exam.fee + dues.low", and with "to" a range; of `values` each by its name.
    `as_of` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `undated`; after `old_after` the answer says the figure is old.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    sources: tuple[str, ...]
    as_of: str
    old_after: dt.date
    confidence: Confidence
    value: float | tuple[float, float] | None = None
    values: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    says: str = ""
    unit: Unit | None = None
    statistic: Statistic | None = None
    place: str = "US"
    note: str = ""
    made_of: str | Mapping[str, str] = ""
    disagrees: tuple[str, ...] = ()
    told_as_old: bool = False  # its answers call it an older one, so the check does not ask to renew it
    reserve: bool = False  # kept for later use: the check does not ask for an answer that uses it


@dataclass(frozen=True, slots=True)
class Entry:
    """One question people ask and our answer to it. `answer` is a template over facts.

    `in_place` names the question really meant when a place is named with it, by the kind of place
    (state, metro, nonmetro, or several): "pay" with "in Ohio" is the question about pay in a state.
    `follow_ups` are a few words that ask this after another question about a place: "and jobs?".
    `picture` is the kind of chart that goes with the answer.
    `instead` has words that say this can't be meant, and the question that is: "I passed" asks nothing of failing.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    question: str
    phrasings: Sequence[str]
    answer: str
    next: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    in_place: Mapping[str, str] = field(default_factory=dict)
    follow_ups: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    draft: bool = False  # begun or imported; nobody is answered with it yet


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A thing people say that is not a question about the career, and our short reply."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: SmallTalkKind
    title: str
    phrasings: Sequence[str]
    answer: str
    next: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    urgent: bool = False  # answered on the slightest sign, before anything else
    role: TalkRole | None = None  # what the advisor does itself: see `Knowledge.talk_of`


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the menu and the questions under it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation whose pay table we carry, by the statistics office's code. `names` are how people write it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: str
    people: str = ""  # who does the work, as a short plural for labels; the name if empty
    names: tuple[str, ...] = ()
    note: str = ""  # what to know about whom the figures count
    training: str = ""  # the usual way in


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as people write it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a column of the table of places is from, and how long it holds."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    source: str
    as_of: str
    old_after: dt.date


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, as is the vocabulary
class Career:
    """What this advisor is about and who runs it. The operator's own page of the knowledge folder."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    bot_name: str
    description: str
    short_description: str
    operator: str
    menu: tuple[Section, ...]
    commands: Mapping[str, str]
    starters: tuple[str, ...]
    occupations: Mapping[str, Occupation]
    wages: Table  # pay and jobs
    prices: Table  # the price level of a place
    few_jobs: int  # with fewer, figures are called uncertain and a place is left out of rankings
    bare_place: str = ""  # the question meant when a person names only a place; left out: none
    bare_amount: str = ""  # ... only an amount of pay
    own_amount: str = ""  # ... an amount that they make now, in other work
    bare_price: str = ""  # ... only what a price comes to, paid in parts
    bare_alternative: str = ""  # ... only one of the alternatives, after a question about a place
    shared: str = ""  # the folder, seen from this one, whose files stand in for those that are not here
    alternatives: Mapping[str, Occupation] = field(default_factory=dict)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    pieces: tuple[str, ...] = ()  # what some are paid by instead of by time: "a chart"; such a sum is no hourly pay
    contact: str = ""
    disclosure: str = ""  # whether the operator earns when someone enrols; said with every result of a flow
    username: str = ""  # of the bot on Telegram, for links to share
    adviser_hours: str = ""  # when a person answers who was asked through the bot, as a sentence

    @property
    def known_occupations(self) -> dict[str, Occupation]:
        """Our own and those that people weigh against them, by role."""
        return {**self.occupations, **self.alternatives}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the advisor knows. One object, built at start, shared by all conversations."""

    career: Career
    voice: Mapping[str, str]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    fact_tree: Mapping[str, Any]  # the same ids as nested names, as templates walk them
    entries: Mapping[str, Entry]
    smalltalk: Mapping[str, SmallTalk]
    vocabulary: Vocabulary
    areas: Mapping[str, Area]
    history: Mapping[str, tuple[YearOfPay, ...]]  # role -> the nation's pay, oldest year first
    picture_words: Mapping[str, str]  # titles, labels and captions of pictures
    parts: Mapping[str, str]  # templates that several answers share
    places: PlaceIndex  # how people write places -> codes of areas
    matcher: Matcher
    calibration: Calibration
    meanings: Meanings
    version: str  # hash of all content files
    reading: str  # hash of those that decide how a message is read
    follow_ups: Mapping[tuple[str, ...], str] = field(default_factory=dict)  # words of a short form -> question
    leaning: Leaning = field(default_factory=Leaning)
    then_ask: Mapping[str, Mapping[tuple[str, ...], str]] = field(default_factory=dict)  # by the question before
    flows: Mapping[str, Flow] = field(default_factory=dict)
    adviser: bool = False  # whether a person can be asked; whoever runs the bot sets it, not the content
    drafts: Mapping[str, Entry] = field(default_factory=dict)  # entries that are not to be used yet
    _kept: Kept = field(default_factory=lambda: Kept(MOST_KEPT), init=False, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What follows from the content and `key` alone, made for the first who asks and kept for all others.

        The one thing here that changes: no answer depends on whether it was kept.
        """
        return self._kept.once(key, make)

    def is_ours(self, intent: str) -> bool:
        return intent in self.entries

    def kind_of(self, intent: str) -> Literal["answer", "smalltalk", "out_of_scope"]:
        """What is said to it: an answer of ours, small talk, or that it is not for us."""
        return "answer" if self.is_ours(intent) else self.smalltalk[intent].kind

    def is_urgent(self, intent: str) -> bool:
        """Whether it tells of danger."""
        talk = self.smalltalk.get(intent)
        return talk is not None and talk.urgent

    def talk_of(self, role: TalkRole) -> str:
        """The small talk that the advisor itself does something about, such as showing the menu; "" for none."""
        return next((intent for intent, talk in self.smalltalk.items() if talk.role == role), "")

    def title(self, intent: str) -> str:
        """The human name of an intent, as shown on a button."""
        entry = self.entries.get(intent)
        return entry.title if entry else self.smalltalk[intent].title

    def questions_after(self, intent: str) -> tuple[str, ...]:
        """The questions that come next after one of ours; a flow that is offered next is none."""
        return tuple(filter(self.is_ours, self.entries[intent].next))

    def takes_place(self, intent: str) -> bool:
        """Whether the answer says something else when a place is known."""
        return self._mentions(intent, PLACE_IN_TEMPLATE)

    def takes_role(self, intent: str) -> bool:
        """Whether the answer says something else when an occupation is known."""
        return self._mentions(intent, ROLE_IN_TEMPLATE)

    def takes_amount(self, intent: str) -> bool:
        """Whether the answer says something else when an amount of pay is known."""
        return self._mentions(intent, AMOUNT_IN_TEMPLATE)

    def compares(self, intent: str) -> bool:
        """Whether this is what another question becomes when several places are named."""
        return any(entry.in_place.get("several") == intent for entry in self.entries.values())

    def _mentions(self, intent: str, name: re.Pattern[str]) -> bool:
        entry = self.entries.get(intent)
        return entry is not None and _mentions(entry.answer, name)

    def goes_with_place(self, intent: str) -> bool:
        """Whether naming a place with this question makes sense: it, or the question it then becomes, uses one."""
        return self.takes_place(intent) or bool(intent in self.entries and self.entries[intent].in_place)

    def question(self, intent: str) -> str:
        entry = self.entries.get(intent)
        return entry.question if entry else self.smalltalk[intent].title


@lru_cache(maxsize=2048)  # a turn asks this a dozen times of a few long texts
def _mentions(template: str, name: re.Pattern[str]) -> bool:
    return name.search(template) is not None
