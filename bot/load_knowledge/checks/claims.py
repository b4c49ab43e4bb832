"""What schools' ads promise may not be said here without a fact, or without its limit right beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.checks.sentences import Sentence
from bot.load_knowledge.checks.words import any_of, any_soon_after, listed
from bot.load_knowledge.flow_names import fact_in
from bot.load_knowledge.yaml_lines import Path_

WORDS = listed("claims")
KINDS = {kind: (any_of(told["says"]), told["needs"]) for kind, told in WORDS["kinds"].items()}
WORDS_BETWEEN = 4
NEVER = (any_of(WORDS["never"]["says"]), any_soon_after(**WORDS["certain"], between=WORDS_BETWEEN))
LIMITS, DENIALS = any_of(WORDS["limits"]), any_of(WORDS["denials"])


@rule(
    "promise",
    why="Nobody can promise a job, a pass or a pay, and schools are forbidden by law to; someone might borrow on it.",
    fix="Take it out, or deny it in the same sentence: 'None of this is a guarantee.'",
)
def promises(content: Content) -> Iterator[Found]:
    for item, path, said in _all(content):
        for sentence in said:
            found = next(filter(None, (words.search(sentence.text) for words in NEVER)), None)
            if found and not DENIALS.search(_without(sentence.text, found.span())):
                yield Found(item, f"'{found[0]}' promises what nobody can promise", path, line=sentence.line)


@rule(
    "claim",
    severity="warning",
    why="Words like these sell courses; here they must rest on a dated fact or say whom they don't hold for.",
    fix="Print the figure in this or the next sentence, cite a fact that says so, or add a sentence that limits it.",
)
def claims(content: Content) -> Iterator[Found]:
    for item, path, said in _all(content):
        for index, sentence in enumerate(said):
            for kind, (pattern, needs) in KINDS.items():
                match = pattern.search(sentence.text)
                if match and not _borne_out(item, index, said, match.span(), content):
                    what = f"'{match[0]}' is a claim about {kind} with neither a fact nor a limit beside it"
                    yield Found(item, what, path, f"Add {needs}.", sentence.line)


def _borne_out(item: str, index: int, said: list[Sentence], span: tuple[int, int], content: Content) -> bool:
    """By a figure or a limit in this sentence or one beside it, or by a fact cited that speaks of the same."""
    beside = said[max(0, index - 1) : index + 2]
    if any(fact_in(name, content.knowledge) for sentence in beside for name in sentence.printed if name):
        return True
    own = said[index]
    texts = [_without(own.text, span), *(sentence.text for sentence in beside if sentence is not own)]
    return any(LIMITS.search(text) for text in texts) or _cited(item, own.text[slice(*span)], content)


def _cited(item: str, claim: str, content: Content) -> bool:
    """Whether a fact that the answer cites has a word of the claim in it."""
    cites = content.items[item].cites if item in content.items else ()
    facts = [content.knowledge.facts[fact] for fact in cites if fact in content.knowledge.facts]
    return any(word in f"{fact.label} {fact.says}".lower() for fact in facts for word in claim.lower().split())


def _without(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + " " + text[span[1] :]


def _all(content: Content) -> Iterator[tuple[str, Path_, list[Sentence]]]:
    yield from content.sentences
    career = content.knowledge.career
    for key in ("description", "short_description"):
        lines = [Sentence(text, 0, ()) for text in getattr(career, key).split(". ")]
        yield "career.yaml", (key,), lines
