"""What a store has to do, whatever database is behind it. `tests/store/conformance.py` holds every store to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.conversation.state import Mark, State


@dataclass(frozen=True, slots=True)
class Key:
    """One conversation: a person in a chat, and in a topic of it if the chat has topics."""

    chat: int
    person: int
    topic: int = 0


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to send, as plain data of the face. Media wait until the words of their chat are out."""

    body: Mapping[str, Any]
    media: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel in the outbox. Within a conversation numbers grow in the order of turns."""

    number: int
    chat: int
    person: int
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Leased:
    """Parcels that are ours to send from now on, and numbers of those in hand that no longer are."""

    parcels: Sequence[Waiting] = ()
    gone: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the question log, for whoever improves the content. Nobody's name is to it; the store masks the text.

    `outcome` is answered, offered ("did you mean"), place (asked which one), refused (not understood), not_ours,
    smalltalk or flow; `how` is said, pressed or command, and only what was said has a `text`. `answers` are ids of
    what was answered or offered, `intent` the likeliest of them. `flow`, `step` and `verdict` say where in a guided
    flow the person is now. `again` means that the same was asked just before. `asked` is its number in its
    conversation: a later mark names it by that.
    """

    text: str
    day: str  # ISO date, UTC like `hour`
    outcome: str
    intent: str
    probability: float
    hour: int = 0
    how: str = "said"
    answers: tuple[str, ...] = ()
    version: str = ""  # of the content
    milliseconds: float = 0.0  # in `respond`
    flow: str = ""
    step: str = ""
    verdict: str = ""
    again: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the question log as it is read again.

    `alias` is the same for all lines of a person within a calendar month and means nothing outside of it; "" once the
    person had us forget them.
    """

    number: int
    alias: str
    question: Question
    vote: str = ""
    reason: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A question we could not answer, of somebody who asked to be told once we can."""

    number: int
    key: Key
    text: str  # masked


@dataclass(frozen=True, slots=True)
class Passed:
    """Words of a person for the advisers' chat. `code` ties an answer to them; without one, all their ties end."""

    chat: int
    code: str
    parcels: Sequence[Parcel]


@dataclass(frozen=True, slots=True)
class Advice:
    """`parcels` for whoever `code` is tied to; `told` for the adviser then, or `gone` where that is nobody any more."""

    code: str
    parcels: Sequence[Parcel]
    told: Sequence[Parcel]
    gone: Sequence[Parcel]
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one update leads to. `wish` is a question whose answer the person wants to be told once there is one;
    `passed` and `advice` are for somebody else.
    """

    state: State
    parcels: Sequence[Parcel] = ()
    question: Question | None = None
    mark: Mark | None = None
    wish: str = ""
    passed: Passed | None = None
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """All that is kept about a person: conversations as (chat, topic, state), how many messages wait, what they
    asked, as far as it can still be told whose it is, which of it they want to be told, and how many messages of
    theirs an adviser can answer.
    """

    conversations: Sequence[tuple[int, int, Mapping[str, Any]]] = ()
    waiting: int = 0
    set_aside: int = 0
    questions: Sequence[tuple[str, str]] = ()  # day, masked text
    wishes: Sequence[str] = ()  # masked texts
    talks: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How long things are kept, in seconds. Telegram sends an update again for up to a day."""

    personal: float
    update_ids: float = field(default=72 * 3600.0)


class Store(Protocol):
    """Conversations, the outbox and the question log. Each method is one transaction: all of it or nothing.

    When a method returns, what it did has reached the disk. When the database can't do it now (full, locked,
    unreachable), it raises StoreError and nothing has changed; the same call may be made again. Only a server that
    dies at the very commit may have done all of it, and then doing it again changes nothing.

    A store may be shared by any number of processes, each with a `Store` of its own.
    """

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        """Take one turn: note the update, recall the state, `decide`, keep the new state and what follows from it.

        None when this update was applied before. Turns of one key never overlap. If `decide` raises, nothing is
        changed and the error goes on; if another turn of the same commit does, it may be called twice. A chat that was
        unreachable no longer is.
        """
        ...

    async def put_aside(self, update_id: int, key: Key, reason: str, parcels: Sequence[Parcel]) -> bool:
        """Give up on an update: note it as done, with a dead letter and `parcels`. False if it was done before."""
        ...

    async def forget(self, update_id: int, key: Key, told: Callable[[int], Sequence[Parcel]]) -> int | None:
        """Delete all rows about the person of `key`, from the free pages too; queue what `told(rows)` makes of it.

        Their lines of the question log lose the words, the alias and the tie to a conversation; the counts stay.
        The number of rows, or None when this update was applied before. `update_id`s stay, without a person, so that
        an update delivered again can't bring anything back.
        """
        ...

    async def held(self, person: int) -> Held:
        """All that is kept about a person."""
        ...

    async def questions(self, since: str, after: int = 0, limit: int = 1000) -> list[Logged]:
        """The oldest `limit` lines of the question log from day `since` on, with numbers above `after`."""
        ...

    async def wishes(self, after: int = 0, limit: int = 1000) -> list[Wish]:
        """The oldest `limit` wishes with numbers above `after`."""
        ...

    async def grant(self, number: int, parcels: Sequence[Parcel]) -> bool:
        """Delete a wish and queue `parcels` for the conversation it came from. False if it was gone: nothing is told
        twice, however many processes try.
        """
        ...

    async def tell(self, key: Key, parcels: Sequence[Parcel]) -> None:
        """Queue parcels that answer no update: a word to an operator."""
        ...

    async def pending(self, after: int, limit: int) -> list[Waiting]:
        """The oldest `limit` parcels with numbers above `after`, to look at: sending needs `lease`."""
        ...

    async def lease(self, in_hand: Collection[Waiting], seconds: float, limit: int) -> Leased:
        """Parcels to send: up to `limit` of the oldest, besides those `in_hand`, of chats nobody else is sending to.

        Their chats and the chats of those in hand stay ours for at least two thirds of `seconds` from this call on;
        every other chat we held is let go. What was in hand and is `gone` was deleted, or taken over by another
        process after our lease had run out.
        """
        ...

    async def sent(self, number: int) -> None:
        """Telegram has it. Unknown numbers are no error."""
        ...

    async def undeliverable(self, number: int, reason: str) -> None:
        """It can never be sent: move it to the dead letters."""
        ...

    async def unreachable(self, chat: int, last: int) -> int:
        """The chat is closed to us: drop its parcels up to number `last` and keep the state. Returns how many."""
        ...

    async def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup. Doing it twice changes nothing."""
        ...

    async def picture(self, key: str) -> str | None:
        """Telegram's file id of a picture that was sent before."""
        ...

    async def keep_picture(self, key: str, file_id: str | None) -> None:
        """Remember the file id; None lets go of one that Telegram no longer takes."""
        ...

    async def prune(self, kept: Kept) -> int:
        """Delete what is past its time, a small batch at a time. Returns how many rows went in this batch."""
        ...

    async def counts(self) -> Mapping[str, int]:
        """Rows of each table."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""
        ...


class StoreError(Exception):
    """The store can't be opened, or can't do this now; the message says what to do."""
