"""Several real programs on one PostgreSQL, fed like Telegram feeds webhooks and worse, and what must be true after."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from bot.preview import Preview
from bot.preview.people import Json
from bot.store import Sealer
from tests.handlers.conftest import KEY
from tests.handlers.test_webhook import WORD, free_port
from tests.store.server import Server
from tests.torture.life import crowd
from tests.torture.lines import Life, Lines
from tests.torture.program import Program

ANSWERED = "q:program_length"  # a press that is answered with one message of words, and counted in the state
EXPECTED = (None, -signal.SIGKILL, 2)  # how a worker may have ended; 2 is a start without its server
PATIENCE = aiohttp.ClientTimeout(total=30)


def told(person: int, text: str) -> Json:
    """The part of an update that says who wrote what."""
    who = {"id": person, "is_bot": False, "first_name": "P"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    chat = {"id": person, "type": "private"}
    message = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": who, "text": text}
    return {"message": message | {"entities": entities}}


def pressed(person: int) -> Json:
    """A press on a button of a message that the bot once sent."""
    card = told(person, "card")["message"] | {"message_id": 999_999}
    card["from"] = {"id": 7_000_000_001, "is_bot": True, "first_name": "Bot"}
    return {"callback_query": {"id": "1", "from": told(person, "x")["message"]["from"], "chat_instance": "1"}
            | {"message": card, "data": ANSWERED}}  # fmt: skip


@dataclass
class Swarm:
    """`size` people, `workers` programs on the database at `url`, and what the people have sent."""

    preview: Preview
    folder: Path
    server: Server
    size: int
    workers: int = 3
    variant: str = ""
    a_second: int = 100  # messages of each worker; people here write 36 updates a second, and more after a death
    texts: dict[int, int] = field(default_factory=dict)  # number named in the text -> person
    presses: Counter[int] = field(default_factory=Counter)
    updates: list[Json] = field(default_factory=list)
    enough: bool = False  # nobody begins anything new

    def __post_init__(self) -> None:
        self.chance = random.Random(7)
        self.people = crowd(self.preview.world, self.size)
        self.program = Program(self.folder, self.variant)
        self.lines = Lines(self.preview.world)
        self.url = self.server.fresh()
        self.ports = [free_port() for _ in range(self.workers)]
        self.running: dict[int, asyncio.subprocess.Process] = {}

    async def start(self, port: int) -> None:
        life = Life()
        life.process = self.running[port] = await self.program.start(
            await self.lines.open(life),
            DATABASE_URL=self.url,
            WEBHOOK_URL=f"http://127.0.0.1:{port}/in",
            WEBHOOK_SECRET=WORD,
            WEBHOOK_PORT=str(port),
            MESSAGES_PER_SECOND=str(self.a_second),
        )

    async def listening(self, port: int) -> None:
        """Wait until this worker and its store answer."""
        async with asyncio.timeout(90):
            while True:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with self.http.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
                        if answer.status == 200:
                            return
                assert self.running[port].returncode in EXPECTED, self.program.last_words
                await asyncio.sleep(0.05)

    async def __aenter__(self) -> Swarm:
        """All workers listening; the first one learns the content for all."""
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for first in (True, False):
            several = self.ports[:1] if first else self.ports[1:]
            await asyncio.gather(*(self.start(port) for port in several))
            await asyncio.gather(*(self.listening(port) for port in several))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()
        for process in self.running.values():
            if process.returncode is None:
                process.kill()
                await process.wait()
        await self.lines.close()

    async def supervised(self) -> None:
        """Like whatever keeps services running: starts anew what was killed, or could not start without its server."""
        while True:
            for port, process in self.running.items():
                if process.returncode is not None:
                    assert process.returncode in EXPECTED, self.program.last_words
                    await self.start(port)
            await asyncio.sleep(0.1)

    def kill_one(self) -> None:
        """kill -9 of any worker that runs."""
        alive = [process for process in self.running.values() if process.returncode is None]
        if alive:
            self.chance.choice(alive).kill()

    async def deliver(self, update: Json, port: int) -> bool:
        """Whether this worker has taken it, for all that Telegram would know."""
        with suppress(aiohttp.ClientError, TimeoutError):
            secret = {"X-Telegram-Bot-Api-Secret-Token": WORD}
            url = f"http://127.0.0.1:{port}/in"
            async with self.http.post(url, json=update, headers=secret, timeout=PATIENCE) as answer:
                return answer.status == 200
        return False

    async def given(self, kind: Json) -> None:
        """A new update, to two or three workers at the same instant and again until one has taken it."""
        update = {"update_id": len(self.updates) + 1} | kind
        self.updates.append(update)
        while True:
            several = self.chance.sample(self.ports, min(self.chance.choice((2, 3)), self.workers))
            if any(await asyncio.gather(*(self.deliver(update, port) for port in several))):
                return
            await asyncio.sleep(0.2)

    async def texts_and_presses(self, person: int, rounds: int, pause: float = 0.0) -> None:
        """Telegram keeps one person's texts in order, and their presses in another queue: both come at once."""
        for _ in range(rounds):
            if self.enough:
                return
            number = len(self.texts) + 1
            self.texts[number] = person
            self.presses[person] += 2
            events = [told(person, f"/m{number}"), pressed(person), pressed(person)]
            await asyncio.gather(*map(self.given, events))
            if self.chance.random() < 0.2:  # one of long ago comes again
                await self.deliver(self.chance.choice(self.updates), self.chance.choice(self.ports))
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))

    async def emptied(self, patience: float = 150.0) -> None:
        """Wait until nothing waits any more: at the longest a lease of a worker that was killed, and its messages."""
        async with asyncio.timeout(patience):
            while await asyncio.to_thread(self.rows, "SELECT 1 FROM outbox LIMIT 1"):
                await asyncio.sleep(0.2)

    async def stop(self) -> float:
        """Ask all to stop. Returns the seconds that took."""
        await asyncio.gather(*(self.listening(port) for port in self.ports))
        start = time.monotonic()
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        codes = [await asyncio.wait_for(process.wait(), 20) for process in self.running.values()]
        assert set(codes) == {0}, self.program.last_words
        return time.monotonic() - start

    def rows(self, sql: str) -> list[Any]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def report(self) -> Report:
        sealer, told = Sealer([KEY]), self.lines.told
        written = Counter(self.texts.values()) + self.presses
        kept = {person: (version, sealer.plain(sealed).get("asked", 0)) for person, version, sealed in self.rows(
            "SELECT person, version, sealed FROM conversations")}  # fmt: skip
        wanted = {person: (number, self.presses[person]) for person, number in written.items()}
        answers = {person: {f"r{number + 1}" for number in range(self.presses[person])} for person in self.people}
        for number, person in self.texts.items():
            answers[person].add(f"m{number}")
        return Report(
            updates=len(self.updates),
            wrong={person: (kept.get(person), want) for person, want in wanted.items() if kept.get(person) != want},
            lines=self.rows("SELECT count(*) FROM questions")[0][0] - self.presses.total(),
            aside=self.rows("SELECT count(*) FROM dead_letters")[0][0],
            unanswered=sum(len(answers[person].difference(told.get(person, ()))) for person in self.people),
            otherwise=[name for person, names in told.items() for name in names if name not in answers[person]],
            repeated=self.lines.repeated(),
            by_the_living=self.lines.by_the_living,
            out_of_order=[person for person, names in told.items() if not in_order(names)],
        )


