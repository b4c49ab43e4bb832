"""/review in the chat of whoever runs the bot: a card for each cluster, with buttons that decide.

A decision takes minutes where phrasings change, so it is worked on beside the turns, one at a time; the card says so
meanwhile. What an adviser was asked to type next is kept in memory only: after a restart the button is pressed again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import escape

from bot.conversation.events import Commanded, Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Reply
from bot.handlers.admin_stats import lines_since
from bot.handlers.current import Current
from bot.handlers.logs import where
from bot.handlers.parcels import Rows, parcels
from bot.handlers.reading import Incoming
from bot.handlers.reloading import Reloading
from bot.handlers.sender import Sender
from bot.operator.review import told
from bot.operator.review.clusters import Cluster, clusters
from bot.operator.review.desk import Desk, Done, already
from bot.operator.review.misses import misses
from bot.operator.review.new_answer import HOW, read_answer
from bot.operator.review.yaml_text import CannotEdit
from bot.store import Store, StoreError

log = logging.getLogger(__name__)

VERB = "rv"
NEXT, ADD, OTHER, WRITE, DRAFT, NOT_OURS, IGNORE, UNDO = "n", "a", "i", "w", "d", "o", "x", "u"
MOST_BYTES = 64  # behind a button
LONGEST_DIFF = 2500  # characters
TRYING = "Checking the content and playing its tests. With other phrasings that takes one to four minutes ..."
GONE = "That one is not listed any more: it is answered by now, or past its time."

Decide = Callable[[Cluster, int], Done]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operator was asked to type: the id of an entry or an answer, for a cluster."""

    verb: str
    key: str


