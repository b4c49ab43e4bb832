"""Settings -> what a review in the terminal works with: the log, the content and the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import tests_folder
from bot.operator.review.clusters import Cluster, clusters
from bot.operator.review.desk import Desk
from bot.operator.review.misses import misses
from bot.operator.review.records import Records
from bot.operator.stats.run import logged as log_of
from bot.operator.vetting import Verdict, vet
from bot.settings import Settings
from bot.store import Logged


def records_in(data: Path) -> Records:
    """Where decisions are kept, for the terminal and for the running bot alike."""
    return Records(data / "review")


def desk(settings: Settings) -> Desk:
    content, learnt = settings.knowledge_dir, settings.data_dir / "learnt"

    def tried(copy: Path) -> Verdict:
        return vet(copy, learnt, tests_folder(content))

    return Desk(content, records_in(settings.data_dir), tried)


def listing(
    lines: list[Logged], desk: Desk, knowledge: Callable[[], Knowledge]
) -> Callable[[], tuple[list[Cluster], Knowledge]]:
    """Reads the content anew each time: what was decided a moment ago is no longer listed."""

    def listed() -> tuple[list[Cluster], Knowledge]:
        known = knowledge()
        return clusters(misses(lines), known, desk.records.ignored()), known

    return listed


def logged(settings: Settings) -> list[Logged]:
    """All lines of the question log, also while the bot runs. Raises StoreError."""
    return log_of(settings, dt.date.min)
