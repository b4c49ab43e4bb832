"""`review` in the terminal: a list, then one cluster at a time with numbered choices. Works with piped input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from bot.conversation.knowledge import Knowledge
from bot.operator.review import told
from bot.operator.review.clusters import Cluster
from bot.operator.review.desk import Desk, Done
from bot.operator.review.new_answer import HOW, read_answer
from bot.operator.review.room import desk, listing, logged
from bot.operator.review.yaml_text import CannotEdit
from bot.settings import Settings

BY = "the terminal"
END = "."
TRYING = "Checking the content and playing its tests. With other phrasings that takes one to four minutes ..."
ID = "The id of the entry:"
AGAIN = "Nothing typed takes what you typed before."

Read = Callable[[], str | None]
Show = Callable[[str], None]
Listing = Callable[[], tuple[list[Cluster], Knowledge]]


@dataclass(slots=True)
class Session:
    """One sitting. `listing` looks anew, with the content as it is now; `read` gives None at the end."""

    desk: Desk
    listing: Listing
    read: Read
    show: Show
    passed: set[str] = field(default_factory=set)  # clusters to be left for another day
    typed: dict[tuple[str, str], str] = field(default_factory=dict)  # cluster and what was asked -> what was refused

    def run(self) -> None:
        clusters, known = self.listing()
        for cluster in clusters:
            self.show(told.line(cluster))
        while open_ones := [c for c in clusters if c.key not in self.passed]:
            number = len(clusters) - len(open_ones) + 1
            self.show("\n" + told.card(open_ones[0], known, number, len(clusters)))
            result = self._decided(open_ones[0], known)
            if result is None:
                return
            if result.told:
                self.typed.clear()
                self.show(told.done(result))
                clusters, known = self.listing()
        self.show(told.NOTHING if not clusters else "That was all.")

    def _decided(self, cluster: Cluster, known: Knowledge) -> Done | None:
        """What came of one choice; None when the sitting is over, and an empty result when nothing was decided."""
        choices = list(self._choices(cluster))
        self.show("\n".join(f"  [{i}] {label}" for i, (label, _) in enumerate(choices, start=1)) + "\n  [q] stop")
        typed = self.read()
        if typed is None or typed.strip().lower() == "q":
            return None
        if not (typed.strip().isascii() and typed.strip().isdigit() and 1 <= int(typed) <= len(choices)):
            self.show(f"Type a number from 1 to {len(choices)}, or q.")
            return Done(0, "")
        try:
            return choices[int(typed) - 1][1]()
        except CannotEdit as refused:
            self.show(str(refused))
            return Done(0, "")

    def _choices(self, cluster: Cluster) -> Iterator[tuple[str, Callable[[], Done]]]:
        desk, since = self.desk, self.desk.last()
        for near in cluster.nearest:
            add = partial(desk.add, cluster, near.intent, BY, since)
            yield f"add as phrasing to {near.intent}", partial(self._try, add)
        yield "add as phrasing to another entry", lambda: self._to_another(cluster, since)
        yield "write a new answer", lambda: self._written(cluster, since)
        yield "leave a draft for a new answer", lambda: self._try(lambda: desk.draft(cluster, BY, since))
        yield f"not ours ({cluster.off_topic})", lambda: self._try(lambda: desk.not_ours(cluster, BY, since))
        yield "ignore for good", lambda: desk.ignore(cluster, BY, since)
        yield "leave it for now", lambda: self._pass(cluster)
        yield "take back the last decision", lambda: self._try(desk.undo)

    def _try(self, act: Callable[[], Done]) -> Done:
        self.show(TRYING)
        return act()

    def _pass(self, cluster: Cluster) -> Done:
        self.passed.add(cluster.key)
        return Done(0, "")

    def _to_another(self, cluster: Cluster, since: int) -> Done:
        intent = self._asked(cluster, ID, self._line)
        self.desk.must_hold(intent)
        return self._try(lambda: self.desk.add(cluster, intent, BY, since))

    def _written(self, cluster: Cluster, since: int) -> Done:
        text = self._asked(cluster, f"{HOW}\n\nA line with a single {END} ends it.", self._lines)
        read_answer(text, ())
        return self._try(lambda: self.desk.answer(cluster, text, BY, since))

    def _asked(self, cluster: Cluster, question: str, read: Callable[[], str]) -> str:
        """What was typed, kept until a decision is: one that is refused need not be typed again."""
        key = cluster.key, question
        self.show("\n\n".join([question, *([f"{AGAIN}\n{self.typed[key]}"] if key in self.typed else [])]))
        self.typed[key] = read() or self.typed.get(key, "")
        return self.typed[key]

    def _line(self) -> str:
        return (self.read() or "").strip()

    def _lines(self) -> str:
        lines: list[str] = []
        while (typed := self.read()) is not None and typed.strip() != END:
            lines.append(typed)
        return "\n".join(lines)


def review(
    settings: Settings,
    knowledge: Callable[[], Knowledge],
    read: Read,
    show: Show,
    *,
    only_list: bool = False,
    as_json: bool = False,
    undo: bool = False,
) -> None:
    """The command. Raises CannotEdit when there is nothing to take back, and StoreError when the log can't be read."""
    at_desk = desk(settings)
    if undo:
        show(told.done(at_desk.undo()))
        return
    look = listing(logged(settings), at_desk, knowledge)
    if not (only_list or as_json):
        Session(at_desk, look, read, show).run()
        return
    found, _ = look()
    for cluster in found:
        show(told.as_json(cluster) if as_json else told.line(cluster))
    if not found and not as_json:
        show(told.NOTHING)
