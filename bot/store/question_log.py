"""The question log in SQLite: who asked is known only through salts that are thrown away (`pseudonyms.py`)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from sqlite3 import Connection
from typing import Any

from bot.conversation.state import Mark
from bot.store.masking import masked
from bot.store.protocol import Key, Logged, Question
from bot.store.pseudonyms import month_of, months_kept, new_salt, pseudonym
from bot.store.sealing import Sealer

PLAIN = tuple(field.name for field in dataclasses.fields(Question) if field.name != "text")
NEW = (*PLAIN, "sealed", "alias", "ref")  # the columns of a new line
INSERT = f"INSERT INTO questions ({', '.join(NEW)}) VALUES ({', '.join(f':{name}' for name in NEW)})"
COLUMNS = ", ".join(("number", "alias", "vote", "reason", "chosen", "sealed", *PLAIN))


class QuestionLog:
    """Statements over the tables `questions` and `salts`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock
        self._known = "", ""  # this month and its salt

    def note(self, db: Connection, key: Key, asked: Question) -> None:
        """A new line."""
        db.execute(INSERT, as_row(self._sealer, self._salt(db), key, asked))

    def mark(self, db: Connection, key: Key, mark: Mark) -> None:
        """On the newest line of that number: after a state that was lost, numbers begin anew."""
        sql = (
            "UPDATE questions SET vote = coalesce(?, vote), reason = coalesce(?, reason), chosen = coalesce(?, chosen)"
            " WHERE number = (SELECT max(number) FROM questions WHERE alias = ? AND ref = ?)"
        )
        for salt in self._salts(db):
            line = pseudonym(salt, key.person), ref(salt, key, mark.asked)
            if db.execute(sql, [mark.vote, mark.reason, mark.chosen, *line]).rowcount:
                return

    def of_person(self, db: Connection, person: int) -> tuple[tuple[str, str], ...]:
        """Day and text of the lines that can still be told to be theirs."""
        sql = "SELECT day, sealed FROM questions WHERE alias = ? ORDER BY number"
        found = [row for alias in self._aliases(db, person) for row in db.execute(sql, [alias]).fetchall()]
        return tuple((day, self._sealer.text(sealed)) for day, sealed in found)

    def unlink(self, db: Connection, person: int) -> int:
        """Take the words, the alias and the tie to a conversation out of a person's lines. Returns how many."""
        sql = "UPDATE questions SET sealed = ?, alias = '', ref = '' WHERE alias = ?"
        empty = self._sealer.seal("")
        return sum(db.execute(sql, [empty, alias]).rowcount for alias in self._aliases(db, person))

    def page(self, db: Connection, since: str, after: int, limit: int) -> list[Logged]:
        """The oldest `limit` lines from day `since` on, with numbers above `after`."""
        sql = f"SELECT {COLUMNS} FROM questions WHERE day >= ? AND number > ? ORDER BY number LIMIT ?"
        return [as_logged(self._sealer, row) for row in db.execute(sql, [since, after, limit]).fetchall()]

    def forget_salt(self) -> None:
        """The one that is remembered may have been made by a turn that was undone."""
        self._known = "", ""

    def _salt(self, db: Connection) -> str:
        """The salt of this month, made when it is first needed."""
        month = month_of(self._clock())
        if self._known[0] == month:
            return self._known[1]
        row = db.execute("SELECT sealed FROM salts WHERE month = ?", [month]).fetchone()
        if row and (salt := self._sealer.text(row[0])):
            self._known = month, salt
            return salt
        salt = new_salt()
        sql = "INSERT INTO salts (month, sealed) VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET sealed = ?"
        sealed = self._sealer.seal(salt)
        db.execute(sql, [month, sealed, sealed])
        self._known = month, salt
        return salt

    def _salts(self, db: Connection) -> list[str]:
        """Those that can still tell whose lines are whose, newest first."""
        sql = "SELECT sealed FROM salts WHERE month >= ? ORDER BY month DESC"
        found = db.execute(sql, [months_kept(self._clock())[-1]]).fetchall()
        return [salt for (sealed,) in found if (salt := self._sealer.text(sealed))]

    def _aliases(self, db: Connection, person: int) -> list[str]:
        return [pseudonym(salt, person) for salt in self._salts(db)]


def as_row(sealer: Sealer, salt: str, key: Key, asked: Question) -> dict[str, Any]:
    """Column -> value of a new line."""
    return {name: getattr(asked, name) for name in PLAIN} | {
        "sealed": sealer.seal(masked(asked.text)) if asked.text else sealer.nothing,
        "answers": " ".join(asked.answers),
        "again": int(asked.again),
        "alias": pseudonym(salt, key.person),
        "ref": ref(salt, key, asked.asked),
    }


def as_logged(sealer: Sealer, row: Sequence[Any]) -> Logged:
    """A row of COLUMNS as it is read again."""
    number, alias, vote, reason, chosen, sealed, *rest = row
    plain = dict(zip(PLAIN, rest, strict=True))
    plain |= {"answers": tuple(plain["answers"].split()), "again": bool(plain["again"])}
    return Logged(number, alias, Question(sealer.text(sealed), **plain), vote, reason, chosen)


def ref(salt: str, key: Key, asked: int) -> str:
    """What a mark finds its line by."""
    return pseudonym(salt, key.chat, key.person, key.topic, asked)