def in_order(names: Sequence[str]) -> bool:
    """Whether answers to texts, and those to presses, came first in the order in which they were given."""
    firsts = list(dict.fromkeys(names))
    both = ([int(name[1:]) for name in firsts if re.fullmatch(rf"{kind}\d+", name)] for kind in "mr")
    return all(numbers == sorted(numbers) for numbers in both)


@dataclass(frozen=True)
class Report:
    updates: int
    wrong: dict[int, Any]  # person -> (turns, presses counted in the state) as kept and as wanted
    lines: int  # of the question log, more or fewer than presses
    aside: int  # updates and messages given up on
    unanswered: int
    otherwise: Sequence[str]  # words that answer nothing: a person told to slow down, an apology
    repeated: int
    by_the_living: int  # of these, although whoever said it first lived
    out_of_order: Sequence[int]

    @property
    def exact(self) -> bool:
        faults = self.wrong or self.lines or self.aside or self.unanswered or self.otherwise or self.out_of_order
        return not faults and not self.by_the_living and self.repeated < self.updates / 100

    def __str__(self) -> str:
        return (
            f"updates={self.updates} people with wrong turns={len(self.wrong)} lines too many={self.lines}"
            f" put aside={self.aside} unanswered={self.unanswered} answered otherwise={len(self.otherwise)}"
            f" repeated={self.repeated} of them by the living={self.by_the_living}"
            f" out of order={len(self.out_of_order)}"
        )