@dataclass(slots=True)
class AdminReview:
    """`takes` says whether an operator's update is for us, `begin` works on it beside everything else."""

    desk: Desk
    store: Store
    current: Current
    reloading: Reloading
    sender: Sender
    _asked: dict[int, Asked] = field(default_factory=dict)  # by operator
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def takes(self, incoming: Incoming) -> bool:
        event = incoming.event
        if isinstance(event, Pressed):
            return event.data.startswith(f"{VERB}:")
        waits = incoming.key.person in self._asked
        if isinstance(event, Commanded):
            return event.name == "review" or (event.name == "cancel" and waits)
        return waits and isinstance(event, Said)

    def begin(self, incoming: Incoming) -> None:
        task = asyncio.create_task(self._work(incoming))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """What is being tried is given up; nothing of it was written."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, incoming: Incoming) -> None:
        try:
            reply = await self._reply(incoming)
        except CannotEdit as refused:
            reply = Reply(str(escape(str(refused))), ((Button("Go on", f"{VERB}:{NEXT}:"),),), in_place=True)
        except StoreError as error:
            log.error("%s", error)
            reply = Reply("The question log can't be read now. The log of the bot says why.")
        except Exception as error:
            log.error("a review could not go on: %s", where(error))
            reply = Reply("That went wrong on my side, and nothing was changed. The log of the bot says where.")
        await self._say(incoming, reply)

    async def _say(self, incoming: Incoming, reply: Reply) -> None:
        try:
            await self.store.tell(incoming.key, parcels([reply], incoming.place))
        except StoreError as error:
            log.error("%s", error)
        self.sender.wake()

    async def _reply(self, incoming: Incoming) -> Reply:
        event, person = incoming.event, incoming.key.person
        if isinstance(event, Pressed):
            self._asked.pop(person, None)
            return await self._pressed(incoming, event.data)
        asked = self._asked.pop(person, None)
        if isinstance(event, Said) and asked is not None:
            return await self._typed(incoming, asked, event.text)
        if isinstance(event, Commanded) and event.name == "cancel":
            return Reply("Okay, nothing was changed.", self._go_on(""))
        return await self._card("")

    async def _pressed(self, incoming: Incoming, data: str) -> Reply:
        _, verb, rest = (*data.split(":", 2), "", "")[:3]
        key, _, intent = rest.partition(":")
        person, by = incoming.key.person, by_name(incoming)
        if verb == UNDO and key.isascii() and key.isdigit():
            return await self._decided(incoming, lambda: self.desk.undo(int(key)))
        if verb in (OTHER, WRITE):
            self._asked[person] = Asked(verb, key)
            return Reply(str(escape(HOW if verb == WRITE else "Type the id of the entry.")) + "\n\n/cancel leaves it.")
        decisions: dict[str, Decide] = {
            ADD: lambda cluster, since: self.desk.add(cluster, intent, by, since),
            DRAFT: lambda cluster, since: self.desk.draft(cluster, by, since),
            NOT_OURS: lambda cluster, since: self.desk.not_ours(cluster, by, since),
            IGNORE: lambda cluster, since: self.desk.ignore(cluster, by, since),
        }
        if verb not in decisions:
            return await self._card(key)
        return await self._on(incoming, key, decisions[verb], quick=verb == IGNORE)

    async def _typed(self, incoming: Incoming, asked: Asked, text: str) -> Reply:
        by = by_name(incoming)
        if asked.verb == OTHER:
            return await self._on(incoming, asked.key, lambda c, since: self.desk.add(c, text.strip(), by, since))
        try:
            read_answer(text, ())  # before anybody waits
            return await self._on(incoming, asked.key, lambda c, since: self.desk.answer(c, text, by, since))
        except CannotEdit:
            self._asked[incoming.key.person] = asked  # to be mended and sent again
            raise

    async def _on(self, incoming: Incoming, key: str, decide: Decide, quick: bool = False) -> Reply:
        """One decision about the cluster that `key` is part of today."""
        async with self._one:
            since = self.desk.last()
            found, _ = await self._listed()
            cluster = next((c for c in found if key in c.keys), None)
            if cluster is None:
                done = self.desk.decided(key)
                raise CannotEdit(already(done) if done else GONE)
            return await self._tried(incoming, lambda: decide(cluster, since), quick)

    async def _decided(self, incoming: Incoming, act: Callable[[], Done]) -> Reply:
        async with self._one:
            return await self._tried(incoming, act)

    async def _tried(self, incoming: Incoming, act: Callable[[], Done], quick: bool = False) -> Reply:
        if not quick:
            await self._say(incoming, Reply(TRYING, in_place=True))
        done = await asyncio.to_thread(act)
        await self.reloading.look()
        return self._result(done)

    def _result(self, done: Done) -> Reply:
        diff = done.diff if len(done.diff) <= LONGEST_DIFF else done.diff[:LONGEST_DIFF] + "\n..."
        live = f"\nContent {self.current.knowledge.version} is live." if done.version else ""
        text = f"{escape(done.told)}{live}" + (f"\n<pre>{escape(diff)}</pre>" if diff else "")
        undo = ((Button("Take it back", f"{VERB}:{UNDO}:{done.number}"),),) if done.number else ()
        return Reply(text, (*undo, *self._go_on("")), in_place=True)

    async def _card(self, after: str) -> Reply:
        """The next cluster after the one that `after` is part of; the first after the last."""
        found, known = await self._listed()
        if not found:
            return Reply(told.NOTHING, in_place=True)
        at = next((i + 1 for i, cluster in enumerate(found) if after in cluster.keys), 0) % len(found)
        text = told.card(found[at], known, at + 1, len(found))
        return Reply(str(escape(text)), (*choices(found[at], known), *self._go_on(found[at].key)), in_place=True)

    def _go_on(self, key: str) -> Rows:
        return ((Button("Next" if key else "Go on", f"{VERB}:{NEXT}:{key}"),),)

    async def _listed(self) -> tuple[list[Cluster], Knowledge]:
        known = self.current.knowledge
        lines = await lines_since(self.store, dt.date.min)
        return await asyncio.to_thread(clusters, list(misses(lines)), known, self.desk.records.ignored()), known


def choices(cluster: Cluster, knowledge: Knowledge) -> Rows:
    """What can be decided about a cluster. An id too long for a button can be typed."""
    adds = [
        (Button(f"Add to: {knowledge.title(near.intent)}", f"{VERB}:{ADD}:{cluster.key}:{near.intent}"),)
        for near in cluster.nearest
    ]
    others = (
        (Button("Add to another ...", f"{VERB}:{OTHER}:{cluster.key}"),),
        (
            Button("New answer ...", f"{VERB}:{WRITE}:{cluster.key}"),
            Button("Leave a draft", f"{VERB}:{DRAFT}:{cluster.key}"),
        ),
        (
            Button("Not ours", f"{VERB}:{NOT_OURS}:{cluster.key}"),
            Button("Ignore for good", f"{VERB}:{IGNORE}:{cluster.key}"),
        ),
    )
    return (*(row for row in adds if len(row[0].data.encode()) <= MOST_BYTES), *others)


def by_name(incoming: Incoming) -> str:
    return f"operator {incoming.key.person}"
