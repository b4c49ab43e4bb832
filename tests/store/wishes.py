"""What every store must do with wishes to be told and words to an operator; part of the conformance suite."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.conversation.state import State
from bot.store import Held, Kept, Key, Outcome, Parcel, Store

ALEX, SAM = Key(7, 7, 3), Key(8, 8)
DAY = 86400.0


class Clock(Protocol):
    now: float


def wishing(text: str) -> Callable[[State], Outcome]:
    return lambda state: Outcome(state, wish=text)


class WishesConformance:
    """A store brings the fixture `store`, and `clock` whose `now` a test moves."""

    async def test_a_wish_is_kept_masked_with_the_conversation_it_came_from(self, store: Store) -> None:
        await store.apply(1, ALEX, wishing("what does 713-555-0142 pay"))
        await store.apply(2, SAM, wishing("is there a union"))
        first, second = await store.wishes()
        assert (first.key, first.text) == (ALEX, "what does [phone] pay")
        assert await store.wishes(after=first.number) == [second]

    async def test_a_wish_is_granted_once_however_many_try(self, store: Store) -> None:
        await store.apply(1, ALEX, wishing("is there a union"))
        (wish,) = await store.wishes()
        tries = [store.grant(wish.number, [Parcel({"html": "yes"})]) for _ in range(5)]
        assert sorted(await asyncio.gather(*tries)) == [False, False, False, False, True]
        (waiting,) = await store.pending(0, 10)
        assert (waiting.chat, waiting.person, waiting.parcel.body) == (7, 7, {"html": "yes"})
        assert await store.wishes() == []

    async def test_a_wish_is_shown_to_its_person_and_forgotten_with_them(self, store: Store) -> None:
        await store.apply(1, ALEX, wishing("is there a union"))
        await store.apply(2, SAM, wishing("do they drug test"))
        assert (await store.held(ALEX.person)).wishes == ("is there a union",)
        await store.forget(3, ALEX, lambda _: [])
        assert await store.held(ALEX.person) == Held([], 0, 0)
        assert [wish.text for wish in await store.wishes()] == ["do they drug test"]

    async def test_a_wish_nobody_could_grant_goes_when_its_time_is_up(self, store: Store, clock: Clock) -> None:
        await store.apply(1, ALEX, wishing("is there a union"))
        clock.now += 31 * DAY
        await store.prune(Kept(personal=30 * DAY))
        assert await store.wishes() == []

    async def test_who_wishes_without_end_is_kept_the_newest_twenty_of(self, store: Store) -> None:
        for number in range(1, 31):
            await store.apply(number, ALEX, wishing(f"question {number}"))
        assert [wish.text for wish in await store.wishes()] == [f"question {n}" for n in range(11, 31)]

    async def test_an_operator_is_told_without_an_update(self, store: Store) -> None:
        await store.tell(SAM, [Parcel({"html": "new content is live"})])
        (waiting,) = await store.pending(0, 10)
        assert (waiting.chat, waiting.parcel.body) == (8, {"html": "new content is live"})
