"""Several real programs on one PostgreSQL, fed like Telegram feeds webhooks and worse, and what must be true after."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import yaml

from bot.plain_text import plain_text
from bot.preview import LOCAL_TOKEN, Preview
from bot.preview.people import Json
from bot.store import Sealer
from tests.conftest import ROOT
from tests.handlers.conftest import KEY
from tests.handlers.test_webhook import WORD, free_port
from tests.store.server import Server
from tests.torture.life import crowd, replies
from tests.torture.small_knowledge import small_knowledge

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
    texts: dict[int, int] = field(default_factory=dict)  # number named in the text -> person
    presses: Counter[int] = field(default_factory=Counter)
    updates: list[Json] = field(default_factory=list)
    enough: bool = False  # nobody begins anything new

    def __post_init__(self) -> None:
        self.chance = random.Random(7)
        self.people = crowd(self.preview.world, self.size)
        self.folder.mkdir(exist_ok=True)
        self.knowledge = small_knowledge(self.folder / "knowledge")
        self.url = self.server.fresh()
        self.ports = [free_port() for _ in range(self.workers)]
        self.running: dict[int, asyncio.subprocess.Process] = {}

    async def start(self, port: int) -> None:
        program = ["-m", "tests.torture.broken", self.variant] if self.variant else [str(ROOT / "run_bot.py")]
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": LOCAL_TOKEN,
            "TELEGRAM_API_URL": self.preview.api_url,
            "KNOWLEDGE_DIR": str(self.knowledge),
            "DATA_DIR": str(self.folder / "data"),
            "DATA_KEY": KEY,
            "DATABASE_URL": self.url,
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/in",
            "WEBHOOK_SECRET": WORD,
            "WEBHOOK_PORT": str(port),
            "MESSAGES_PER_SECOND": "1000",
            "LOG_LEVEL": "WARNING",
        }
        with (self.folder / "log").open("ab") as log:
            self.running[port] = await asyncio.create_subprocess_exec(
                sys.executable, *program, cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    async def listening(self, port: int) -> None:
        """Wait until this worker and its store answer."""
        async with asyncio.timeout(90):
            while True:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with self.http.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
                        if answer.status == 200:
                            return
                assert self.running[port].returncode in EXPECTED, (self.folder / "log").read_text()[-2000:]
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

    async def supervised(self) -> None:
        """Like whatever keeps services running: starts anew what was killed, or could not start without its server."""
        while True:
            for port, process in self.running.items():
                if process.returncode is not None:
                    assert process.returncode in EXPECTED, (self.folder / "log").read_text()[-2000:]
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
        assert set(codes) == {0}, (self.folder / "log").read_text()[-2000:]
        return time.monotonic() - start

    def rows(self, sql: str) -> list[Any]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def report(self) -> Report:
        sealer, world = Sealer([KEY]), self.preview.world
        written = Counter(self.texts.values()) + self.presses
        kept = {person: (version, sealer.plain(sealed).get("asked", 0)) for person, version, sealed in self.rows(
            "SELECT person, version, sealed FROM conversations")}  # fmt: skip
        wanted = {person: (number, self.presses[person]) for person, number in written.items()}
        answers = {person: len(world.chats[person].messages) for person in self.people}
        order = {person: list(dict.fromkeys(replies(world, person))) for person in self.people}
        return Report(
            updates=len(self.updates),
            wrong={person: (kept.get(person), want) for person, want in wanted.items() if kept.get(person) != want},
            lines=self.rows("SELECT count(*) FROM questions")[0][0] - self.presses.total(),
            unanswered=self._unanswered(order) + sum(max(0, written[p] - answers[p]) for p in self.people),
            repeated=sum(max(0, answers[p] - written[p]) for p in self.people),
            out_of_order=[person for person, numbers in order.items() if numbers != sorted(numbers)],
            slowed=self._slowed(),
        )

    def _slowed(self) -> int:
        """How often a person was told to slow down: those turns change no state, and are a fault of the harness."""
        told = plain_text(yaml.safe_load((self.knowledge / "voice.yaml").read_text("utf-8"))["slow_down"]).strip()
        chats = (self.preview.world.chats[person].messages.values() for person in self.people)
        return sum(told in message.get("text", "") for messages in chats for message in messages)

    def _unanswered(self, order: dict[int, list[int]]) -> int:
        return sum(number not in order[person] for number, person in self.texts.items())


@dataclass(frozen=True)
class Report:
    updates: int
    wrong: dict[int, Any]  # person -> (turns, presses counted in the state) as kept and as wanted
    lines: int  # of the question log, more or fewer than presses
    unanswered: int
    repeated: int
    out_of_order: Sequence[int]
    slowed: int

    @property
    def exact(self) -> bool:
        faults = self.wrong or self.lines or self.unanswered or self.out_of_order or self.slowed
        return not faults and self.repeated < self.updates / 100

    def __str__(self) -> str:
        return (
            f"updates={self.updates} people with wrong turns={len(self.wrong)} lines too many={self.lines}"
            f" unanswered={self.unanswered} repeated={self.repeated} out of order={len(self.out_of_order)}"
            f" told to slow down={self.slowed}"
        )
