"""Read the whole knowledge folder, put it together and refuse it with every problem at once if it is not sound."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Protocol

import bot
from bot import conversation
from bot.conversation import buttons
from bot.conversation.flows.shape import Flow
from bot.conversation.follow_ups import short_forms
from bot.conversation.knowledge import (
    Career,
    Entry,
    Fact,
    Knowledge,
    PlaceNames,
    SmallTalk,
    Source,
    Vocabulary,
)
from bot.conversation.matching.calibration import Calibration
from bot.conversation.matching.matcher import Lexicon, Matcher, Memory
from bot.conversation.matching.text import plain, words_of
from bot.conversation.places.hiding import hide_places
from bot.conversation.wording import fact_tree
from bot.load_knowledge.checks import check
from bot.load_knowledge.flows import check_flows
from bot.load_knowledge.history import read_history
from bot.load_knowledge.meanings import read_meanings
from bot.load_knowledge.place_index import place_index
from bot.load_knowledge.places import read_areas
from bot.load_knowledge.problems import ContentError, Problem
from bot.load_knowledge.shapes import T, shape_each, shape_one
from bot.load_knowledge.yaml_lines import Document, read_yaml

COMMON_WORDS = 30_000
FAMILIAR_WORDS = 50_000  # the rarest of the dictionary are slips themselves: "tuscon", "massachusets"
LETTERS = re.compile(r"[^\W\d_]+")
OWN_WORD = 3  # phrasings; a word that fewer have may be a slip that somebody wrote on purpose
CALIBRATION = "calibration.yaml"
MEANINGS = "meanings.npz"


@dataclass(frozen=True, slots=True)
class Lock:
    """What `calibrate` wrote: the fitted curve, and how well held-out phrasings were found then."""

    calibration: Calibration
    phrasings: int
    right: float
    among_four: float
    others_taken_for_ours: float


class Notebook(Memory, Protocol):
    """A memory that also keeps which content was found sound."""

    def is_sound(self, fingerprint: str) -> bool: ...

    def note_sound(self, fingerprint: str) -> None: ...


def load_knowledge(folder: Path, memory: Notebook | None = None) -> Knowledge:
    """The knowledge in `folder`, its matcher taught. Raises ContentError with all problems if any.

    Teaching takes some seconds and checking one; with a `memory` only content that changed is learnt and checked anew.
    Flows are read and checked, but not walked by the hundred: that is what `check` does before content is put to use.
    """
    fingerprint = f"{content_hash(folder)}{program_hash(bot)}" if memory else ""
    knowledge, problems = read_content(folder, walk=False, checked=bool(memory and memory.is_sound(fingerprint)))
    if knowledge is None or problems:
        raise ContentError(problems)
    if memory:
        memory.note_sound(fingerprint)
    return made_ready(knowledge, memory)


def made_ready(knowledge: Knowledge, memory: Memory | None = None) -> Knowledge:
    """Content that was read and is sound, with its matcher taught."""
    ready = replace(knowledge, matcher=taught(knowledge, memory))
    return replace(ready, follow_ups=short_forms(ready))


def read_content(folder: Path, *, walk: bool = True, checked: bool = False) -> tuple[Knowledge | None, list[Problem]]:
    """The content as far as it can be read, its matcher still untaught, and every problem found.

    Walking through the flows takes a few seconds; without it only their files are checked. Of content that was
    `checked` before, only the shape is looked at.
    """
    if not folder.is_dir():
        what = "is not a folder that can be read; set KNOWLEDGE_DIR to the folder with career.yaml"
        return None, [Problem(str(folder), 1, "the folder", what)]
    library = _Library(folder)
    career = library.one("career.yaml", Career)
    vocabulary = library.one("vocabulary.yaml", Vocabulary)
    voice = library.one("voice.yaml", dict[str, str])
    picture_words = library.one("pictures.yaml", dict[str, str])
    parts = library.one("parts.yaml", dict[str, str])
    sources = library.each("sources.yaml", Source)
    facts = library.all_of("facts", Fact)
    entries = library.all_of("faq", Entry)
    smalltalk = library.each("smalltalk.yaml", SmallTalk)
    flows = library.flows()
    given = library.one("places/names.yaml", PlaceNames)
    if career is None or vocabulary is None or voice is None or picture_words is None or parts is None or given is None:
        return None, library.problems()
    areas, problems = read_areas(folder / "places", career, f"{folder.name}/places")
    history, more = read_history(folder / "places/history.csv", career, f"{folder.name}/places/history.csv")
    own = familiar_words((*entries.values(), *smalltalk.values()), vocabulary)
    places, wrong = place_index(folder / "places", areas, given, vocabulary, own, library.document("places/names.yaml"))
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
        meanings=read_meanings(folder / MEANINGS),
        version=content_hash(folder),
        flows=flows,
    )
    if not checked:
        check(knowledge, library.where)
        check_flows(knowledge, library.where, walk=walk)
    return knowledge, problems + more + wrong + library.problems()


def flow_commands(flows: Mapping[str, Flow]) -> dict[str, str]:
    """The commands of flows with their descriptions, as Telegram lists them."""
    return {flow.command or flow_id: flow.about for flow_id, flow in flows.items()}


def taught(knowledge: Knowledge, memory: Memory | None = None) -> Matcher:
    """A matcher that learnt every phrasing of the content."""
    entries, vocabulary = knowledge.entries, knowledge.vocabulary
    phrasings = {key: (entry.question, *entry.phrasings) for key, entry in entries.items()}
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
        version=knowledge.version + program_hash(),
    )
    courtesy = frozenset(key for key, talk in knowledge.smalltalk.items() if talk.kind == "smalltalk")
    return Matcher(phrasings, frozenset(entries), lexicon, memory, knowledge.calibration, courtesy)


@cache
def program_hash(package: ModuleType = conversation) -> str:
    """Changes with the code that reads messages, so that nothing learnt by older code is taken for today's."""
    digest = hashlib.sha256()
    for path in sorted(Path(package.__path__[0]).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class _Library:
    """The files of one knowledge folder, each read once, and where each item stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: dict[str, Document] = {}
        self.where: dict[str, tuple[Document, str]] = {}

    def document(self, name: str) -> Document:
        if name not in self.documents:
            self.documents[name] = read_yaml(self.folder / name, f"{self.folder.name}/{name}")
        return self.documents[name]

    def one(self, name: str, shape: type[T]) -> T | None:
        document = self.document(name)
        self.where[name] = (document, "")
        if document.data is None:
            if not document.problems:
                document.report((), "is empty")
            return None
        return shape_one(shape, document.data, document, ())

    def each(self, name: str, shape: type[T]) -> dict[str, T]:
        document = self.document(name)
        items = shape_each(shape, document)
        for key in items:
            if key in self.where:
                other, _ = self.where[key]
                document.report((key,), f"'{key}' is also in {other.file}; ids must differ")
            self.where[key] = (document, key)
        return items

    def all_of(self, subfolder: str, shape: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for path in sorted((self.folder / subfolder).glob("*.yaml")):
            found |= self.each(f"{subfolder}/{path.name}", shape)
        if not found:
            self.document(f"{subfolder}/").problems[:] = [
                Problem(f"{self.folder.name}/{subfolder}", 1, "the folder", "holds no .yaml file that can be used")
            ]
        return found

    def flows(self) -> dict[str, Flow]:
        """One file a flow, named by its id."""
        found: dict[str, Flow] = {}
        for path in sorted((self.folder / "flows").glob("*.yaml")):
            flow = self.one(f"flows/{path.name}", Flow)
            self.where[f"{buttons.FLOW_NAMED}{path.stem}"] = self.where[f"flows/{path.name}"]
            if flow:
                found[path.stem] = flow
        return found

    def calibration(self) -> Calibration:
        """How shares become probabilities, as last measured on this content; unfitted where it never was."""
        document = self.document(CALIBRATION)
        if not document.lines and not (self.folder / CALIBRATION).exists():
            document.problems.clear()
            return Calibration()
        shaped = shape_one(Lock, document.data, document, ())
        return shaped.calibration if shaped else Calibration()

    def problems(self) -> list[Problem]:
        return [problem for document in self.documents.values() for problem in document.problems]


def content_hash(folder: Path) -> str:
    """Twelve hex digits that change with any file of the content."""
    digest = hashlib.sha256()
    for path in sorted(_content_files(folder)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _content_files(folder: Path) -> Iterable[Path]:
    """All but the tests: they say how content is used, not what it is."""
    return (
        path
        for path in folder.rglob("*")
        if path.suffix in {".yaml", ".csv"} and path.is_file() and path.relative_to(folder).parts[0] != "tests"
    )


def familiar_words(items: Iterable[Entry | SmallTalk], vocabulary: Vocabulary) -> frozenset[str]:
    """Ordinary English and the words of this subject: none of them is a slip of the name of a place."""
    counted = Counter(word for item in items for said in item.phrasings for word in set(LETTERS.findall(said.lower())))
    often = {word for word, times in counted.items() if times >= OWN_WORD}
    listed = [*vocabulary.texting.values(), *vocabulary.glossary]
    listed += [phrase for phrases in vocabulary.synonyms.values() for phrase in phrases]
    return (
        frozenset(dictionary(FAMILIAR_WORDS)) | often | {word for phrase in listed for word in words_of(plain(phrase))}
    )


@cache
def dictionary(most: int | None = None) -> Mapping[str, int]:
    """English words, or the commonest of them, with how often each occurs, in the order symspellpy ships them."""
    text = importlib.resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    pairs = (line.split() for line in text.splitlines()[:most])
    return dict(sorted(((word, int(count)) for word, count in pairs), key=lambda pair: -pair[1]))


def english() -> Mapping[str, int]:
    """The commonest English words with how often each occurs."""
    return dict(islice(dictionary(FAMILIAR_WORDS).items(), COMMON_WORDS))
