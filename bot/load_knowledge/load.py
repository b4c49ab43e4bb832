"""Read the whole knowledge folder, put it together and refuse it with every problem at once if it is not sound."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypeVar

import bot
from bot import conversation
from bot.conversation.area import Area, YearOfPay
from bot.conversation.flows.shape import Flow, by_command
from bot.conversation.knowledge import Career, Entry, Fact, Knowledge, SmallTalk, Source
from bot.conversation.leaning import Leaning
from bot.conversation.matching.matcher import Lexicon, Matcher, Memory
from bot.conversation.places.hiding import hide_places
from bot.conversation.places.index import PlaceIndex
from bot.conversation.short_forms import forms_after, short_forms
from bot.conversation.texts import Texts
from bot.conversation.vocabulary import PlaceNames, Vocabulary
from bot.conversation.wording import fact_tree
from bot.load_knowledge.causes import causes
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import all_rules, explained, find
from bot.load_knowledge.collecting import give_back, no_collecting
from bot.load_knowledge.english import Familiar, english, familiar_words
from bot.load_knowledge.flows import check_flows
from bot.load_knowledge.history import read_history
from bot.load_knowledge.library import Library, Versions, versions
from bot.load_knowledge.meanings import read_meanings
from bot.load_knowledge.memory import Sound
from bot.load_knowledge.place_index import place_index
from bot.load_knowledge.places import read_areas
from bot.load_knowledge.problems import ContentError, Problem
from bot.load_knowledge.unread_files import unread_files

Asked = TypeVar("Asked", Entry, SmallTalk)
MEANINGS = "meanings.npz"
HISTORY = "places/history.csv"


@dataclass(frozen=True, slots=True)
class Checked:
    """The content as far as it can be read, its matcher still untaught, and everything the rules found."""

    knowledge: Knowledge | None
    problems: list[Problem]
    documents: Mapping[str, Any]  # file -> its plain data

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


class Notebook(Memory, Protocol):
    """A memory that also keeps which content was found sound."""

    def sound(self, fingerprint: str) -> Sound | None: ...

    def note_sound(self, fingerprint: str, sound: Sound) -> None: ...


def load_knowledge(
    folder: Path, memory: Notebook | None = None, on_warnings: Callable[[int], None] | None = None
) -> Knowledge:
    """The knowledge in `folder`, its matcher taught. Raises ContentError with all errors if any.

    Teaching takes some seconds and checking one; with a `memory` only content that changed is learnt, read and checked
    anew, and what was checked on another day. Slow rules are left to `check_content`; `on_warnings` is told how many of
    the quick ones have something to say.
    """
    with no_collecting():
        knowledge, warnings = _sound(folder, memory, count=on_warnings is not None)
        if on_warnings and warnings:
            on_warnings(warnings)
        ready = made_ready(knowledge, memory)
    give_back()
    return ready


def _sound(folder: Path, memory: Notebook | None, *, count: bool) -> tuple[Knowledge, int]:
    """The content, untaught, and how many warnings there are about it, which without a memory only `count` asks for."""
    today = dt.date.today()
    now = versions(folder)
    fingerprint = f"{now.content}{program_hash(bot)}{today:%Y%m%d}" if memory else ""
    before = memory.sound(fingerprint) if memory else None
    knowledge = _read(folder, now, before.documents)[0] if before else None
    if before and knowledge:
        return knowledge, before.warnings
    checked = _checked(folder, now, today, slow=False, warnings=bool(memory or count))
    if checked.knowledge is None or checked.errors:
        raise ContentError(checked.errors)
    if memory:
        memory.note_sound(fingerprint, Sound(len(checked.warnings), checked.documents))
    return checked.knowledge, len(checked.warnings)


def made_ready(knowledge: Knowledge, memory: Memory | None = None) -> Knowledge:
    """Content that was read and is sound, with its matcher taught."""
    ready = replace(knowledge, matcher=taught(knowledge, memory))
    return replace(ready, follow_ups=short_forms(ready), then_ask=forms_after(ready))


def check_content(folder: Path, today: dt.date) -> Checked:
    """Every rule, the slow ones too: flows walked by the hundred, every phrasing held against every other."""
    return _checked(folder, versions(folder), today, slow=True, warnings=True)


def read_content(folder: Path, *, walk: bool = True) -> tuple[Knowledge | None, list[Problem]]:
    """The content as far as it can be read, its matcher still untaught, and every error found.

    Walking through the flows takes a few seconds; without it only their files are checked.
    """
    checked = _checked(folder, versions(folder), dt.date.today(), slow=walk, warnings=False)
    return checked.knowledge, checked.errors


def _checked(folder: Path, now: Versions, today: dt.date, *, slow: bool, warnings: bool) -> Checked:
    knowledge, library = _read(folder, now)
    if knowledge is None:
        return Checked(None, causes(map(explained, library.problems()), library.documents, None), {})
    check_flows(knowledge, library.where, walk=slow)
    rules = [one for one in all_rules().values() if slow or not one.slow]
    if not warnings:
        rules = [one for one in rules if one.severity == "error"]
    found = find(Content(knowledge, library.where, today), rules)
    problems = (*found, *map(explained, (*library.problems(), *unread_files(folder))))
    return Checked(knowledge, causes(problems, library.documents, knowledge), library.plain_data())


def _read(
    folder: Path, now: Versions, read_before: Mapping[str, Any] | None = None
) -> tuple[Knowledge | None, Library]:
    """The files put together, and the library that holds their problems. `now` are their versions."""
    library = Library(folder, read_before)
    if not folder.is_dir():
        what = "is not a folder that can be read; set KNOWLEDGE_DIR to the folder with career.yaml"
        library.others.append(Problem(str(folder), 1, "the folder", what, "unreadable"))
        return None, library
    career = library.one("career.yaml", Career)
    vocabulary = library.layered("vocabulary.yaml", Vocabulary)
    voice = library.layered("voice.yaml", dict[str, str])
    picture_words = library.layered("pictures.yaml", dict[str, str])
    parts = library.optional("parts.yaml", dict[str, str], {})
    leaning = library.optional("leaning.yaml", Leaning, Leaning())
    sources = library.each("sources.yaml", Source)
    facts = library.all_of("facts", Fact)
    written = _packed(library.all_of("faq", Entry))
    entries = {key: entry for key, entry in written.items() if not entry.draft}
    smalltalk = _packed(library.each("smalltalk.yaml", SmallTalk))
    flows = library.flows()
    given = library.one("places/names.yaml", PlaceNames)
    if career is None or vocabulary is None or voice is None or picture_words is None:
        return None, library
    if parts is None or leaning is None or given is None:
        return None, library
    if library.shared:
        vocabulary = replace(vocabulary, kinds=_not_ours(vocabulary.kinds, career))
    own = familiar_words((*entries.values(), *smalltalk.values()), vocabulary)
    areas, history, places = _tables(library, career, vocabulary, given, own)
    knowledge = Knowledge(
        career=replace(career, commands={**career.commands, **flow_commands(flows)}),
        voice=voice,
        sources=sources,
        facts=facts,
        fact_tree=fact_tree(facts),
        entries=entries,
        smalltalk=smalltalk,
        vocabulary=vocabulary,
        areas=areas,
        history=history,
        picture_words=picture_words,
        parts=parts,
        places=places,
        matcher=Matcher({}, frozenset(), Lexicon()),
        calibration=library.calibration(),
        meanings=read_meanings(library.path(MEANINGS)),
        version=now.content,
        reading=now.reading,
        leaning=leaning,
        flows=flows,
        drafts={key: entry for key, entry in written.items() if entry.draft},
    )
    return knowledge, library


def _packed(written: Mapping[str, Asked]) -> dict[str, Asked]:
    """With the phrasings, which only learning and the operator's commands go through, in one piece for each."""
    return {key: replace(one, phrasings=Texts(one.phrasings)) for key, one in written.items()}


