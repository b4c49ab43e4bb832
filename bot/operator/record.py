"""`talk --record`: a conversation in the terminal, kept as a test that `run_bot.py test` plays again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.conversation.plain_text import plain_text
from bot.conversation.state import Turn
from bot.preview.transcripts import Done, beginning, written

SURE = frozenset({"answer", "smalltalk", "out_of_scope"})  # where the question understood is worth holding on to


class CannotRecord(Exception):
    """The file can't be written; says what to do."""


class Recorder:
    """Writes the whole file anew after each step, so that nothing is lost however the talk ends.

    Raises CannotRecord if there is a file already.
    """

    def __init__(self, file: Path, day: dt.date) -> None:
        if file.exists():
            raise CannotRecord(f"{file} exists already; give another name, so that no test is lost.")
        self._file, self._day = file, day
        self._steps: list[Done] = []

    def note(self, how: str, what: str, turn: Turn) -> None:
        """What was typed or pressed, and the turn that came of it."""
        wanted: dict[str, list[str]] = {"kind": [turn.kind]}
        wanted["bot"] = [beginning(plain_text(reply.text)) for reply in turn.replies]
        if turn.kind in SURE:
            wanted["asks"] = list(turn.intents)
        if turn.flow:
            wanted |= {"flow": [turn.flow], "step": [turn.step]}
        self._steps.append(Done(how, what, wanted))
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(written(self._file.stem.replace("_", " "), self._day, self._steps), "utf-8")
        except OSError as error:
            raise CannotRecord(f"{self._file} can't be written ({error.strerror}).") from None
