"""What we remember of a conversation, and what a turn gives back. Plain data, ready to be stored as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.conversation.changing import changed

if TYPE_CHECKING:
    from bot.conversation.meaning import Meaning

Kind = Literal["answer", "clarify", "smalltalk", "out_of_scope", "fallback", "command", "flow"]

STATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class State:
    """All that one conversation carries from turn to turn.

    `topic` is the last question answered, `topic_age` how many turns ago that was and `slots` what it was about:
    places, occupations, sums. `lost` counts turns in a row that were not understood. `offered` are the questions of an
    open "did you mean", `beside` those that stood beside the last guess; `choosing` is the question of an open
    "which place" and the codes offered; `explained` are glossary terms already told; `last` is our last message, for
    "say that again". `flow` is the guided flow under way or just finished, `kept` others left in the middle, `saved`
    results put by (all as `flows/progress.py` writes them); `runs` counts flows begun, so that a button of an earlier
    run is known. `asked` counts turns that were noted, so that a thumb names its answer; `offer` is the number of the
    last "did you mean" or guess; `unknown_at` that of the last refusal and `unknown` what was asked there, until it is
    wished to be told. `said` is the last question in their words, kept only where a person can be asked, and `person`
    what is about to be passed on. `version` is that of the fields themselves.
    """

    topic: str = ""
    topic_age: int = 0
    slots: Mapping[str, Any] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    choosing: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    last: str = ""
    lost: int = 0
    flow: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[Mapping[str, Any], ...] = ()
    saved: tuple[Mapping[str, Any], ...] = ()
    runs: int = 0
    asked: int = 0
    offer: int = 0
    unknown: str = ""
    unknown_at: int = 0
    said: str = ""
    person: Mapping[str, Any] = field(default_factory=dict)
    version: int = STATE_VERSION

    def but(self, **changes: Any) -> State:
        return changed(self, **changes)

    def moved_on(self, last: str, **now: Any) -> State:
        """Something else was said: what was offered to pick from is no longer open, unless `now` says so."""
        return self.but(**{"offered": (), "beside": (), "choosing": (), "last": last, **now})

    def to_plain(self) -> dict[str, Any]:
        """JSON-ready, only what differs from an empty state."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, empty in EMPTY.items()
            if (value := getattr(self, name)) != empty or name == "version"
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> State:
        """The inverse of `to_plain`. Fields of another version are left out rather than trusted."""
        if plain.get("version") != STATE_VERSION:
            return cls()
        kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in plain.items() if k in EMPTY}
        return cls(**kept)


EMPTY: dict[str, Any] = {field.name: getattr(State(), field.name) for field in dataclasses.fields(State)}


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is at most 64 bytes and says what the press means, never who pressed."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart shows, as plain data; a face has it drawn. Equal pictures have equal `key`s, so one is drawn once.

    `figures` is JSON-ready and complete: whoever draws needs no knowledge. `caption` (Telegram HTML, at most 1024
    characters) says in words what the picture shows, for people who cannot see it.
    """

    kind: str  # band, compare, ranking, map, trend
    figures: Mapping[str, Any]
    caption: str
    key: str


@dataclass(frozen=True, slots=True)
class File:
    """A small text file to send along, such as a calendar."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person: Telegram HTML and rows of buttons, and what follows it.

    `in_place` asks the face to change the message whose button was pressed instead of sending a new one.
    `step` marks a question of a guided flow, whose buttons go once something newer with buttons has been sent.
    `rate` are rows to rate an answer with, or to be told later, shown after the others and to one person alone; `under`
    asks the face to change only them, under the message whose button was pressed, and to say the text where it can't.
    `picture` and `file` come after the words, each as a message of its own; a failed one never costs the words.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    in_place: bool = False
    picture: Picture | None = None
    file: File | None = None
    step: bool = False
    rate: tuple[tuple[Button, ...], ...] = ()
    under: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """How a turn went, for the question log: `store/protocol.py` tells what the fields hold."""

    outcome: str
    how: str
    asked: int
    flow: str = ""
    step: str = ""
    verdict: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person says later about turn number `asked` of their conversation; None leaves what is there.

    `vote` is up or down, with a `reason` or "" for none; `chosen` is which of "did you mean" it was, or none.
    """

    asked: int
    vote: str | None = None
    reason: str | None = None
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """Words to pass on to a person: a new question ("ask"), more of it ("more"), or the end of it ("end").

    `about` is the number of the adviser's message that is answered.
    """

    kind: Literal["ask", "more", "end"]
    text: str = ""
    about: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What should be so after an event: the new state, the replies, and how we came to them.

    `intents` are best first (for a clarify: those offered); `probability` is that the first is right;
    `sources` are ids of the sources shown; `meaning` is how free text was read; `flow` and `step` name the guided
    flow and the step that waits for an answer after this turn; `note` and `mark` are for the question log; `wish`
    is a question to be answered once we can; `handoff` is for a person.
    """

    state: State
    replies: tuple[Reply, ...]
    kind: Kind
    intents: tuple[str, ...] = ()
    probability: float = 1.0
    slots: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    meaning: Meaning | None = None
    flow: str = ""
    step: str = ""
    note: Note | None = None
    mark: Mark | None = None
    wish: str = ""
    handoff: Handoff | None = None

    @property
    def answers(self) -> bool:
        """Whether it answers a question, in words or with the guided flow that works the answer out."""
        return self.kind == "answer" or (self.kind == "flow" and bool(self.intents))

    def after(self, line: str) -> Turn:
        """The turn with a line said first, above its first reply."""
        first = changed(self.replies[0], text=f"{line}\n\n{self.replies[0].text}")
        return changed(self, replies=(first, *self.replies[1:]), state=self.state.but(last=first.text))
