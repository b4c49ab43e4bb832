"""Many lives of the real program against the local Telegram, and what must be true after the last one."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import signal
import sqlite3
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.preview import Preview, World
from bot.preview.people import Chat, Json
from tests.torture.program import Program

FIRST = 5_000_001  # the number of the first fake person


def crowd(world: World, size: int) -> list[int]:
    """`size` people who have started the bot."""
    people = list(range(FIRST, FIRST + size))
    for person in people:
        world.chats[person] = Chat({"id": person, "type": "private", "first_name": "P"}, f"p{person}", started=True)
    return people


def write_to(world: World, person: int, text: str) -> Json:
    """A message of a fake person, without the page's bookkeeping. Gives back the update."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ")[0])}] if text.startswith("/") else []
    sender = {"id": person, "is_bot": False, "first_name": "P"}
    message = {"message_id": 1, "date": int(time.time()), "chat": {"id": person, "type": "private"}, "from": sender}
    return world.inject({"message": message | {"text": text, "entities": entities}})


def answered(world: World, people: list[int]) -> Counter[int]:
    """How often each message `/m<number>` was answered: the reply names it."""
    return Counter(number for person in people for number in replies(world, person))


def replies(world: World, person: int) -> list[int]:
    texts = (message.get("text", "") for message in world.chats[person].messages.values())
    return [int(found[1]) for text in texts if (found := re.search(r"/m(\d+)", text))]


@dataclass
class Lives:
    """A world with `size` people, a program that is started and killed, and the messages they wrote."""

    preview: Preview
    folder: Path
    size: int = 20
    variant: str = ""
    seed: int = 1
    written: dict[int, int] = field(default_factory=dict)  # message -> person
    updates: list[Json] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.people = crowd(self.preview.world, self.size)
        self.program = Program(self.folder, self.variant)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "advisor.db"

    async def start(self) -> asyncio.subprocess.Process:
        """One life."""
        return await self.program.start(self.preview.api_url)

    async def begun(self, process: asyncio.subprocess.Process) -> None:
        """Wait until this life, which was just started, has asked who it is."""
        calls = self.preview.world.calls
        last, start = calls[-1] if calls else None, time.monotonic()
        while process.returncode is None:
            since = itertools.takewhile(lambda call: call is not last, reversed(calls))
            if any(call.method == "getMe" for call in since):
                break
            await asyncio.sleep(0.005)
        self.starts.append(time.monotonic() - start)

    async def talk(self, a_second: float) -> None:
        """People write until cancelled; some old updates are delivered again."""
        world = self.preview.world
        while True:
            number = len(self.written) + 1
            person = self.people[number % self.size]
            self.written[number] = person
            self.updates.append(write_to(world, person, f"/m{number}"))
            if self.chance.random() < 0.2:
                world.updates.pending.append(self.chance.choice(self.updates))
            await asyncio.sleep(1 / a_second)

    async def kill_many(self, times: int, a_second: float = 12.0) -> None:
        """Kill -9 so many lives at random moments, a tenth of them while they start."""
        talking = asyncio.create_task(self.talk(a_second))
        for _ in range(times):
            process = await self.start()
            if self.chance.random() > 0.1:
                await self.begun(process)
                await asyncio.sleep(self.chance.uniform(0.02, 1.0))
            else:
                await asyncio.sleep(self.chance.uniform(0.1, 1.0))
            assert process.returncode is None, self.program.last_words
            process.kill()
            await process.wait()
        talking.cancel()

    async def last_life(self, patience: float = 120.0) -> float:
        """Let one life finish everything, then ask it to stop. Returns the seconds that took.

        A chat gets one message a second, so what piled up on a slow machine takes its time: `patience` is for seconds
        in which nothing more gets done.
        """
        process = await self.start()
        await self.begun(process)
        least, end = sys.maxsize, 0.0
        while left := len(self.preview.world.updates.pending) + self.waiting():
            if left < least:
                least, end = left, time.monotonic() + patience
            elif time.monotonic() > end:
                break
            await asyncio.sleep(0.1)
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), 15)
        assert code == 0, self.program.last_words
        return time.monotonic() - start

    def waiting(self) -> int:
        return self.rows("SELECT count(*) FROM outbox")[0][0] if self.database.exists() else 1

    def rows(self, sql: str) -> list[Any]:
        db = sqlite3.connect(f"{self.database.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def report(self) -> Report:
        world, wanted = self.preview.world, Counter(self.written.values())
        turns = dict(self.rows("SELECT person, version FROM conversations"))
        given = answered(world, self.people)
        firsts = {person: list(dict.fromkeys(replies(world, person))) for person in self.people}
        return Report(
            messages=len(self.written),
            unanswered=[number for number in self.written if not given[number]],
            repeated=sum(given.values()) - len(given),
            wrong_turns={p: (turns.get(p, 0), n) for p, n in wanted.items() if turns.get(p, 0) != n},
            out_of_order=[person for person, order in firsts.items() if order != sorted(order)],
            sound=self.rows("PRAGMA integrity_check")[0][0] == "ok",
        )


@dataclass(frozen=True)
class Report:
    messages: int
    unanswered: list[int]
    repeated: int
    wrong_turns: dict[int, tuple[int, int]]  # person -> (turns kept, messages written)
    out_of_order: list[int]
    sound: bool

    @property
    def exact(self) -> bool:
        """Nothing lost, nothing applied twice, nothing out of order, repeats at most one in a hundred."""
        faults = self.unanswered or self.wrong_turns or self.out_of_order
        return self.sound and not faults and self.repeated <= self.messages / 100

    def __str__(self) -> str:
        return (
            f"messages={self.messages} unanswered={len(self.unanswered)} repeated={self.repeated}"
            f" people with wrong turns={len(self.wrong_turns)} out of order={len(self.out_of_order)} sound={self.sound}"
        )
