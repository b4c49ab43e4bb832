"""The store on a real PostgreSQL: everything any store must do, several processes at once, and a server that dies."""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet

from bot.conversation.state import State
from bot.operator.rotate_key import rotate
from bot.operator.stats.run import logged as logged_by_operator
from bot.settings import Settings
from bot.store import Key, Leased, Outcome, Question, Sealer, Store, StoreError
from bot.store.postgres import PostgresStore, leases
from bot.store.postgres.schema import MIGRATIONS
from bot.store.postgres.statements import SEALED
from bot.store.schema import TABLES
from tests.handlers.conftest import KEY
from tests.store.careless import without_lock
from tests.store.conformance import ALEX, SAM, Clock, Conformance, Fresh, counting, hammered, texts, turns_of
from tests.store.server import Server
from tests.store.talks import TalksConformance
from tests.store.wishes import WishesConformance

SEALER = Sealer([KEY])


@pytest.fixture
async def reopen(url: str, clock: Clock, opened: list[Store]) -> AsyncIterator[Fresh]:
    async def reopen() -> Store:
        for store in opened:
            await store.close()
        opened.append(await PostgresStore(url, SEALER, clock).open())
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


class TestPostgres(Conformance, WishesConformance, TalksConformance):
    """The whole conformance suite."""


@asynccontextmanager
async def one_more(url: str) -> AsyncIterator[PostgresStore]:
    """As good as another process: the database can't tell."""
    store = await PostgresStore(url, SEALER).open()
    try:
        yield store
    finally:
        await store.close()


@pytest.mark.fault("F12")
async def test_two_processes_given_the_same_updates_at_once_apply_each_once(store: Store, url: str) -> None:
    async with one_more(url) as other:
        work = [one.apply(n, Key(n % 5, n % 5), counting()) for n in range(100) for one in (store, other)]
        outcomes = await asyncio.gather(*work)
    assert sum(outcome is not None for outcome in outcomes) == 100
    assert [await turns_of(store, Key(n, n)) for n in range(5)] == [20] * 5


