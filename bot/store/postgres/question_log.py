"""The question log on the server: the same lines and salts as in `bot/store/question_log.py`."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.state import Mark
from bot.store.postgres.database import Connection
from bot.store.protocol import Key, Logged, Question
from bot.store.pseudonyms import month_of, months_kept, new_salt, pseudonym
from bot.store.question_log import COLUMNS, as_logged, as_row, ref
from bot.store.sealing import Sealer

SALT = "SELECT sealed FROM salts WHERE month = %s"
# Of two processes that need the month's first salt at once, one makes it and the other then finds it.
NEW_SALT = """INSERT INTO salts (month, sealed) VALUES (%s, %s)
    ON CONFLICT (month) DO UPDATE SET sealed = excluded.sealed WHERE salts.sealed = %s"""
SALTS = "SELECT sealed FROM salts WHERE month >= %s ORDER BY month DESC"
MARK = """UPDATE questions
    SET vote = coalesce(%s, vote), reason = coalesce(%s, reason), chosen = coalesce(%s, chosen)
    WHERE number = (SELECT max(number) FROM questions WHERE alias = %s AND ref = %s)"""
OF_PERSON = "SELECT day, sealed FROM questions WHERE alias = %s ORDER BY number"
UNLINK = "UPDATE questions SET sealed = %s, alias = '', ref = '' WHERE alias = %s"
PAGE = f"SELECT {COLUMNS} FROM questions WHERE day >= %s AND number > %s ORDER BY number LIMIT %s"

NUL = str.maketrans({"\0": "\u2400"})  # the one character that PostgreSQL's text can't hold


class QuestionLog:
    """Statements over the tables `questions` and `salts`, each inside the transaction of the caller."""

    def __init__(self, sealer: Sealer, clock: Callable[[], float]) -> None:
        self._sealer, self._clock = sealer, clock
        self._known: tuple[str, str] = "", ""  # this month and its salt

    async def note(self, db: Connection, key: Key, asked: Question) -> None:
        """A new line."""
        row = as_row(self._sealer, await self._salt(db), key, asked)
        values = [value.translate(NUL) if isinstance(value, str) else value for value in row.values()]
        places = ", ".join(["%s"] * len(row))
        await db.execute(f"INSERT INTO questions ({', '.join(row)}) VALUES ({places})", values)

    async def mark(self, db: Connection, key: Key, mark: Mark) -> None:
        """On the newest line of that number: after a state that was lost, numbers begin anew."""
        for salt in await self._salts(db):
            line = pseudonym(salt, key.person), ref(salt, key, mark.asked)
            if (await db.execute(MARK, [mark.vote, mark.reason, mark.chosen, *line])).rowcount:
                return

    async def of_person(self, db: Connection, person: int) -> tuple[tuple[str, str], ...]:
        """Day and text of the lines that can still be told to be theirs."""
        found = [
            row
            for alias in await self._aliases(db, person)
            for row in await (await db.execute(OF_PERSON, [alias])).fetchall()
        ]
        return tuple((day, self._sealer.text(sealed)) for day, sealed in found)

    async def unlink(self, db: Connection, person: int) -> int:
        """Take the words, the alias and the tie to a conversation out of a person's lines. Returns how many."""
        empty = self._sealer.seal("")
        aliases = await self._aliases(db, person)
        return sum([(await db.execute(UNLINK, [empty, alias])).rowcount for alias in aliases])

    async def page(self, db: Connection, since: str, after: int, limit: int) -> list[Logged]:
        """The oldest `limit` lines from day `since` on, with numbers above `after`."""
        rows = await (await db.execute(PAGE, [since, after, limit])).fetchall()
        return [as_logged(self._sealer, row) for row in rows]

    async def _salt(self, db: Connection) -> str:
        """The salt of this month, made when it is first needed."""
        month = month_of(self._clock())
        if self._known[0] == month:
            return self._known[1]
        row = await (await db.execute(SALT, [month])).fetchone()
        if row and (salt := self._sealer.text(row[0])):
            self._known = month, salt
            return salt
        # Not remembered yet: the turn that makes it may still be undone.
        await db.execute(NEW_SALT, [month, self._sealer.seal(new_salt()), row[0] if row else ""])
        ((sealed,),) = await (await db.execute(SALT, [month])).fetchall()
        return self._sealer.text(sealed)

    async def _salts(self, db: Connection) -> list[str]:
        """Those that can still tell whose lines are whose, newest first."""
        found = await (await db.execute(SALTS, [months_kept(self._clock())[-1]])).fetchall()
        return [salt for (sealed,) in found if (salt := self._sealer.text(sealed))]

    async def _aliases(self, db: Connection, person: int) -> list[str]:
        return [pseudonym(salt, person) for salt in await self._salts(db)]
