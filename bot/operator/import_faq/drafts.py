"""Pairs -> drafts: like questions put together, an id and a title for each, written as a file of their own in faq/."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz

from bot.conversation.plain_text import plain_text
from bot.operator.import_faq.markdown import read_markdown
from bot.operator.import_faq.tables import CannotImport, Pair, Read, read_table
from bot.operator.import_faq.telegram import lost, to_telegram

ALIKE = 90  # token_set_ratio of two questions that are one
TITLE_LENGTH = 26
WORDS_OF_ID = 4
EMPTY = frozenset(
    "a an the is are was do does did i you we it of to in for and or my your how what when will can".split()  # noqa: SIM905
)
FIGURE = re.compile(r"\$?\d+(?:[.,]\d+)*%?")
NUMBERED = re.compile(r"(?:\(?\d+(?:\.\d+)*[.):]\s+|Q(?:uestion)?\s?\d*[:)]\s*|#\d+:?\s+)+", re.IGNORECASE)
ANSWERS = re.compile(r"(?P<bold>\*\*|__)?A(?:nswer|NSWER)?\s?\d*[:.](?P<closed>(?(bold)(?P=bold)|))?\s+")
READERS = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".csv": read_table,
    ".tsv": read_table,
    ".txt": read_table,
}


@dataclass(slots=True)
class Draft:
    """One question to be: the pair that leads, and others that ask the same."""

    id: str
    lead: Pair
    others: list[Pair] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """The file written, the drafts in it, and what to look at, with file and line."""

    file: Path
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]


def import_faq(files: Sequence[Path], folder: Path, taken: Iterable[str], today: dt.date) -> Imported:
    """Write the questions of `files` as drafts into `folder`; `taken` are ids in use. Raises CannotImport."""
    target = folder / f"imported_{re.sub(r'[^a-z0-9]+', '_', files[0].stem.lower()).strip('_') or 'faq'}.yaml"
    if target.exists():
        raise CannotImport(f"{target} exists already; finish or move it first, so that no work in it is lost.")
    read = [_read(file) for file in files]
    drafts = _grouped([_bare(pair) for one in read for pair in one.pairs], set(taken))
    left = [line for one in read for line in one.left]
    names = ", ".join(file.name for file in files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(_file(drafts, names, today)), "utf-8")
    except OSError as error:
        raise CannotImport(f"{target}: can't be written ({error.strerror})") from None
    return Imported(target, tuple(drafts), (*left, *_notes(drafts)))


def _read(file: Path) -> Read:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise CannotImport(f"{file}: is none of {', '.join(READERS)}; save it as one of these first")
    return reader(file)


def _bare(pair: Pair) -> Pair:
    """Without the number or the "Q:" before the question, and the "A:" before the answer."""
    question = NUMBERED.sub("", pair.question, count=1) if NUMBERED.match(pair.question) else pair.question
    marked = ANSWERS.match(pair.answer)
    answer = pair.answer[marked.end() :] if marked else pair.answer
    if marked and marked["bold"] and not marked["closed"]:  # **A: Yes.**
        answer = marked["bold"] + answer
    return replace(pair, question=question or pair.question, answer=answer or pair.answer)


def _grouped(pairs: Sequence[Pair], taken: set[str]) -> list[Draft]:
    """Questions with the same answer, or in nearly the same words, are one."""
    drafts: list[Draft] = []
    for pair in pairs:
        same = next((draft for draft in drafts if _alike(draft, pair)), None)
        if same:
            same.others.append(pair)
            continue
        drafts.append(Draft(_id_of(pair.question, taken), pair))
        taken.add(drafts[-1].id)
    return drafts


def _alike(draft: Draft, pair: Pair) -> bool:
    if draft.lead.answer == pair.answer:
        return True
    asked = (one.question.lower() for one in (draft.lead, *draft.others))
    return any(fuzz.token_sort_ratio(question, pair.question.lower()) >= ALIKE for question in asked)


def _id_of(question: str, taken: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", question.lower())
    named = "_".join([word for word in words if word not in EMPTY][:WORDS_OF_ID]) or "question"
    named = named if named[0].isalpha() else f"q_{named}"
    number = 1
    while (name := named if number == 1 else f"{named}_{number}") in taken:
        number += 1
    return name


def _file(drafts: Sequence[Draft], names: str, today: dt.date) -> Iterator[str]:
    yield f"# Imported from {names} on {today}. Nobody is answered with a draft: `check` says what each still lacks."
    yield "# When it has nothing more to say, take out the line `draft: true`."
    for draft in drafts:
        yield from ("", *_entry(draft))
    yield ""


def _entry(draft: Draft) -> Iterator[str]:
    lead = draft.lead
    question = lead.question if lead.question.endswith("?") else f"{lead.question.rstrip('.:')}?"
    yield f"{draft.id}:"
    yield "  draft: true"
    yield f"  title: {_quoted(_title(lead.question))}"
    yield f"  question: {_quoted(question)}"
    yield "  phrasings:"
    yield from (f"    - {_quoted(q)}" for q in dict.fromkeys(pair.question for pair in (lead, *draft.others)))
    if lead.source:
        yield f"  # its source, as the file names it: {' '.join(lead.source.split())}"
    yield "  answer: |2"
    yield from (f"    {line}".rstrip() for line in to_telegram(lead.answer).splitlines())
    yield "  cites: [] # facts that the answer rests on"
    yield "  next: [] # up to three questions to offer afterwards"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _title(question: str) -> str:
    words, title = question.rstrip("?:. ").split(), ""
    for word in words:
        if len(f"{title} {word}".strip()) > TITLE_LENGTH:
            break
        title = f"{title} {word}".strip()
    return title or question[:TITLE_LENGTH]


def _notes(drafts: Sequence[Draft]) -> Iterator[str]:
    for draft in drafts:
        lead = draft.lead
        figures = list(dict.fromkeys(FIGURE.findall(plain_text(to_telegram(lead.answer)))))
        if figures:
            what = (
                f"{draft.id}: figures typed in the answer: {', '.join(figures)}; make each a fact with source and date"
            )
            yield f"{lead.file}:{lead.line}: {what}"
        if unshown := lost(lead.answer):
            what = f"{draft.id}: Telegram can't show {' and '.join(unshown)}; say it in sentences or a list"
            yield f"{lead.file}:{lead.line}: {what}"
        for other in draft.others:
            differs = "" if other.answer == lead.answer else "; its answer is another one, and was left out"
            yield f"{other.file}:{other.line}: “{other.question}” was put to {draft.id} as a way of asking{differs}"


def told(done: Imported) -> Iterator[str]:
    """What was written and what to look at, as lines for a terminal."""
    count = len(done.drafts)
    yield f"Wrote {count} draft{'' if count == 1 else 's'} to {done.file}."
    yield from done.notes
    yield "Nobody is answered with a draft yet. What each lacks, such as a source and a date: python run_bot.py check"
