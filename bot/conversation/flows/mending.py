"""What is typed at a question that is no answer to it: a correction of the one before, an answer to another one.

Read as an answer, such a message is kept silently under the wrong question, and the verdict at the end rests on it.
"""

from __future__ import annotations

import re

from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import answer, at_step
from bot.conversation.flows.moving import Setting, before
from bot.conversation.flows.options import EMPTY, form, words
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

LEAD = r"(?:(?:oh|oops|ok|okay|lol|um|hmm?|sorry|hold on|hang on|wait|no|nah|actually)[\s,.]+)*"
CHANGE = r"(?:(?:make|change|switch|put) (?:it|that)(?: to)?|i meant|i mean|scratch that|correction|typo)"
TURNED = r"(?:wait,? no|no,? wait|actually,? no)"
MENDS = re.compile(rf"^(?:{LEAD}{CHANGE}|{TURNED})[\s,:.]+(?P<meant>.+)$", re.IGNORECASE | re.DOTALL)
BARE = frozenset({"no", "nope", "nah", "yes", "yeah", "yep", "yup", "none"})
SUPPOSES = re.compile(r"^(?:(?:ok|okay|and|but|so|well|hm+)[\s,.]+)*wh?at if (?:i|we)\b.*\d", re.IGNORECASE)
ENOUGH = re.compile(
    r"\b(?:(?:stop|quit) (?:asking|it with|with (?:the|these|all))|no more (?:questions|quiz)|too many questions"
    r"|(?:enough|sick|tired|done|over it) (?:of|with) (?:the|these|this|ur|your|all|answering|questions|quiz)"
    r"|(?:dont|do not) (?:want to|wanna|feel like) (?:answer|answering|do this|doing this|continue|go on|keep going)"
    r"|this is (?:too long|taking (?:too long|forever)))\b"
)
LONGEST = 12  # words of a wish to stop; more is a story


def mended(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "wait no, make it 12": the answer before is changed and said, unless this question has one to be changed."""
    found = MENDS.match(text.strip())
    step_id = before(progress, at)
    if not found or progress.pending is not None or progress.step in progress.answers:
        return None
    if step_id not in progress.answers:
        return None
    step, meant = at.flow.steps[step_id], found["meant"]
    figure = meant.strip().isdecimal() and step.kind not in AMOUNTS  # "2" is not the second option back there
    if figure or step.kind == "text":
        return None
    reading = read(step, meant, at.knowledge, at.today)
    if reading is None or reading.outcome != "answer":
        return None
    now = told(step, reading.value, at.knowledge)
    opening = say(at.knowledge.voice, "flow_mended", name=step.name, answer=now)
    return answer(state, at_step(progress, step_id), reading.value, at, opening)


def of_another(step: Step, text: str, at: Setting) -> bool:
    """Whether "no record" answers "must it be from home?" by its "no" alone: all the rest is what other steps ask."""
    said = words(text)
    if not said or said[0] not in BARE:
        return False
    telling = {word for word in said if word not in BARE and word not in EMPTY}
    others = {word for other in at.flow.steps.values() if other is not step for word in _own(other)}
    return bool(telling) and telling <= others and not telling & (_own(step) | set(words(step.ask)))


def _own(step: Step) -> set[str]:
    return {w for option in step.options.values() for name in (option.label, *option.also) for w in form(name).split()}


def has_enough(text: str) -> bool:
    """A wish to be asked no more, in more words than "stop"."""
    said = words(text)
    return len(said) <= LONGEST and ENOUGH.search(" ".join(said)) is not None


def supposes(text: str) -> bool:
    """ "What if I had 4,000 saved": asks to change an answer, not for a fact."""
    return SUPPOSES.match(text.strip()) is not None
