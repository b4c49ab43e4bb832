"""From the file to the server: a life on SQLite goes on on PostgreSQL as if nothing had happened."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest

from bot.conversation.state import Mark
from bot.operator.migrate_store import migrate_store
from bot.settings import Settings
from bot.store import Key, Outcome, Parcel, Passed, Question, Sealer, SqliteStore, Store, StoreError
from bot.store.lock import only_one
from bot.store.postgres import PostgresStore, moving
from bot.store.postgres.database import Connection
from bot.store.schema import TABLES
from tests.handlers.conftest import KEY
from tests.store.conformance import ALEX, SAM, counting, texts, turns_of

SEALER = Sealer([KEY])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", data_key=KEY, _env_file=None)  # type: ignore[call-arg, arg-type]


async def lived(path: Path) -> dict[str, object]:
    """A life on SQLite with something in every table; what can be seen of it."""
    store = await SqliteStore(path, SEALER).open()
    asked = Question("my pay", "2099-01-15", "answered", "pay", 0.9, asked=1)
    for n in range(1, 21):
        await store.apply(n, Key(n % 3 + 7, n % 3 + 7, n % 2), counting(question=asked))
    await store.put_aside(21, ALEX, "a reason\0", [Parcel({"html": "sorry"}, media=True)])
    talk = Passed(-9, "c0de", [Parcel({"html": "a question"})])
    await store.apply(22, ALEX, lambda state: Outcome(state, wish="is there a union", passed=talk))
    await store.unreachable(99, 0)
    await store.keep_picture("band", "file")
    await store.sent((await store.pending(0, 1))[0].number)
    seen = await whole(store)
    await store.close()
    return seen


async def whole(store: Store) -> dict[str, object]:
    return {
        "held": [await store.held(person) for person in (7, 8, 9)],
        "outbox": await store.pending(0, 1000),
        "questions": await store.questions(""),
        "wishes": await store.wishes(),
        "picture": await store.picture("band"),
        "counts": await store.counts(),
    }


async def moved(settings: Settings, url: str) -> PostgresStore:
    await in_a_thread(settings, url)
    return await PostgresStore(url, SEALER).open()


async def in_a_thread(settings: Settings, url: str) -> dict[str, int]:
    return dict(await asyncio.to_thread(migrate_store, settings, url))


async def test_a_life_on_sqlite_goes_on_on_postgresql(settings: Settings, url: str) -> None:
    before = await lived(settings.database)
    store = await moved(settings, url)
    assert await whole(store) == before
    assert await store.apply(5, ALEX, counting()) is None, "what was answered there is known here"
    turns = await turns_of(store, SAM)
    outcome = await store.apply(100, SAM, counting("and on"))
    assert outcome is not None
    assert await turns_of(store, SAM) == turns + 1
    numbers = [waiting.number for waiting in await store.pending(0, 1000)]
    assert numbers == sorted(set(numbers)), "new messages come after those that waited"
    assert (await texts(store))[-1].startswith("and on")
    await store.apply(101, Key(7, 7, 1), lambda state: Outcome(state, mark=Mark(1, vote="up")))
    assert "up" in {line.vote for line in await store.questions("")}, "a thumb finds its line from before the move"
    await store.close()


async def test_the_rows_are_counted_and_every_table_is_moved(settings: Settings, url: str) -> None:
    before = await lived(settings.database)
    rows = await in_a_thread(settings, url)
    assert rows.keys() == TABLES.keys() - {"proof"}
    assert before["counts"] == rows | {"proof": 1}
    assert all(rows.values()), "a life with something in every table"


async def test_a_database_in_use_is_refused_and_left_as_it_is(settings: Settings, url: str) -> None:
    await lived(settings.database)
    store = await PostgresStore(url, SEALER).open()
    await store.apply(1, ALEX, counting())
    before = await whole(store)
    with pytest.raises(StoreError, match="has rows in conversations already, so nothing was moved"):
        await in_a_thread(settings, url)
    assert await whole(store) == before
    await store.close()


async def test_a_move_that_is_cut_off_has_moved_nothing_and_can_be_made_again(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await lived(settings.database)
    whole_table = moving._move_table

    async def cut(file: object, target: Connection, table: str) -> int:
        if table == "dead_letters":
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", [target.info.backend_pid])
        return await whole_table(file, target, table)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(moving, "_move_table", cut)
        with pytest.raises(StoreError, match="nothing was moved"):
            await in_a_thread(settings, url)
    store = await moved(settings, url)
    assert await whole(store) == before
    await store.close()


CARELESS = """
    CREATE FUNCTION careless() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.version := 1; RETURN NEW; END';
    CREATE TRIGGER careless BEFORE INSERT ON conversations FOR EACH ROW EXECUTE FUNCTION careless()"""


async def test_what_does_not_arrive_as_it_was_is_noticed(settings: Settings, url: str) -> None:
    await lived(settings.database)
    await (await PostgresStore(url, SEALER).open()).close()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "CREATE FUNCTION careless() RETURNS trigger AS 'BEGIN NEW.version := 1; RETURN NEW; END' LANGUAGE plpgsql"
        )
        admin.execute("CREATE TRIGGER careless BEFORE INSERT ON conversations FOR EACH ROW EXECUTE FUNCTION careless()")
    with pytest.raises(StoreError, match="What arrived in conversations"):
        await in_a_thread(settings, url)
    with psycopg.connect(url) as admin:
        assert admin.execute("SELECT count(*) FROM conversations").fetchone() == (0,)


async def test_while_a_bot_holds_the_folder_nothing_is_moved(settings: Settings, url: str) -> None:
    await lived(settings.database)
    with only_one(settings.data_dir), pytest.raises(StoreError, match="running already"):
        await in_a_thread(settings, url)


@pytest.mark.parametrize("to", ["", "postgresql://127.0.0.1:1/nowhere"])
async def test_without_a_server_or_a_file_it_is_said_what_is_missing(settings: Settings, to: str) -> None:
    with pytest.raises(StoreError, match=r"There is no database at|Say where to"):
        await in_a_thread(settings, to)
    await lived(settings.database)
    with pytest.raises(StoreError, match=r"Say where to|can't be reached"):
        await in_a_thread(settings, to)
