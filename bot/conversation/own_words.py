"""Words of our own that a message asks about: "what is a claim", "what does WIOA mean", "who is Career Watch"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import WORD, plain, words_in

CLAUSE = re.compile(
    r"(?<=[.!?;\n])\s+|,?\s+(?:and|but|also)\s+(?=(?:wh[aeo]\w*|how|is|are|can|do|does|will|should)\b)|,\s+"
)
LEAD = (
    r"^\W*(?:(?:ok|okay|so|and|but|wait|hold on|um+|lol|hey|sorry|please|pls|kindly|no|well|hmm|also|first"
    r"|(?:can|could|would) (?:you|u)|i(?: do)?(?:n['’]?t| not) (?:know|get|understand)|idk|i mean|never heard of it)"
    r"[\s,.]+)*+"
)
IS = r"(?:['’]?s|['’]?re| is| are| r| was)"
TAIL = (
    r"(?:[\s,]+(?:exactly|please|pls|plz|lol|anyway|again|even|actually|really|though|tho|mean(?:s|ing)?|stands? for"
    r"|short for|in (?:this|that|your answer|plain (?:words|english))|to me|for|is|are|then|supposed to (?:be|mean)"
    r"|you (?:said|mention(?:ed)?|talk about|keep saying)))*\W*$"
)
WIDEST = 120  # letters that name something
FORMS = tuple(
    re.compile(LEAD + form + rf"(?P<named>.{{1,{WIDEST}}}?)" + TAIL, re.IGNORECASE)
    for form in (
        rf"wh?[au]t+(?: do(?:es)?| means?| the (?:hell|heck) is|(?:{IS}|s)?(?: even| exactly)?)\s+(?!do(?:es)?\b)",
        rf"who(?:{IS}|s)?(?: even| exactly)?\s+",
        rf"(?:(?:explain|give|tell)(?: me| us)? |wh?at(?:{IS}|s)? )?(?:the )?(?:meaning|definition) of\s+",
        r"wh?at do (?:you|u) mean (?:by|with)\s+",
        rf"(?:explain|define|(?:tell|teach) me)(?: to me| me)?(?: about)?(?: wh?at(?:{IS}| does| do)?)?\s+",
        r"(?:i(?:['’]ve| have)? )?never heard (?:of|about)\s+",
        rf"(?:wh?at(?:{IS}|s)? )?(?:the )?diff(?:erence)?s? between\s+",
    )
)
ASKED = re.compile(r"\bwh?[aeu]t|\bwho|mean|\bdiff|explain|defin|\btell|\bteach|heard|\?\?", re.IGNORECASE)
BARE = re.compile(
    rf"{LEAD}(?P<named>\w.{{0,{WIDEST}}}?)[\s,]*(?:meaning|means(?: what)?|means|\?{{2,}}|definition)\W*$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:(?:an?|the|this|that|these|those|your|all)\s+)?(?:(?:word|term)\s+)?", re.IGNORECASE)
LISTED = re.compile(r"\s*,\s*|\s+(?:and|or|&|n)\s+")
LONGEST = 8  # words that name something; more of them ask something else


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What of ours is asked about, and the rest of the message."""

    terms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rest: str = ""


def own_words(text: str, knowledge: Knowledge) -> OwnWords | None:
    """None for nearly every message: no clause of it asks what one of our words means or who a source is."""
    if not ASKED.search(text) or not _may_name(text, knowledge):
        return None  # seven patterns are not tried on nearly every message
    whole = _named_in(text, knowledge)
    if whole:
        return _sorted(whole, "", knowledge)
    clauses = [clause for clause in CLAUSE.split(text) if clause and clause.strip()]
    named = {number: found for number, clause in enumerate(clauses) if (found := _named_in(clause, knowledge))}
    if not named:
        return None
    rest = " ".join(clause.strip() for number, clause in enumerate(clauses) if number not in named)
    return _sorted([name for found in named.values() for name in found], rest, knowledge)


def _may_name(text: str, knowledge: Knowledge) -> bool:
    """Whether the longest word of any of our names stands in the text, in singular or plural."""
    telling = knowledge.once(
        _may_name, lambda: frozenset(max(n.split(), key=len, default="") for n in _names(knowledge))
    )
    return any(
        form in telling for word in words_in(text) for form in (word, word.removesuffix("s"), word.removesuffix("es"))
    )


def _sorted(names: Iterable[str], rest: str, knowledge: Knowledge) -> OwnWords:
    once = tuple(dict.fromkeys(names))
    glossary = knowledge.vocabulary.glossary
    return OwnWords(tuple(n for n in once if n in glossary), tuple(n for n in once if n not in glossary), rest)


def _named_in(text: str, knowledge: Knowledge) -> list[str]:
    """The terms and publishers that a clause asks about; nothing if it asks about anything else as well."""
    for form in (*FORMS, BARE):
        found = form.match(text)
        if not found or len(found["named"].split()) > LONGEST:
            continue
        names = [_owned(name, knowledge) for name in (found["named"], *LISTED.split(found["named"]))]
        if names[0]:
            return [names[0]]
        if len(names) > 2 and all(names[1:]):
            return names[1:]
    return []


def _owned(name: str, knowledge: Knowledge) -> str:
    """The term or publisher of that name, in singular or plural."""
    known = knowledge.once(_names, lambda: _names(knowledge))
    key = _key(ARTICLE.sub("", name.strip(" \"'“”‘’*.,?!")))
    return next((known[form] for form in (key, key.removesuffix("s"), key.removesuffix("es")) if form in known), "")


def _key(name: str) -> str:
    return " ".join(WORD.findall(plain(name)))


def _names(knowledge: Knowledge) -> dict[str, str]:
    """How a term or a publisher may be written -> the term or the publisher."""
    names = {_key(source.publisher): source.publisher for source in knowledge.sources.values()}
    for term, told in knowledge.vocabulary.glossary.items():
        names |= {_key(name): term for name in (term, *told.also)}
    return names
