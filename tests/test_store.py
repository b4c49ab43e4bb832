"""What is remembered stays remembered; what failed leaves nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation.state import State, Turn
from bot.store import SqliteStore
from bot.store.protocol import StoreError


def count(state: State) -> Turn:
    return Turn(state.but(lost=state.lost + 1, explained=(*state.explained, "é")), (), "command")


async def test_a_conversation_is_there_again_after_a_restart(tmp_path: Path) -> None:
    store = await SqliteStore(tmp_path / "new" / "advisor.db").open()
    await store.advance("7", count)
    await store.close()
    again = await SqliteStore(tmp_path / "new" / "advisor.db").open()
    turn = await again.advance("7", count)
    await again.close()
    assert turn.state == State(lost=2, explained=("é", "é"))


async def test_two_people_do_not_share_a_conversation(tmp_path: Path) -> None:
    store = await SqliteStore(tmp_path / "advisor.db").open()
    await store.advance("7", count)
    turn = await store.advance("8", count)
    await store.close()
    assert turn.state.lost == 1


async def test_turns_taken_at_once_all_count(tmp_path: Path) -> None:
    store = await SqliteStore(tmp_path / "advisor.db").open()
    await asyncio.gather(*(store.advance("7", count) for _ in range(50)))
    turn = await store.advance("7", count)
    await store.close()
    assert turn.state.lost == 51


async def test_a_turn_that_fails_changes_nothing(tmp_path: Path) -> None:
    def fail(state: State) -> Turn:
        raise ValueError("no")

    store = await SqliteStore(tmp_path / "advisor.db").open()
    await store.advance("7", count)
    with pytest.raises(ValueError, match="no"):
        await store.advance("7", fail)
    turn = await store.advance("7", count)
    await store.close()
    assert turn.state.lost == 2


async def test_many_starters_at_once_all_get_the_same_tables(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(SqliteStore(tmp_path / "advisor.db").open() for _ in range(6)))
    turns = [await store.advance("7", count) for store in stores]
    for store in stores:
        await store.close()
    assert [t.state.lost for t in turns] == [1, 2, 3, 4, 5, 6]


async def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "advisor.db"
    path.write_bytes(b"this is not a database, whatever its name says" * 50)
    with pytest.raises(StoreError, match="Restore a backup"):
        await SqliteStore(path).open()
    assert path.read_bytes().startswith(b"this is not"), "the damaged file must be left as it was"


async def test_state_of_another_version_is_not_trusted() -> None:
    assert State.from_plain({"version": 99, "topic": "x"}) == State()
