"""What is typed at a question to change an answer given before, to suppose another, or to be asked no more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import answer, at_step
from bot.conversation.flows.moving import Setting, before
from bot.conversation.flows.options import EMPTY, words
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

LEAD = (
    r"(?:(?:oh|oops|ok|okay|lol|omg|ugh|dude|um|hmm?|sorry|hold on|hang on|wait|no|nah|actually|go back|back)[\s,.]+)*"
)
CHANGE = r"(?:(?:make|change|switch|put) (?:it|that)(?: to)?|i meant|i mean|scratch that|correction|typo)"
TURNED = r"(?:wait,? no|no,? wait|actually,? no)"
MISPUT = r"i (?:put|said|typed|wrote|picked|chose) .+?\b(?:but|when) (?:it'?s|it is|i meant|i mean|i'?m in|its really)"
MENDS = re.compile(rf"^{LEAD}(?:{CHANGE}|{MISPUT}|{TURNED})[\s,:.]+(?P<meant>.+)$", re.IGNORECASE | re.DOTALL)
INSTEAD = re.compile(rf"^{LEAD}(?:what|how) about (?P<meant>.+?),? instead\W*$", re.IGNORECASE)
TURNING = re.compile(r"\b(?:no,? wait|wait,? no|i meant|i mean|or rather|scratch that)\b[\s,:.]+(?=\w)", re.IGNORECASE)
NAMES = re.compile(
    rf"^{LEAD}(?:i (?:mean|meant)\s+)?(?:and )?(?:the |my |what )?(?P<name>[a-z][a-z' ]{{2,24}}?)\s+"
    r"(?:is|was|are|should be|costs?)\s+"
    r"(?:now |actually |really |just )*(?P<meant>.+)$",
    re.IGNORECASE,
)
EARNS = re.compile(
    rf"^{LEAD}i (?:now |actually |only |really )*(?:earn|make|get paid|am paid)\s+(?P<meant>.*\d.*)$", re.IGNORECASE
)
SENTENCE = re.compile(r"[.!;\n]+\s+")
INSTEAD_OF = re.compile(r"\b(?:not|instead of|rather than)\b", re.IGNORECASE)
SUPPOSES = re.compile(
    r"^(?:(?:ok|okay|and|but|so|well|hm+|can (?:i|you))[\s,.]+)*"
    r"(?:wh?at if (?:i|we)\b|(?:change|set|switch) my \w+).*\d",
    re.IGNORECASE,
)
ENOUGH = re.compile(
    r"\b(?:(?:stop|quit) (?:asking|it with|with (?:the|these|all))|no more (?:questions|quiz)|too many questions"
    r"|(?:enough|sick|tired|done|over it) (?:of|with) (?:the|these|this|ur|your|all|answering|questions|quiz)"
    r"|(?:dont|do not) (?:want to|wanna|feel like) (?:answer|answering|do this|doing this|continue|go on|keep going)"
    r"|this is (?:too long|taking (?:too long|forever)))\b"
)
LONGEST = 12  # words of a wish to stop; more is a story


def mended(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "wait no, make it 12": the answer before is changed and said, unless this question has one to be changed.

    A place or a day is changed however long ago it was answered: there is one.
    """
    found = MENDS.match(text.strip()) or INSTEAD.match(text.strip())
    if not found or progress.pending is not None or progress.step in progress.answers:
        return None
    for step_id in (before(progress, at), *_lone(progress, at)):
        turn = changed_to(state, progress, step_id, found["meant"], at) if step_id in progress.answers else None
        if turn:
            return turn
    return None


def _lone(progress: Progress, at: Setting) -> list[str]:
    return [s for s, step in at.flow.steps.items() if step.kind in {"place", "date"} and s in progress.answers]


def changed_to(state: State, progress: Progress, step_id: str, meant: str, at: Setting) -> Turn | None:
    """The answer of an earlier step changed to what is meant, if it reads as one there."""
    step = at.flow.steps[step_id]
    figure = meant.strip().isdecimal() and step.kind not in AMOUNTS  # "2" is not the second option back there
    if figure or step.kind == "text":
        return None
    reading = read(step, meant, at.knowledge, at.today)
    if reading is None or reading.outcome != "answer":
        return None
    return given_now(state, progress, step_id, reading.value, at, by_hour=reading.by_hour)


def given_now(
    state: State,
    progress: Progress,
    step_id: str,
    value: object,
    at: Setting,
    by_hour: Sequence[float] | None = None,
) -> Turn:
    """The answer of an earlier step is now `value`, and that is said. `by_hour` is the pay it was counted from."""
    return answer(state, at_step(progress, step_id), value, at, is_now(step_id, value, at), by_hour=by_hour)


def is_now(step_id: str, value: object, at: Setting) -> str:
    """The line that says what an answer was changed to."""
    step = at.flow.steps[step_id]
    return say(at.knowledge.voice, "flow_mended", name=step.name, answer=told(step, value, at.knowledge))


def renamed(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "tuition is 11400 not 3800", "actually i earn 17.25": the answer that is named is changed, however old."""
    if progress.pending is not None or text.rstrip().endswith("?"):
        return None
    for part in dict.fromkeys([text.strip(), *SENTENCE.split(text.strip())]):
        found, earns = NAMES.match(part), EARNS.match(part)
        for step_id, step in at.flow.steps.items() if found or earns else ():
            given = step_id in progress.answers and step_id != progress.step
            meant = earns["meant"] if earns and _is_pay(step) else ""
            if not meant and found and names(found["name"], step):
                meant = found["meant"]
            turn = changed_to(state, progress, step_id, INSTEAD_OF.split(meant)[0], at) if given and meant else None
            if turn:
                return turn
    return None


def names(said: str, step: Step) -> bool:
    """Whether these words are all of a step's name, its last, or another one for what it asks."""
    name = [word for word in words(step.name) if word not in EMPTY]
    spoken = [word for word in words(said) if word not in EMPTY]
    others = ([word for word in words(other) if word not in EMPTY] for other in step.also)
    return bool(spoken) and (spoken == name or spoken == name[-1:] or spoken in others)


def _is_pay(step: Step) -> bool:
    return step.kind == "money" and step.per == "year"


def last_meant(text: str) -> str:
    """ "texas no wait ohio" means what stands last."""
    return TURNING.split(text)[-1] or text


def has_enough(text: str) -> bool:
    """A wish to be asked no more, in more words than "stop"."""
    said = words(text)
    return len(said) <= LONGEST and ENOUGH.search(" ".join(said)) is not None


def supposes(text: str) -> bool:
    """ "What if I had 4,000 saved": asks to change an answer, not for a fact."""
    return SUPPOSES.match(text.strip()) is not None
