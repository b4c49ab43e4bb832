"""What every store must do. A new one subclasses `Conformance` and brings the fixture `fresh`."""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from bot.conversation.state import Mark, State
from bot.store import Held, Kept, Key, Logged, Outcome, Parcel, Question, Store

ALEX, SAM = Key(7, 7), Key(8, 8)
DAY = 86400.0


class Clock:
    """UTC seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


Fresh = Callable[[], Awaitable[Store]]


def counting(text: str = "hello", **more: object) -> Callable[[State], Outcome]:
    """Each turn adds one to the state and sends `text` with that number."""

    def decide(state: State) -> Outcome:
        new = state.but(lost=state.lost + 1, last=text)
        return Outcome(new, [Parcel({"html": f"{text} {new.lost}"})], more.get("question"))  # type: ignore[arg-type]

    return decide


def asking(question: Question, mark: Mark | None = None) -> Callable[[State], Outcome]:
    """A turn that only leaves a line in the question log, or a mark on an earlier one."""
    return lambda state: Outcome(state, question=question, mark=mark)


def marking(mark: Mark) -> Callable[[State], Outcome]:
    return lambda state: Outcome(state, mark=mark)


async def logged(store: Store, since: str = "") -> list[Logged]:
    return await store.questions(since)


def fail(_: State) -> Outcome:
    raise ValueError("a bug of ours")


async def turns_of(store: Store, key: Key) -> int:
    """How many turns the state of `key` has counted."""
    held = await store.held(key.person)
    return sum(int(state.get("lost", 0)) for chat, topic, state in held.conversations if chat == key.chat)


async def texts(store: Store) -> list[str]:
    return [waiting.parcel.body["html"] for waiting in await store.pending(0, 1000)]


AT_ONCE = 800  # more would wait longer for a connection than a store allows


async def hammered(store: Store, chats: int = 20, updates: int = 300) -> list[int]:
    """Deliver each update two or three times, shuffled and at once; the chats whose count came out wrong."""
    chance = random.Random(4)
    deliveries = [n for n in range(1, updates + 1) for _ in range(chance.choice((2, 3)))]
    chance.shuffle(deliveries)
    key = {n: Key(n % chats + 1, n % chats + 1) for n in range(1, updates + 1)}
    for at in range(0, len(deliveries), AT_ONCE):
        await asyncio.gather(*(store.apply(n, key[n], counting()) for n in deliveries[at : at + AT_ONCE]))
    wanted = Counter(key[n].chat for n in range(1, updates + 1))
    replies = Counter(waiting.chat for waiting in await store.pending(0, 5000))
    return [
        chat
        for chat, number in wanted.items()
        if await turns_of(store, Key(chat, chat)) != number or replies[chat] != number
    ]


class Conformance:
    """Each test gets `store`, an empty one, and `reopen`, which closes it and opens it again."""

    async def test_a_conversation_is_there_again_after_a_restart(self, store: Store, reopen: Fresh) -> None:
        await store.apply(1, ALEX, counting())
        again = await reopen()
        outcome = await again.apply(2, ALEX, counting())
        assert outcome is not None
        assert outcome.state.lost == 2
        assert await texts(again) == ["hello 1", "hello 2"]

    @pytest.mark.fault("F29")
    async def test_two_people_in_one_group_and_two_topics_of_one_person_are_four_conversations(
        self, store: Store
    ) -> None:
        keys = [Key(-5, 7), Key(-5, 8), Key(-5, 7, topic=3), Key(-5, 8, topic=3)]
        for number, key in enumerate(keys):
            outcome = await store.apply(number, key, counting())
            assert outcome is not None
            assert outcome.state.lost == 1

    async def test_turns_taken_at_once_all_count(self, store: Store) -> None:
        await asyncio.gather(*(store.apply(n, ALEX, counting()) for n in range(50)))
        assert await turns_of(store, ALEX) == 50
        assert await texts(store) == [f"hello {n}" for n in range(1, 51)]

    @pytest.mark.fault("F12")
    async def test_updates_delivered_two_and_three_times_at_once_are_applied_once(self, store: Store) -> None:
        assert await hammered(store) == []

    async def test_a_turn_that_fails_changes_nothing_and_may_be_tried_again(self, store: Store) -> None:
        await store.apply(1, ALEX, counting())
        before = await store.counts()
        with pytest.raises(ValueError, match="a bug of ours"):
            await store.apply(2, ALEX, fail)
        assert await store.counts() == before
        assert await store.apply(2, ALEX, counting()) is not None

    async def test_a_failing_turn_takes_none_of_its_neighbours_with_it(self, store: Store) -> None:
        jobs = [store.apply(n, Key(n, n), fail if n == 5 else counting()) for n in range(1, 11)]
        results = await asyncio.gather(*jobs, return_exceptions=True)
        assert [isinstance(result, ValueError) for result in results] == [n == 5 for n in range(1, 11)]
        assert len(await texts(store)) == 9

    @pytest.mark.fault("F15")
    async def test_a_lower_update_id_after_a_quiet_week_is_news(self, store: Store) -> None:
        await store.apply(1000, ALEX, counting())
        assert await store.apply(37, ALEX, counting()) is not None
        assert await store.apply(1000, ALEX, counting()) is None

    async def test_an_update_put_aside_is_done_and_its_apology_waits(self, store: Store) -> None:
        assert await store.put_aside(1, ALEX, "ValueError", [Parcel({"html": "sorry"})])
        assert not await store.put_aside(1, ALEX, "ValueError", [Parcel({"html": "sorry"})])
        assert await store.apply(1, ALEX, counting()) is None
        assert await texts(store) == ["sorry"]
        assert (await store.counts())["dead_letters"] == 1

    async def test_what_is_sent_leaves_the_outbox_and_the_rest_stays_in_order(
        self, store: Store, reopen: Fresh
    ) -> None:
        for n in range(1, 6):
            await store.apply(n, ALEX, counting())
        waiting = await store.pending(0, 10)
        await store.sent(waiting[0].number)
        await store.sent(waiting[2].number)
        await store.sent(waiting[2].number)
        again = await reopen()
        assert await texts(again) == ["hello 2", "hello 4", "hello 5"]
        assert [w.number for w in await again.pending(waiting[3].number, 10)] == [waiting[4].number]

    async def test_a_number_of_the_outbox_is_never_used_again(self, store: Store, reopen: Fresh) -> None:
        await store.apply(1, ALEX, counting())
        (first,) = await store.pending(0, 10)
        await store.sent(first.number)
        again = await reopen()
        await again.apply(2, ALEX, counting())
        (second,) = await again.pending(first.number, 10)
        assert second.number > first.number

    async def test_what_is_in_hand_is_not_handed_out_again_and_the_rest_comes_in_order(self, store: Store) -> None:
        for n in range(1, 6):
            await store.apply(n, Key(n % 2 + 1, n), counting(f"{n}"))
        first = await store.lease((), 45, 3)
        assert [w.parcel.body["html"] for w in first.parcels] == ["1 1", "2 1", "3 1"]
        rest = await store.lease(first.parcels, 45, 10)
        assert [w.parcel.body["html"] for w in rest.parcels] == ["4 1", "5 1"]
        assert not rest.gone
        await store.sent(rest.parcels[1].number)
        assert (await store.lease([*first.parcels, rest.parcels[0]], 45, 10)).parcels == []

    async def test_what_was_let_go_unsent_is_handed_out_again(self, store: Store, reopen: Fresh) -> None:
        await store.apply(1, ALEX, counting())
        before = await store.lease((), 45, 10)
        await store.lease((), 45, 0)
        again = await reopen()
        assert await again.lease((), 45, 10) == before

    async def test_what_can_never_be_sent_moves_to_the_dead_letters(self, store: Store) -> None:
        await store.apply(1, ALEX, counting())
        (waiting,) = await store.pending(0, 10)
        await store.undeliverable(waiting.number, "chat not found")
        assert await texts(store) == []
        counts = await store.counts()
        assert (counts["outbox"], counts["dead_letters"]) == (0, 1)

    async def test_a_chat_closed_to_us_loses_its_outbox_keeps_its_state_and_comes_back(self, store: Store) -> None:
        await store.apply(1, ALEX, counting())
        await store.apply(2, SAM, counting())
        (alex, sam) = await store.pending(0, 10)
        assert await store.unreachable(ALEX.chat, sam.number) == 1
        assert [w.chat for w in await store.pending(0, 10)] == [sam.chat]
        assert (await store.counts())["unreachable"] == 1
        outcome = await store.apply(3, ALEX, counting())
        assert outcome is not None
        assert outcome.state.lost == 2
        assert (await store.counts())["unreachable"] == 0
        assert alex.number < sam.number

    async def test_a_reply_to_someone_who_came_back_is_not_dropped_with_the_old_ones(self, store: Store) -> None:
        await store.apply(1, ALEX, counting("old"))
        (old,) = await store.pending(0, 10)
        await store.apply(2, ALEX, counting("new"))
        await store.unreachable(ALEX.chat, old.number)
        assert await texts(store) == ["new 2"]

    @pytest.mark.fault("F28")
    async def test_a_group_that_became_a_supergroup_goes_on_there_however_often_it_is_told(self, store: Store) -> None:
        await store.apply(1, Key(-5, 7), counting())
        await store.apply(2, Key(-5, 8), counting())
        await store.apply(3, Key(-1005, 8), counting())  # someone already spoke in the new one
        for _ in range(2):
            await store.move_chat(-5, -1005)
            assert {w.chat for w in await store.pending(0, 10)} == {-1005}
            assert await turns_of(store, Key(-1005, 7)) == 1
            assert await turns_of(store, Key(-1005, 8)) == 1
        assert (await store.counts())["conversations"] == 2

    async def test_forgetting_says_how_many_rows_and_leaves_others_alone(self, store: Store) -> None:
        await store.apply(1, ALEX, counting())
        await store.apply(2, Key(-5, ALEX.person), counting())
        await store.apply(3, SAM, counting())
        rows = await store.forget(4, ALEX, lambda gone: [Parcel({"html": f"{gone} rows"})])
        assert rows == 4
        assert await store.held(ALEX.person) == Held([], waiting=1, set_aside=0)
        assert await texts(store) == ["hello 1", "4 rows"]
        assert await turns_of(store, SAM) == 1

    @pytest.mark.fault("F48")
    async def test_updates_in_flight_and_delivered_again_bring_nothing_back(self, store: Store) -> None:
        updates = [store.apply(n, ALEX, counting()) for n in range(1, 101)]
        forget = store.forget(101, ALEX, lambda _: [])
        await asyncio.gather(*updates[:50], forget, *updates[50:])
        await store.forget(102, ALEX, lambda _: [])
        again = await asyncio.gather(*(store.apply(n, ALEX, counting()) for n in range(1, 102)))
        assert again == [None] * 101
        assert await store.held(ALEX.person) == Held([], 0, 0)

    async def test_all_that_is_kept_about_a_person_can_be_shown(self, store: Store) -> None:
        await store.apply(1, ALEX, counting("pay in Ohio"))
        await store.put_aside(2, ALEX, "bug", [])
        held = await store.held(ALEX.person)
        ((chat, topic, state),) = held.conversations
        assert (chat, topic, state["last"]) == (7, 0, "pay in Ohio")
        assert (held.waiting, held.set_aside) == (1, 1)

    @pytest.mark.fault("F16")
    async def test_update_ids_outlive_every_redelivery_and_go_in_small_batches(
        self, store: Store, clock: Clock
    ) -> None:
        await asyncio.gather(*(store.apply(n, ALEX, counting()) for n in range(700)))
        clock.now += 25 * 3600
        assert await store.prune(Kept(personal=90 * DAY)) == 0
        assert await store.apply(3, ALEX, counting()) is None
        clock.now += 48 * 3600
        assert [await store.prune(Kept(personal=90 * DAY)) for _ in range(3)] == [500, 200, 0]

    @pytest.mark.fault("F49")
    async def test_what_is_past_its_time_is_deleted_and_nothing_younger(self, store: Store, clock: Clock) -> None:
        asked = Question("how long", "2027-01-15", "answered", "length", 0.9)
        await store.apply(1, ALEX, counting(question=asked))
        await store.put_aside(2, ALEX, "bug", [])
        clock.now += 60 * DAY
        await store.apply(3, SAM, counting())
        clock.now += 31 * DAY
        assert await store.prune(Kept(personal=90 * DAY)) > 0
        counts = await store.counts()
        gone = {"conversations": 1, "outbox": 1, "dead_letters": 0, "questions": 0, "updates_seen": 0}
        assert {table: counts[table] for table in gone} == gone
        assert await turns_of(store, SAM) == 1

    @pytest.mark.fault("F50")
    async def test_a_clock_that_jumps_a_day_ahead_or_back_repeats_and_loses_nothing(
        self, store: Store, clock: Clock
    ) -> None:
        await store.apply(1, ALEX, counting())
        clock.now += DAY
        await store.prune(Kept(personal=90 * DAY))
        assert await store.apply(1, ALEX, counting()) is None
        clock.now -= DAY + 2 * 3600
        await store.prune(Kept(personal=90 * DAY))
        await store.apply(2, ALEX, counting())
        assert await texts(store) == ["hello 1", "hello 2"]

    async def test_the_file_id_of_a_picture_is_kept_changed_and_let_go(self, store: Store, reopen: Fresh) -> None:
        assert await store.picture("band:ohio") is None
        await store.keep_picture("band:ohio", "old")
        await store.keep_picture("band:ohio", "new")
        again = await reopen()
        assert await again.picture("band:ohio") == "new"
        await again.keep_picture("band:ohio", None)
        assert await again.picture("band:ohio") is None

    async def test_a_line_of_the_question_log_comes_back_whole_and_masked(self, store: Store, reopen: Fresh) -> None:
        whole = Question(
            "call me at 713-555-0100", "2027-01-15", "offered", "pay", 0.42, hour=23, how="said",
            answers=("pay", "cost"), version="abc", milliseconds=1.5, flow="plan", step="state", verdict="go",
            again=True, asked=7,
        )  # fmt: skip
        await store.apply(1, ALEX, asking(whole))
        ((line,), again) = (await logged(store), await reopen())
        assert line.question == dataclasses.replace(whole, text="call me at [phone]")
        assert await logged(again) == [line]

    async def test_the_question_log_is_read_in_order_from_a_day_on_and_in_pages(self, store: Store) -> None:
        for n, day in enumerate(("2027-01-13", "2027-01-14", "2027-01-15"), start=1):
            await store.apply(n, ALEX, asking(Question(f"q{n}", day, "answered", "pay", 0.9)))
        assert [line.question.text for line in await store.questions("2027-01-14")] == ["q2", "q3"]
        (first,) = await store.questions("", limit=1)
        assert [line.question.text for line in await store.questions("", after=first.number)] == ["q2", "q3"]

    async def test_a_vote_changes_the_line_it_is_about_and_counts_once(self, store: Store) -> None:
        for n in (1, 2):
            await store.apply(n, ALEX, asking(Question(f"q{n}", "2027-01-15", "answered", "pay", 0.9, asked=n)))
        await store.apply(3, SAM, asking(Question("sam", "2027-01-15", "answered", "pay", 0.9, asked=1)))
        votes = [("down", ""), ("down", "old"), ("up", ""), ("up", "")]
        told = []
        for n, (vote, reason) in enumerate(votes, start=4):
            await store.apply(n, ALEX, marking(Mark(1, vote=vote, reason=reason)))
            told.append([(line.vote, line.reason) for line in await logged(store)])
        assert told == [[vote, ("", ""), ("", "")] for vote in votes]

    async def test_what_was_chosen_is_kept_beside_a_vote(self, store: Store) -> None:
        await store.apply(1, ALEX, asking(Question("q", "2027-01-15", "offered", "pay", 0.4, asked=1)))
        answer = Question("", "2027-01-15", "answered", "cost", 1.0, how="pressed", asked=2)
        await store.apply(2, ALEX, asking(answer, Mark(1, chosen="cost")))
        await store.apply(3, ALEX, marking(Mark(1, vote="up")))
        assert [(line.chosen, line.vote) for line in await logged(store)] == [("cost", "up"), ("", "")]

    async def test_a_mark_on_a_line_that_is_not_there_is_no_error(self, store: Store) -> None:
        await store.apply(1, ALEX, marking(Mark(99, vote="up")))
        assert await logged(store) == []

    async def test_people_are_told_apart_within_a_month_and_not_followed_beyond(
        self, store: Store, clock: Clock
    ) -> None:
        asked = Question("q", "2027-01-15", "answered", "pay", 0.9)
        for n, key in enumerate((ALEX, SAM, Key(-5, ALEX.person))):
            await store.apply(n, key, asking(asked))
        clock.now += 31 * DAY
        await store.apply(9, ALEX, asking(asked))
        alex, sam, in_group, next_month = (line.alias for line in await logged(store))
        assert alex == in_group
        assert len({alex, sam, next_month}) == 3

    async def test_a_vote_still_counts_in_the_next_month_and_then_the_tie_is_gone(
        self, store: Store, clock: Clock
    ) -> None:
        await store.apply(1, ALEX, asking(Question("q", "2027-01-15", "answered", "pay", 0.9, asked=1)))
        clock.now += 31 * DAY
        await store.apply(2, ALEX, marking(Mark(1, vote="up")))
        assert [line.vote for line in await logged(store)] == ["up"]
        clock.now += 31 * DAY
        await store.prune(Kept(personal=365 * DAY))
        assert (await store.counts())["salts"] == 0
        await store.apply(3, ALEX, marking(Mark(1, vote="down")))
        assert [line.vote for line in await logged(store)] == ["up"]

    @pytest.mark.fault("F48")
    async def test_forgetting_takes_the_words_and_the_tie_and_leaves_the_count(
        self, store: Store, clock: Clock
    ) -> None:
        asked = Question("my story", "2027-01-15", "answered", "pay", 0.9, asked=1)
        await store.apply(1, ALEX, asking(asked))
        await store.apply(2, SAM, asking(asked))
        clock.now += 31 * DAY
        await store.apply(3, ALEX, asking(asked))
        assert (await store.held(ALEX.person)).questions == (("2027-01-15", "my story"),) * 2
        assert await store.forget(4, ALEX, lambda _: []) == 2
        assert (await store.held(ALEX.person)).questions == ()
        assert [(bool(line.alias), line.question.text) for line in await logged(store)] == [
            (False, ""), (True, "my story"), (False, ""),
        ]  # fmt: skip
        await store.apply(5, ALEX, marking(Mark(1, vote="up")))
        assert [line.vote for line in await logged(store)] == ["", "", ""]

    @pytest.mark.fault("F42")
    @pytest.mark.parametrize("text", ["'; DROP TABLE outbox; --", '" OR 1=1', "NEAR((", "*", "", "\x00", "%s ? :x"])
    async def test_text_that_looks_like_sql_is_only_text(self, store: Store, text: str) -> None:
        asked = Question(text, "2026-11-24", text, text, 0.5)
        await store.apply(1, ALEX, counting(text, question=asked))
        await store.keep_picture(text, text)
        await store.put_aside(2, SAM, text, [])
        assert await texts(store) == [f"{text} 1"]
        assert await store.picture(text) == text

    async def test_halves_of_characters_do_not_stop_a_turn(self, store: Store) -> None:
        await store.apply(1, ALEX, counting("\ud83d broken \udc00"))
        assert await turns_of(store, ALEX) == 1

    @pytest.mark.fault("F23")
    async def test_four_hundred_updates_of_one_hot_chat_all_count_beside_others(self, store: Store) -> None:
        hot = [store.apply(n, ALEX, counting()) for n in range(400)]
        await asyncio.gather(*hot, store.apply(1000, SAM, counting()))
        assert await turns_of(store, ALEX) == 400
        assert await turns_of(store, SAM) == 1
