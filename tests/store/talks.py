"""What every store must do with words between a person and an adviser; part of the conformance suite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from bot.conversation.state import State
from bot.store import Advice, Held, Kept, Key, Outcome, Parcel, Passed, Store

ALEX, SAM, ADVISER = Key(7, 7), Key(8, 8), Key(-9, 90)
DAY = 86400.0


class Clock(Protocol):
    now: float


def passing(code: str, text: str = "a question") -> Callable[[State], Outcome]:
    return lambda state: Outcome(state, passed=Passed(ADVISER.chat, code, [Parcel({"html": text})]))


def advising(code: str, *, ends: bool = False) -> Callable[[State], Outcome]:
    to, told, gone = ([Parcel({"html": text})] for text in ("an answer", "passed on", "nobody"))
    return lambda state: Outcome(state, advice=Advice(code, to, told, gone, ends))


async def waiting(store: Store) -> list[tuple[int, str]]:
    """Chat and words of all that waits."""
    return [(parcel.chat, parcel.parcel.body["html"]) for parcel in await store.pending(0, 100)]


class TalksConformance:
    """A store brings the fixture `store`, and `clock` whose `now` a test moves."""

    async def test_an_answer_finds_whose_question_it_was(self, store: Store) -> None:
        await store.apply(1, ALEX, passing("aa"))
        await store.apply(2, SAM, passing("bb"))
        await store.apply(3, ADVISER, advising("bb"))
        assert await waiting(store) == [(-9, "a question"), (-9, "a question"), (8, "an answer"), (-9, "passed on")]

    async def test_an_answer_to_nobody_is_said_to_be_that(self, store: Store) -> None:
        await store.apply(1, ADVISER, advising("cc"))
        assert await waiting(store) == [(-9, "nobody")]

    async def test_either_side_ends_all_of_it(self, store: Store) -> None:
        for number, code in enumerate(("aa", "bb")):
            await store.apply(number, ALEX, passing(code))
        await store.apply(5, ADVISER, advising("bb", ends=True))
        await store.apply(6, ADVISER, advising("aa"))
        await store.apply(7, SAM, passing("cc"))
        await store.apply(8, SAM, passing("", "ended"))
        await store.apply(9, SAM, passing("", "ended"))
        assert (await waiting(store))[2:] == [
            (7, "an answer"), (-9, "passed on"), (-9, "nobody"), (-9, "a question"), (-9, "ended"),
        ]  # fmt: skip
        assert (await store.counts())["talks"] == 0

    @pytest.mark.fault("F48")
    async def test_who_is_forgotten_is_reached_no_more_and_what_waited_does_not_go_out(self, store: Store) -> None:
        await store.apply(1, ALEX, passing("aa"))
        assert (await store.held(ALEX.person)).talks == 1
        assert await store.forget(2, ALEX, lambda _: []) == 2
        assert await store.held(ALEX.person) == Held([], 0, 0)
        await store.apply(3, ADVISER, advising("aa"))
        assert await waiting(store) == [(-9, "nobody")]

    async def test_who_closed_their_chat_is_told_nothing_and_the_adviser_knows(self, store: Store) -> None:
        await store.apply(1, ALEX, passing("aa"))
        await store.unreachable(ALEX.chat, 0)
        await store.apply(2, ADVISER, advising("aa"))
        assert (await waiting(store))[1:] == [(-9, "nobody")]

    @pytest.mark.fault("F49")
    async def test_a_tie_that_is_too_old_goes(self, store: Store, clock: Clock) -> None:
        await store.apply(1, ALEX, passing("aa"))
        clock.now += 31 * DAY
        await store.prune(Kept(personal=30 * DAY))
        assert (await store.counts())["talks"] == 0
