"""Read the whole knowledge folder, put it together and refuse it with every problem at once if it is not sound."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.resources
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from bot import conversation
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
from bot.conversation.matching.matcher import Lexicon, Matcher, Memory
from bot.conversation.matching.text import plain, words_of
from bot.conversation.places.hiding import hide_places
from bot.conversation.wording import fact_tree
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import all_rules, explained, find
from bot.load_knowledge.flows import check_flows
from bot.load_knowledge.history import read_history
from bot.load_knowledge.library import Library, content_hash
from bot.load_knowledge.meanings import read_meanings
from bot.load_knowledge.place_index import place_index
from bot.load_knowledge.places import read_areas
from bot.load_knowledge.problems import ContentError, Problem

COMMON_WORDS = 30_000
FAMILIAR_WORDS = 50_000  # the rarest of the dictionary are slips themselves: "tuscon", "massachusets"
LETTERS = re.compile(r"[^\W\d_]+")
OWN_WORD = 3  # phrasings; a word that fewer have may be a slip that somebody wrote on purpose
MEANINGS = "meanings.npz"
HISTORY = "places/history.csv"


@dataclass(frozen=True, slots=True)
class Checked:
    """The content as far as it can be read, its matcher still untaught, and everything the rules found."""

    knowledge: Knowledge | None
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def load_knowledge(
    folder: Path, memory: Memory | None = None, on_warnings: Callable[[int], None] | None = None
) -> Knowledge:
    """The knowledge in `folder`, its matcher taught. Raises ContentError with all errors if any.

    Teaching takes some seconds; with a `memory` only content that changed is learnt anew. Slow rules are left to
    `check_content`; `on_warnings` is told how many of the quick ones have something to say.
    """
    checked = _checked(folder, dt.date.today(), slow=False, warnings=on_warnings is not None)
    if checked.knowledge is None or checked.errors:
        raise ContentError(checked.errors)
    if on_warnings and checked.warnings:
        on_warnings(len(checked.warnings))
    ready = replace(checked.knowledge, matcher=taught(checked.knowledge, memory))
    return replace(ready, follow_ups=short_forms(ready))


def check_content(folder: Path, today: dt.date) -> Checked:
    """Every rule, the slow ones too: flows walked by the hundred, every phrasing held against every other."""
    return _checked(folder, today, slow=True, warnings=True)


def read_content(folder: Path, *, walk: bool = True) -> tuple[Knowledge | None, list[Problem]]:
    """The content as far as it can be read, its matcher still untaught, and every error found.

    Walking through the flows takes a few seconds; without it only their files are checked.
    """
    checked = _checked(folder, dt.date.today(), slow=walk, warnings=False)
    return checked.knowledge, checked.errors


def _checked(folder: Path, today: dt.date, *, slow: bool, warnings: bool) -> Checked:
    knowledge, library = _read(folder)
    if knowledge is None:
        return Checked(None, [explained(problem) for problem in library.problems()])
    check_flows(knowledge, library.where, walk=slow)
    rules = [one for one in all_rules().values() if slow or not one.slow]
    if not warnings:
        rules = [one for one in rules if one.severity == "error"]
    found = find(Content(knowledge, library.where, today), rules)
    problems = {*found, *(explained(problem) for problem in library.problems())}
    return Checked(knowledge, sorted(problems))


def _read(folder: Path) -> tuple[Knowledge | None, Library]:
    """The files put together, and the library that holds their problems."""
    library = Library(folder)
    if not folder.is_dir():
        what = "is not a folder that can be read; set KNOWLEDGE_DIR to the folder with career.yaml"
        library.others.append(Problem(str(folder), 1, "the folder", what, "unreadable"))
        return None, library
    career = library.one("career.yaml", Career)
    vocabulary = library.layered("vocabulary.yaml", Vocabulary)
    voice = library.layered("voice.yaml", dict[str, str])
    picture_words = library.layered("pictures.yaml", dict[str, str])
    parts = library.optional("parts.yaml", dict[str, str], {})
    sources = library.each("sources.yaml", Source)
    facts = library.all_of("facts", Fact)
    written = library.all_of("faq", Entry)
    entries = {key: entry for key, entry in written.items() if not entry.draft}
    smalltalk = library.each("smalltalk.yaml", SmallTalk)
    flows = library.flows()
    given = library.one("places/names.yaml", PlaceNames)
    if career is None or vocabulary is None or voice is None or picture_words is None or parts is None or given is None:
        return None, library
    if library.shared:
        vocabulary = replace(vocabulary, kinds=_not_ours(vocabulary.kinds, career))
    areas, problems = read_areas(library.path, career, library.shown)
    history, more = read_history(library.path(HISTORY), career, library.shown(HISTORY))
    own = familiar_words((*entries.values(), *smalltalk.values()), vocabulary)
    places, wrong = place_index(library.path, areas, given, vocabulary, own, library.document("places/names.yaml"))
    library.others += problems + more + wrong
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
        version=content_hash(folder, *([library.shared] if library.shared else [])),
        flows=flows,
        drafts={key: entry for key, entry in written.items() if entry.draft},
    )
    return knowledge, library


def _not_ours(kinds: Mapping[str, tuple[str, ...]], career: Career) -> dict[str, tuple[str, ...]]:
    """Shared lists without our own work: what is another occupation to one career is the subject of the next."""
    own = {name for occupation in career.occupations.values() for name in occupation.names}
    return {kind: tuple(name for name in names if name not in own) for kind, names in kinds.items()}


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
def program_hash() -> str:
    """Changes with the code that reads messages, so that nothing learnt by older code is taken for today's."""
    digest = hashlib.sha256()
    for path in sorted(Path(conversation.__path__[0]).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def familiar_words(items: Iterable[Entry | SmallTalk], vocabulary: Vocabulary) -> frozenset[str]:
    """Ordinary English and the words of this subject: none of them is a slip of the name of a place."""
    counted = Counter(word for item in items for said in item.phrasings for word in set(LETTERS.findall(said.lower())))
    often = {word for word, times in counted.items() if times >= OWN_WORD}
    listed = [*vocabulary.texting.values(), *vocabulary.glossary]
    listed += [phrase for phrases in vocabulary.synonyms.values() for phrase in phrases]
    return (
        frozenset(islice(dictionary(), FAMILIAR_WORDS))
        | often
        | {word for phrase in listed for word in words_of(plain(phrase))}
    )


@cache
def dictionary() -> Mapping[str, int]:
    """English words with how often each occurs, commonest first, from the dictionary that symspellpy ships."""
    text = importlib.resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    pairs = (line.split() for line in text.splitlines())
    return dict(sorted(((word, int(count)) for word, count in pairs), key=lambda pair: -pair[1]))


def english() -> Mapping[str, int]:
    """The commonest English words with how often each occurs."""
    return dict(islice(dictionary().items(), COMMON_WORDS))
