"""Which flow is asked for by its name: "lets do pay expectations", "open /path", "no the payback calculator"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.conversation.flows.options import words
from bot.conversation.flows.shape import Flow
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
SENTENCE = re.compile(r"[.!?;\n]+")
COMMAND = re.compile(r"(?<!\S)/(\w+)")
BEGINS = re.compile(r"\b(?:start|begin|open|do|make|run)\b", re.IGNORECASE)
ASIDE = re.compile(r"\b(?:answers|questions|step by step)\b", re.IGNORECASE)
FEW = 3  # words of a sentence beside the one with the name, which ask nothing


def named_flow(text: str, knowledge: Knowledge) -> str:
    """The flow whose title, command or other name is all that is said or asked for, or all that a sentence asks for
    while the others ask nothing; "" for none."""
    said, bare = named(text), bare_name(text)
    for flow_id, flow in knowledge.flows.items():
        if said and (said in names(flow) or (bare and bare in _bare_names(flow))):
            return flow_id
    sentences = [sentence for sentence in SENTENCE.split(text) if words(sentence)]
    for sentence in reversed(sentences):
        flow_id = _asked_for(sentence, knowledge)
        others = (other for other in sentences if other is not sentence)
        if flow_id and (BEGINS.search(sentence) or all(len(words(o)) <= FEW or ASIDE.search(o) for o in others)):
            return flow_id
    return ""


def _asked_for(sentence: str, knowledge: Knowledge) -> str:
    command = COMMAND.search(sentence)
    said = words(sentence)
    core, plan = _core(said), not PLANS.isdisjoint(map(_singular, said))
    for flow_id, flow in knowledge.flows.items():
        if command and command[1].lower() == (flow.command or flow_id):
            return flow_id
        alone = plan or core == _core(words(flow.title))
        if core and core in _cores(flow) and (len(core) > 1 or alone):
            return flow_id
    return ""


@lru_cache(maxsize=64)
def names(flow: Flow) -> frozenset[Words]:
    return frozenset(map(named, (flow.title, *flow.also))) - {()}


@lru_cache(maxsize=64)
def _bare_names(flow: Flow) -> frozenset[Words]:
    return frozenset(map(without_thing, names(flow)))


@lru_cache(maxsize=64)
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