@pytest.mark.fault("F13")
async def test_the_hammer_notices_a_store_that_holds_no_row(
    url: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock(monkeypatch)
    async with one_more(url) as forgetful:
        assert len(await hammered(forgetful, updates=1200)) > 10  # few overlap on a machine with nothing else to do


@pytest.mark.fault("F14")
async def test_a_press_and_a_text_on_two_processes_at_once_each_see_what_came_before(store: Store, url: str) -> None:
    async with one_more(url) as other:
        for n in range(0, 40, 2):
            await asyncio.gather(store.apply(n, ALEX, counting("text")), other.apply(n + 1, ALEX, counting("press")))
    assert [int(text.split()[1]) for text in await texts(store)] == list(range(1, 41))


async def test_only_one_process_sends_to_a_chat_until_it_lets_go(store: Store, url: str) -> None:
    for n, key in enumerate((ALEX, SAM, ALEX)):
        await store.apply(n, key, counting())
    async with one_more(url) as other:
        mine = (await store.lease((), 45, 1)).parcels
        theirs = (await other.lease((), 45, 10)).parcels
        assert [w.chat for w in mine] == [ALEX.chat]
        assert [w.chat for w in theirs] == [SAM.chat]
        await store.apply(9, SAM, counting())
        more = (await store.lease(mine, 45, 10)).parcels
        assert [w.chat for w in more] == [ALEX.chat], "what came later for a chat goes the same way"
        for waiting in (*mine, *more):
            await store.sent(waiting.number)
        await store.apply(10, ALEX, counting())
        assert [w.chat for w in (await other.lease(theirs, 45, 10)).parcels] == [SAM.chat]
        await store.lease((), 45, 0)
        assert [w.chat for w in (await other.lease((), 45, 10)).parcels] == [SAM.chat, SAM.chat, ALEX.chat]


@pytest.mark.fault("F21")
async def test_when_a_process_dies_another_goes_on_with_its_chats_in_order(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "GRACE", 0.0)
    for n in range(3):
        await store.apply(n, ALEX, counting())
    async with one_more(url) as other:
        died_with = (await store.lease((), 0, 10)).parcels  # a lease that has run out, as in a minute from now
        await store.sent(died_with[0].number)
        heir = (await other.lease((), 45, 10)).parcels
        assert heir == died_with[1:]
        late = await store.lease(died_with[1:], 45, 10)
        assert late.parcels == []
        assert set(late.gone) == {waiting.number for waiting in heir}, "who was only slow learns that it lost them"


@pytest.mark.fault("F22")
async def test_a_lease_that_ran_out_while_the_server_was_away_stays_with_a_holder_that_lives(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "GRACE", 3600.0)  # the server has just come back
    await store.apply(1, ALEX, counting())
    held = (await store.lease((), 0, 10)).parcels  # it may be out, and not noted yet
    async with one_more(url) as other:
        assert (await other.lease((), 45, 10)).parcels == []
        assert await store.lease(held, 45, 10) == Leased([], set())
        await store.apply(2, SAM, counting())
        assert [w.chat for w in (await other.lease((), 45, 10)).parcels] == [SAM.chat], (
            "what nobody holds is not held up"
        )


async def test_what_another_process_deleted_is_gone_from_the_hand(store: Store, url: str) -> None:
    await store.apply(1, ALEX, counting())
    await store.apply(2, SAM, counting())
    alex, sam = (await store.lease((), 45, 10)).parcels
    async with one_more(url) as other:
        await other.forget(3, ALEX, lambda _: [])
    assert set((await store.lease((alex, sam), 45, 10)).gone) == {alex.number}


async def test_a_chat_that_moves_under_a_lease_stays_with_its_holder(store: Store, url: str) -> None:
    await store.apply(1, Key(-5, 7), counting())
    in_hand = (await store.lease((), 45, 10)).parcels
    async with one_more(url) as other:
        await other.move_chat(-5, -1005)
        assert await store.lease(in_hand, 45, 10) == Leased([], set())
        assert (await other.lease((), 45, 10)).parcels == []


@pytest.mark.fault("F04")
async def test_a_connection_cut_in_the_middle_of_a_turn_leaves_nothing_and_the_turn_is_taken_again(
    store: Store, url: str
) -> None:
    await store.apply(1, ALEX, counting())
    before = await store.counts()

    def cut(state: State) -> Outcome:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'")
        return counting()(state)

    with pytest.raises(StoreError):
        await store.apply(2, ALEX, cut)
    assert await store.counts() == before
    outcome = await store.apply(2, ALEX, counting())
    assert outcome is not None
    assert outcome.state.lost == 2


async def again_until_kept(store: Store, update_id: int, key: Key) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                await store.apply(update_id, key, counting())
                return
            except StoreError:
                await asyncio.sleep(0.05)


@pytest.mark.fault("F21")
async def test_the_server_is_killed_under_load_and_nothing_is_lost_or_counted_twice(
    server: Server, store: Store
) -> None:
    work = [asyncio.create_task(again_until_kept(store, n, Key(n % 7, n % 7))) for n in range(140)]
    await work[20]
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    await asyncio.gather(*work)
    assert [await turns_of(store, Key(n, n)) for n in range(7)] == [20] * 7
    assert (await store.counts())["outbox"] == 140


@pytest.mark.fault("F22")
async def test_while_the_server_is_away_every_call_says_so_and_when_it_is_back_all_goes_on(
    server: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.postgres.database.PATIENCE", 0.3)
    async with one_more(url) as store:
        await store.apply(1, ALEX, counting())
        await asyncio.to_thread(server.kill, signal.SIGINT)  # as an administrator stops it
        for call in (store.counts(), store.lease((), 45, 10), store.sent(1), store.apply(2, ALEX, counting())):
            with pytest.raises(StoreError, match="can't take this now"):
                await call
        await asyncio.to_thread(server.start)
        await again_until_kept(store, 2, ALEX)
        assert await turns_of(store, ALEX) == 2


@pytest.mark.fault("F08")
async def test_six_that_start_at_once_all_get_the_same_tables(server: Server) -> None:
    for _ in range(2):
        url = server.fresh()
        stores = await asyncio.gather(*(PostgresStore(url, SEALER).open() for _ in range(6)))
        assert await stores[0].apply(1, ALEX, counting()) is not None
        assert await stores[5].apply(1, ALEX, counting()) is None
        await asyncio.gather(*(store.close() for store in stores))


@pytest.mark.fault("F08")
async def test_tables_that_could_not_all_be_made_are_made_as_a_whole_next_time(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(MIGRATIONS, "m001_everything", (*MIGRATIONS["m001_everything"], "CREATE TABLE nonsense (x)"))
        with pytest.raises(StoreError, match="can't be made or brought up to date"):
            await PostgresStore(url, SEALER).open()
    async with one_more(url) as store:
        assert await store.apply(1, ALEX, counting()) is not None


@pytest.mark.fault("F10")
async def test_a_database_of_a_newer_version_is_refused_with_what_to_do(store: Store, url: str) -> None:
    with psycopg.connect(url) as admin:
        admin.execute("INSERT INTO migrations VALUES ('m999_future', 0)")
    with pytest.raises(StoreError, match=r"m999_future.*Start that version again"):
        await PostgresStore(url, SEALER).open()


async def test_a_key_that_does_not_fit_is_noticed_at_the_start(store: Store, url: str) -> None:
    with pytest.raises(StoreError, match="data key does not fit"):
        await PostgresStore(url, Sealer([Fernet.generate_key().decode()])).open()


async def test_a_new_data_key_takes_over_while_a_bot_goes_on(store: Store, url: str, tmp_path: Path) -> None:
    asked = Question("my question", "2027-01-15", "answered", "pay", 0.9)
    for n in range(3):
        await store.apply(n, ALEX, counting(question=asked))
    new = Fernet.generate_key().decode()
    alone = settings_with(url, KEY, tmp_path)
    with pytest.raises(StoreError, match="new key in front of the old one"):
        await asyncio.to_thread(rotate, alone)
    counts = await store.counts()
    rows = await asyncio.to_thread(rotate, settings_with(url, f"{new},{KEY}", tmp_path))
    assert rows == sum(counts[table] for table in SEALED)
    again = await PostgresStore(url, Sealer([new])).open()
    assert await turns_of(again, ALEX) == 3
    assert len(await texts(again)) == 3
    assert [line.question.text for line in await again.questions("")] == ["my question"] * 3
    await again.close()


async def test_the_operators_figures_come_from_the_server_too(store: Store, url: str, tmp_path: Path) -> None:
    asked = Question("my question", "2027-01-15", "answered", "pay", 0.9)
    for n in range(3):
        await store.apply(n, ALEX, counting(question=asked))
    lines = await asyncio.to_thread(logged_by_operator, settings_with(url, KEY, tmp_path), dt.date(2027, 1, 1))
    assert lines == await store.questions("")
    assert len(lines) == 3


def settings_with(url: str, key: str, folder: Path) -> Settings:
    return Settings(database_url=url, data_key=key, data_dir=folder, _env_file=None)  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("postgresql://user:secret@127.0.0.1:1/name", "can't be reached .*Connection refused"),
        ("postgresql://user:sec@ret@127.0.0.1:1/name", "can't be read"),
        ("postgresql://user:x@127.0.0.1:secret/name", "can't be read"),
        ("postgresql://127.0.0.1/name?secret=1", "can't be read"),
    ],
)
async def test_an_address_that_leads_nowhere_is_told_without_the_password(wrong: str, told: str) -> None:
    with pytest.raises(StoreError, match=told) as refused:
        await PostgresStore(wrong, SEALER).open()
    assert "secret" not in str(refused.value)
    assert "ret@" not in str(refused.value)


async def test_both_databases_keep_the_same_columns(store: Store, url: str) -> None:
    with psycopg.connect(url) as admin:
        found = admin.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        ).fetchall()
    there = {table: {column for name, column in found if name == table} for table in TABLES}
    assert there == {table: columns_of(text) for table, text in TABLES.items()}


def columns_of(described: str) -> set[str]:
    with sqlite3.connect(":memory:") as db:
        db.execute(f"CREATE TABLE one ({described}) STRICT")
        names = {row[1] for row in db.execute("PRAGMA table_info(one)")}
    db.close()
    return names