def _tables(
    library: Library, career: Career, vocabulary: Vocabulary, given: PlaceNames, own: Familiar
) -> tuple[dict[str, Area], dict[str, tuple[YearOfPay, ...]], PlaceIndex]:
    """Pay in every area, the nation's over the years, and the names of places; their problems go to the library."""
    areas, problems = read_areas(library.path, career, library.shown)
    history, more = read_history(library.path(HISTORY), career, library.shown(HISTORY))
    places, wrong = place_index(library.path, areas, given, vocabulary, own, library.document("places/names.yaml"))
    library.others += problems + more + wrong
    return areas, history, places


def _not_ours(kinds: Mapping[str, tuple[str, ...]], career: Career) -> dict[str, tuple[str, ...]]:
    """Shared lists without our own work: what is another occupation to one career is the subject of the next."""
    own = {name for occupation in career.occupations.values() for name in occupation.names}
    return {kind: tuple(name for name in names if name not in own) for kind, names in kinds.items()}


def flow_commands(flows: Mapping[str, Flow]) -> dict[str, str]:
    """The commands of flows with their descriptions, as Telegram lists them."""
    return {command: flows[flow_id].about for command, flow_id in by_command(flows).items()}


def taught(knowledge: Knowledge, memory: Memory | None = None) -> Matcher:
    """A matcher that learnt every phrasing of the content, the words on its buttons among them."""
    entries, vocabulary = knowledge.entries, knowledge.vocabulary
    phrasings: dict[str, Sequence[str]]
    phrasings = {key: Texts((entry.question, entry.title, *entry.phrasings)) for key, entry in entries.items()}
    phrasings |= {key: talk.phrasings for key, talk in knowledge.smalltalk.items()}
    lexicon = Lexicon(
        texting=vocabulary.texting,
        kinds=vocabulary.kinds,
        synonyms=vocabulary.synonyms,
        padding=vocabulary.phrases_to_drop,
        apart=vocabulary.keep_apart,
        hide_places=lambda text, stand_in: hide_places(text, stand_in, knowledge.places),
        english=english(),
        meanings=knowledge.meanings,
        version=knowledge.reading + program_hash(),
    )
    courtesy = frozenset(key for key, talk in knowledge.smalltalk.items() if talk.kind == "smalltalk")
    return Matcher(phrasings, frozenset(entries), lexicon, memory, knowledge.calibration, courtesy)


@cache
def program_hash(package: ModuleType = conversation) -> str:
    """Changes with the code that reads messages, so that nothing learnt by older code is taken for today's."""
    digest = hashlib.sha256()
    for path in sorted(Path(package.__path__[0]).rglob("*")):
        if path.suffix in {".py", ".yaml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
