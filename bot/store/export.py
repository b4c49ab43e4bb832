"""The question log as a plain SQLite file for reading elsewhere, for example with datasette."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.store.protocol import StoreError

VIEWS = {
    "misses": "SELECT day, hour, text, outcome, version FROM questions WHERE text <> ''"
    " AND (outcome = 'refused' OR chosen = 'none') ORDER BY number DESC",
    "votes": "SELECT titles.title, count(*) AS asked, sum(vote = 'up') AS up, sum(vote = 'down') AS down"
    " FROM questions JOIN titles ON titles.id = questions.intent WHERE outcome = 'answered'"
    " GROUP BY titles.id ORDER BY down DESC, asked DESC",
    "days": "SELECT day, count(*) AS questions, count(DISTINCT person) AS people FROM questions"
    " WHERE outcome NOT IN ('flow', 'smalltalk') GROUP BY day ORDER BY day",
    "flow_steps": "SELECT flow, step, count(DISTINCT person) AS people FROM questions WHERE flow <> ''"
    " GROUP BY flow, step ORDER BY flow, people DESC",
}


def export(path: Path, rows: Sequence[dict[str, Any]], titles: Mapping[str, str]) -> None:
    """Write `rows` of the log and the titles of what they name to a new file. Raises StoreError if it is there.

    Only the owner may read it: nobody's name is in it, but people's words are.
    """
    if path.exists():
        raise StoreError(f"{path} exists already; name a file that does not.")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    db = Database(path)
    try:
        db.table("titles").insert_all(({"id": name, "title": title} for name, title in titles.items()), pk="id")
        questions = db.table("questions")
        linked = ({**row, "intent": row["intent"] or None} for row in rows)
        questions.insert_all(linked, pk="number", foreign_keys=[("intent", "titles", "id")])
        if rows:
            questions.create_index(["day"])
            questions.enable_fts(["text"])
            for name, sql in VIEWS.items():
                db.create_view(name, sql)
    finally:
        db.close()
