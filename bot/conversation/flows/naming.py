"""Which flow is asked for by its name: "lets do pay expectations", "open /path", "no the payback calculator"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.asks import asks
from bot.conversation.flows.options import words
from bot.conversation.flows.pieces import SENTENCE
from bot.conversation.flows.shape import Flow, by_command
from bot.conversation.knowledge import Knowledge

Words = tuple[str, ...]

ASKING_FOR = frozenset([
    "ok", "okay", "so", "then", "hey", "yes", "yeah", "well", "please", "pls", "plz", "thanks", "now", "just", "can",
    "could", "would", "will", "you", "u", "i", "id", "we", "lets", "let", "us", "want", "wanna", "need", "like", "to",
    "help", "show", "give", "get", "send", "see", "have", "take", "start", "begin", "open", "do", "try", "make",
    "build", "for", "with", "me", "my", "a", "an", "the", "this", "that", "some",
])  # fmt: skip
THING = frozenset({
    "thing", "it", "that", "this", "them", "these", "those", "one", "all", "quiz", "questions", "steps", "step", "by",
    "alright", "sure", "yep", "yup", "yea", "ya", "go", "on",
})  # fmt: skip
AROUND = (
    ASKING_FOR | THING | {"kindly", "no", "said", "meant", "whats", "what", "is", "again", "case", "bro", "dude", "run"}
)
PLANS = frozenset({"plan", "calculator", "quiz", "thing", "tool"})
COMMAND = re.compile(r"(?<!\S)/(\w+)")
BEGINS = re.compile(r"\b(?:start|begin|open|do|make|run)\b", re.IGNORECASE)
ASIDE = re.compile(r"\b(?:answers|questions|step by step)\b", re.IGNORECASE)
FEW = 3  # words of a sentence beside the one with the name, which ask nothing


@dataclass(frozen=True, slots=True)
class _Called:
    """All names of all flows, with the flow: as they are asked for, without small words, and by what they say."""

    exact: Mapping[Words, str]
    cores: Mapping[frozenset[str], str]
    titles: frozenset[frozenset[str]]
    commands: Mapping[str, str]


def named_flow(text: str, knowledge: Knowledge) -> str:
    """The flow whose title, command or other name is all that is said or asked for, or all that a sentence asks for
    while the others ask nothing; "" for none."""
    called = knowledge.once(named_flow, lambda: _called(knowledge))
    said = named(text)
    flow_id = called.exact.get(said) or called.exact.get(without_thing(said)) if said else ""
    if flow_id:
        return flow_id
    sentences = [sentence for sentence in SENTENCE.split(text) if sentence.strip()]
    for sentence in reversed(sentences):
        flow_id = _asked_for(sentence, called)
        others = (other for other in sentences if other is not sentence)
        last = sentence is sentences[-1]
        if flow_id and (BEGINS.search(sentence) or all(_asks_nothing(other, last=last) for other in others)):
            return flow_id
    return ""


def _asks_nothing(sentence: str, *, last: bool) -> bool:
    """Whether a sentence beside the one with the name asks nothing; in front of it, as the `last`, it may tell."""
    return len(words(sentence)) <= FEW or ASIDE.search(sentence) is not None or (last and not asks(sentence))


def _called(knowledge: Knowledge) -> _Called:
    flows = list(knowledge.flows.items())[::-1]  # the first of two with one name has it
    exact = {without_thing(name): flow_id for flow_id, flow in flows for name in names(flow)}
    exact |= {name: flow_id for flow_id, flow in flows for name in names(flow)}
    exact.pop((), None)
    cores = {core: flow_id for flow_id, flow in flows for core in _cores(flow)}
    titles = frozenset(_core(words(flow.title)) for _, flow in flows)
    return _Called(exact, cores, titles, by_command(knowledge.flows))


def _asked_for(sentence: str, called: _Called) -> str:
    command = COMMAND.search(sentence)
    if command and command[1].lower() in called.commands:
        return called.commands[command[1].lower()]
    said = words(sentence)
    core = _core(said)
    flow_id = called.cores.get(core, "")
    alone = len(core) > 1 or core in called.titles or not PLANS.isdisjoint(map(_singular, said))
    return flow_id if flow_id and alone else ""


@lru_cache(maxsize=64)
def names(flow: Flow) -> frozenset[Words]:
    return frozenset(map(named, (flow.title, *flow.also))) - {()}


def _cores(flow: Flow) -> frozenset[frozenset[str]]:
    return frozenset(_core(words(name)) for name in (flow.title, *flow.also, flow.command)) - {frozenset()}


def _core(said: list[str]) -> frozenset[str]:
    """What a name says whatever stands around it, and in whatever order: "the pay expectations one"."""
    return frozenset(_singular(word) for word in said if word not in AROUND) - PLANS


def _singular(word: str) -> str:
    return word.removesuffix("s")


def bare_name(text: str) -> Words:
    return without_thing(named(text))


def without_thing(said: Words) -> Words:
    return tuple(word for word in said if word not in THING)


def named(text: str) -> Words:
    """What is asked for: "plan" in "ok show me the plan please"."""
    return tuple(word for word in words(text) if word not in ASKING_FOR)
