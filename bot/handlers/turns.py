"""One update -> one transaction: who is heard, what the core decides, and what happens when it can't."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from bot.conversation import buttons
from bot.conversation.events import Commanded, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import say
from bot.handlers import own_data
from bot.handlers.admin_stats import stats
from bot.handlers.current import Current
from bot.handlers.logs import where
from bot.handlers.metrics import Metrics
from bot.handlers.operators import is_operator
from bot.handlers.pacing import Patience
from bot.handlers.parcels import parcels
from bot.handlers.person import advice, code_in, passed
from bot.handlers.reading import Incoming
from bot.handlers.sender import Sender
from bot.store import Outcome, Parcel, Question, Store, StoreError

log = logging.getLogger(__name__)

Shown = Callable[[Sequence[Reply]], Sequence[Reply]]
T = TypeVar("T")

TRIES = 3
STALE = 15 * 60.0  # seconds; who wrote several messages before that gets one answer, not a shower of old ones


def nothing(_: Sequence[Reply]) -> Sequence[Reply]:
    return ()


class Trying(Protocol):
    """How hard to try what the store may not be able to do now."""

    async def __call__(self, act: Callable[[], Awaitable[T]]) -> T: ...


async def once(act: Callable[[], Awaitable[T]]) -> T:
    """Whoever delivered the update is told that it could not be kept, and brings it again. Raises StoreError."""
    return await act()


async def until_kept(act: Callable[[], Awaitable[T]]) -> T:
    """Again and again while the store can't: Telegram keeps what we have not confirmed."""
    pause = 0.1
    while True:
        try:
            return await act()
        except StoreError as error:
            log.error("%s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)


class Review(Protocol):
    """Takes updates of operators that are about the content."""

    def takes(self, incoming: Incoming) -> bool: ...

    def begin(self, incoming: Incoming) -> None: ...


@dataclass(frozen=True, slots=True)
class House:
    """What whoever runs the bot has set."""

    retention_days: int = 90
    operators: frozenset[int] = frozenset()
    adviser: int = 0  # the chat of people who answer what the bot can't; 0 for none


@dataclass(slots=True)
class Turns:
    """Takes updates of one conversation after the other. Nothing is sent here: replies go to the outbox."""

    current: Current
    store: Store
    sender: Sender
    patience: Patience
    alias: Callable[[object], str]
    metrics: Metrics
    house: House = field(default_factory=House)
    clock: Callable[[], float] = time.time
    started: float = field(default_factory=time.monotonic)
    review: Review | None = None

    @property
    def knowledge(self) -> Knowledge:
        """What holds at this moment; a turn asks once and keeps to it."""
        return self.current.knowledge

    async def take(self, several: Sequence[Incoming], trying: Trying = until_kept) -> None:
        """Updates of one conversation, in order: on disk when this returns. Raises what `trying` lets through."""
        stale = [one for one in several if 0 < one.at < self.clock() - STALE]
        together = len(stale) > 1  # old ones that come one by one are judged by when they were written
        for incoming in several:
            old = together and any(incoming is one for one in stale)
            shown: Shown = tuple
            if old:
                shown = self._late(len(stale)) if incoming is stale[-1] else nothing
            person = incoming.key.person
            heard = self.patience.hears(person, incoming.at or self.clock())
            try:
                result = await self._one(incoming, shown, "hear" if old else heard, trying)
            except StoreError:
                self.patience.not_counted(person, heard)
                raise
            if result == "repeated":  # delivered again by Telegram, not written again by the person
                self.patience.not_counted(person, heard)

    def _late(self, count: int) -> Shown:
        """The answer to the last of several old messages, and a word on the others."""
        note = say(self.knowledge.voice, "was_away", count=count)

        def shown(replies: Sequence[Reply]) -> Sequence[Reply]:
            first = replies[0]
            return (dataclasses.replace(first, text=f"{note}\n\n{first.text}", in_place=False), *replies[1:])

        return shown

    async def _one(self, incoming: Incoming, shown: Shown, heard: str, trying: Trying) -> str:
        if heard == "drop":
            self.metrics.update("dropped")
            return "dropped"
        start = time.perf_counter()
        act = (lambda: self._warn(incoming)) if heard == "warn" else (lambda: self._answer(incoming, shown))
        result = await trying(act)
        self.sender.wake()
        self.metrics.update(result)
        self.metrics.turn.observe(time.perf_counter() - start)
        return result

    async def _warn(self, incoming: Incoming) -> str:
        reply = Reply(say(self.knowledge.voice, "slow_down"))

        def unchanged(state: State) -> Outcome:
            return Outcome(state, parcels([reply], incoming.place))

        done = await self.store.apply(incoming.update_id, incoming.key, unchanged)
        return "warned" if done else "repeated"

    async def _answer(self, incoming: Incoming, shown: Shown) -> str:
        """The core's errors are ours to bear: after some tries the update is put aside, with an apology."""
        problem = ""
        for _ in range(TRIES):
            try:
                return await self._decide(incoming, shown)
            except StoreError:
                raise
            except Exception as error:
                problem = where(error)
        log.error("an update could not be handled and is put aside: %s", problem)
        apology = Reply(say(self.knowledge.voice, "error"), ((buttons.menu(self.knowledge),),))
        aside = parcels([apology], incoming.place)
        done = await self.store.put_aside(incoming.update_id, incoming.key, problem, aside)
        return "put_aside" if done else "repeated"

    async def _decide(self, incoming: Incoming, shown: Shown) -> str:
        if self.house.adviser and incoming.key.chat == self.house.adviser:
            if code_in(incoming.answers):
                return await self._advise(incoming)
            if not incoming.private:
                return "ignored"  # what advisers say among themselves is not for us
        if self.review and is_operator(incoming, self.house.operators) and self.review.takes(incoming):
            return await self._reviewed(incoming, self.review)
        own = await self._own_command(incoming)
        if own == "forget":
            return await self._forget(incoming)
        turns: list[Turn] = []
        # In a group others would read along, so nobody is asked from there.
        adviser, known = bool(self.house.adviser) and incoming.private, self.knowledge
        if known.adviser != adviser:
            whole = known  # with it goes what is kept of answers, so it is made once
            known = whole.once("adviser", lambda: dataclasses.replace(whole, adviser=adviser))

        def decide(state: State) -> Outcome:
            if isinstance(own, Reply):
                return Outcome(state, parcels([own], incoming.place))
            began = time.perf_counter()
            turn = respond(state, incoming.event, known)
            asked = self._question(incoming, turn, known.version, (time.perf_counter() - began) * 1000)
            turns.append(turn)
            sent = passed(turn.handoff, self.house.adviser, known)
            replies = parcels(shown(turn.replies), incoming.place)
            return Outcome(turn.state, replies, asked, turn.mark, turn.wish, passed=sent)

        start = time.perf_counter()
        if await self.store.apply(incoming.update_id, incoming.key, decide) is None:
            return "repeated"
        self._log(incoming, turns, time.perf_counter() - start)
        return "applied"

    async def _advise(self, incoming: Incoming) -> str:
        done = await self.store.apply(
            incoming.update_id, incoming.key, lambda state: advice(incoming, state, self.knowledge)
        )
        return "applied" if done else "repeated"

    async def _reviewed(self, incoming: Incoming, review: Review) -> str:
        """Noted as done at once; what comes of it is said later, for it takes long."""
        if await self.store.apply(incoming.update_id, incoming.key, Outcome) is None:
            return "repeated"
        review.begin(incoming)
        return "reviewed"

    async def _own_command(self, incoming: Incoming) -> Reply | str | None:
        """What the store, not the core, has to answer: a reply, "forget", or None."""
        event, known = incoming.event, self.knowledge
        if not isinstance(event, Commanded):
            return None
        if event.name == "privacy":
            return own_data.privacy(known, self.house.retention_days)
        if event.name == "mydata":
            return own_data.my_data(known, await self.store.held(incoming.key.person), incoming.private)
        if event.name == "forget":
            return "forget"
        if event.name == "status" and is_operator(incoming, self.house.operators):
            return await self._status()
        if event.name == "stats" and is_operator(incoming, self.house.operators):
            return await stats(self.store, known, event.argument, self._now().date())
        return None

    async def _forget(self, incoming: Incoming) -> str:
        def told(rows: int) -> list[Parcel]:
            return parcels([own_data.forgotten(self.knowledge, rows)], incoming.place)

        self.sender.drop(incoming.key.person)
        rows = await self.store.forget(incoming.update_id, incoming.key, told)
        return "repeated" if rows is None else "forgotten"

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC)

    async def _status(self) -> Reply:
        counts = await self.store.counts()
        up = dt.timedelta(seconds=int(time.monotonic() - self.started))
        rows = "\n".join(f"{table}: {number}" for table, number in counts.items())
        text = say(self.knowledge.voice, "status", version=self.knowledge.version, up=str(up), counts=rows)
        return Reply(text)

    def _log(self, incoming: Incoming, turns: Sequence[Turn], seconds: float) -> None:
        if not log.isEnabledFor(logging.INFO):
            return
        turn = turns[-1] if turns else None
        fields = {
            "chat": self.alias(incoming.key.chat),
            "kind": turn.kind if turn else "command",
            "intents": ",".join(turn.intents) if turn else "",
            "p": round(turn.probability, 2) if turn else 1.0,
            "ms": round(seconds * 1000, 1),
        }
        log.info(
            "turn chat=%(chat)s kind=%(kind)s intents=%(intents)s p=%(p)s ms=%(ms)s", fields, extra={"fields": fields}
        )

    def _question(self, incoming: Incoming, turn: Turn, version: str, milliseconds: float) -> Question | None:
        """What goes into the question log. Words only if they were read as a question: an answer in a flow is not."""
        note = turn.note
        if note is None:
            return None
        event, now = incoming.event, self._now()
        return Question(
            text=event.text if isinstance(event, Said) and _asks(turn) else "",
            day=now.date().isoformat(),
            hour=now.hour,
            intent=next(iter(turn.intents), ""),
            answers=turn.intents,
            probability=turn.probability,
            version=version,
            milliseconds=round(milliseconds, 2),
            outcome=note.outcome,
            how=note.how,
            asked=note.asked,
            flow=note.flow,
            step=note.step,
            verdict=note.verdict,
            again=note.again,
        )


def _asks(turn: Turn) -> bool:
    """Whether words were a question; what could not be read in the middle of a flow was more likely an answer."""
    understood = turn.kind in {"answer", "clarify"}
    return turn.meaning is not None and (understood or not turn.flow)
