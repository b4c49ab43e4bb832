"""A new question and its answer, written by an adviser in one message. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.operator.review.yaml_text import CannotEdit, one_line

HOW = """Write it in one message:

A title for the button, at most 26 characters
The question, as you would ask it?
Other ways people ask it, one a line

(an empty line, then)
The answer, 40 to 120 words. A figure is never typed: name its fact, like {{ exam.fee }}."""
AMPERSAND = re.compile(r"&(?!#?\w+;)")


@dataclass(frozen=True, slots=True)
class NewAnswer:
    title: str
    question: str
    phrasings: tuple[str, ...]
    answer: str

    @property
    def fields(self) -> dict[str, str | Sequence[str]]:
        """As they stand in a file of questions."""
        return {
            "title": self.title,
            "question": self.question,
            "phrasings": self.phrasings,
            "answer": AMPERSAND.sub("&amp;", self.answer.strip()) + "\n",
        }


def read_answer(text: str, asked: Sequence[str]) -> NewAnswer:
    """What an adviser wrote, with what was `asked` as further phrasings. Raises CannotEdit with what is missing."""
    head, _, answer = re.sub(r"[ \t]+\n", "\n", text.strip().replace("\r\n", "\n")).partition("\n\n")
    lines = [one_line(line.lstrip("-• ")) for line in head.split("\n") if line.strip()]
    if len(lines) < 2 or not answer.strip():
        raise CannotEdit(f"That is not complete yet. {HOW}")
    title, question, *ways = lines
    if not question.endswith("?"):
        raise CannotEdit(f"The second line should be the question, with a question mark. {HOW}")
    return NewAnswer(title, question, _different((*asked, *ways)), answer)


def stub(asked: Sequence[str]) -> NewAnswer:
    """A draft without an answer, for somebody to write."""
    question = asked[0].rstrip(" ?.!") + "?"
    return NewAnswer(asked[0][:26].strip(), question[:1].upper() + question[1:], tuple(asked), "(write the answer)")


def entry_id(title: str, taken: Collection[str]) -> str:
    """A name for the entry that nobody has yet."""
    words = re.findall(r"[a-z0-9]+", title.lower())[:5]
    name = "_".join(words)[:40].strip("_")
    name = name if name[:1].isalpha() else f"about_{name}".strip("_")
    return next(n for n in (name, *(f"{name}_{i}" for i in range(2, 1000))) if n not in taken)


def _different(ways: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for way in ways:
        seen.setdefault(re.sub(r"\W+", " ", way.lower()).strip() or way, way)
    return tuple(seen.values())
