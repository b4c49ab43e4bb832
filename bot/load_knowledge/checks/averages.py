"""Mean is not median: a figure must be called what it is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.checks.sentences import FIGURE, Sentence
from bot.load_knowledge.checks.words import any_of, listed
from bot.load_knowledge.flow_names import fact_in
from bot.load_knowledge.yaml_lines import Path_

WORDS = listed("averages")
SAYS = {kind: any_of(WORDS[kind]) for kind in ("mean", "median")}
NEITHER, UNCLEAR = any_of(WORDS["neither"]), any_of(WORDS["unclear"])
OTHER = {"mean": "median", "median": "mean"}


@rule(
    "which-average",
    why="A few high earners pull the mean up; someone who takes it for the middle plans with money that won't come.",
    fix="Say 'the middle pay (median)', or 'the mean' and of whom.",
)
def which_average(content: Content) -> Iterator[Found]:
    for item, path, sentence in _sentences(content):
        if said := UNCLEAR.search(sentence.text):
            what = f"'{said[0]}' does not say which average; say median, or the mean of whom"
            yield Found(item, what, path, line=sentence.line)


@rule(
    "wrong-average",
    why="Half earn less than the median, but more than half earn less than the mean: the wrong word is a wrong figure.",
    fix="Call a median 'the middle' or 'the median', and a mean 'the mean'.",
)
def wrong_average(content: Content) -> Iterator[Found]:
    for item, path, sentence in _sentences(content):
        for index, name in enumerate(sentence.printed):
            kind = statistic_of(name, content.knowledge)
            said = _said_of(index, sentence.text)
            if kind in OTHER and said == OTHER[kind]:
                what = f"{{{{ {'.'.join(name)} }}}} is a {kind}, but the words around it say {_word(said)}"
                yield Found(item, what, path, line=sentence.line)


def _word(kind: str) -> str:
    return "mean or average" if kind == "mean" else "median or middle"


def _sentences(content: Content) -> Iterator[tuple[str, Path_, Sentence]]:
    for item, path, said in content.sentences:
        for sentence in said:
            yield item, path, sentence


def statistic_of(name: tuple[str, ...], knowledge: Knowledge) -> str:
    """What the figure at a dotted name is: of its fact, or of the column of the table that it ends in."""
    if fact := fact_in(name, knowledge) if name else "":
        return knowledge.facts[fact].statistic or ""
    return name[-1] if name and name[-1] in OTHER else ""


def _said_of(index: int, text: str) -> str:
    """Which average the words nearest before a sentence's figure name; after it, where none stand before."""
    plain = NEITHER.sub(lambda match: " " * len(match[0]), text)
    at = -1
    for _ in range(index + 1):
        at = plain.index(FIGURE, at + 1)
    found = sorted((m.start(), kind) for kind, pattern in SAYS.items() for m in pattern.finditer(plain))
    before = [kind for start, kind in found if start < at]
    after = [kind for start, kind in found if start > at]
    return before[-1] if before else after[0] if after else ""
