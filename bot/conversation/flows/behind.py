"""A correction of an earlier answer that stands by itself, or as one of several in a message."""

from __future__ import annotations

import re

from bot.conversation.asks import asks_plainly
from bot.conversation.flows.answers import ends_of
from bot.conversation.flows.engine import take
from bot.conversation.flows.mending import changed_to, given_now
from bot.conversation.flows.moving import Setting, asked, before
from bot.conversation.flows.options import phrases_in, words
from bot.conversation.flows.prepared import ADDS_UP, FIGURE
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.reading import read, reads_as
from bot.conversation.state import State, Turn

CORRECTS = re.compile(
    r"\b(?:btw|by the way|actually|i me[ao]nt?|forgot|i said|like i said|told (?:you|u)|correction|counts? as)\b"
    r"|^\W*(?:(?:an?|the|my|that|this|its) )?\w+(?: \w+)? (?:is|are|was) ",
    re.IGNORECASE,
)
ONLY = re.compile(
    rf"\b(?<!\d,)(?P<figure>{FIGURE}) (?:is|was|are) (?:just|only)(?: for)? (?:the |my )?[a-z]+\b(?P<rest>.*\d.*)$",
    re.IGNORECASE | re.DOTALL,
)
LEAST = 4  # letters of a button's words
LONGEST = 12  # words; more is a story


def only_a_part(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "650 is just rent, all of it is more like 1,500": the answer that was the 650."""
    found = ONLY.search(text)
    for step_id, value in reversed(asked(progress.answers, at).items()) if found else ():
        step = at.flow.steps[step_id]
        if found and step.kind == "money" and reads_as(step, found["figure"], value, at):
            return changed_to(state, progress, step_id, found["rest"].strip(" ,.;"), at)
    return None


def summed(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "600 + 500 is 1100" right after we took the 600; what else is said answers the question that waits."""
    found, last = ADDS_UP.search(text), before(progress, at)
    given = ends_of(progress.answers.get(last)) if found and last else None
    if found is None or given is None or progress.pending is not None or at.flow.steps[last].kind != "money":
        return None
    parts = re.findall(FIGURE, found["parts"])
    if not any(reads_as(at.flow.steps[last], part, list(given), at) for part in parts):
        return None
    turn = changed_to(state, progress, last, found["total"], at)
    return with_rest(turn, text[: found.start()] + text[found.end() :], at) if turn else None


def with_rest(turn: Turn, rest: str, at: Setting) -> Turn:
    """The turn, and the rest of the message as the answer of the question that now waits, where it is one."""
    after = active(turn.state, at.knowledge)
    step = at.flow.steps[after.step] if after and after.step else None
    reading = read(step, rest.strip(" ,.;"), at.knowledge, at.today) if step and words(rest) else None
    if after is None or reading is None or reading.outcome not in {"answer", "skip"}:
        return turn
    opening = turn.replies[0].text.split("\n\n")[0]
    return take(turn.state, after.but(card=after.card - 1), reading, at, opening)


def told_behind(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "An AA is college, by the way", behind the question for schooling: the one answer it names otherwise."""
    if progress.pending is not None or asks_plainly(text) or len(words(text)) > LONGEST or not CORRECTS.search(text):
        return None
    found: list[tuple[str, str]] = []
    for step_id in asked(progress.answers, at):
        step = at.flow.steps[step_id]
        named = phrases_in(text, step.options, LEAST) if step.kind == "choice" and step_id != progress.step else {}
        found += [(step_id, option) for option in named]
    return given_now(state, progress, *found[0], at) if len(found) == 1 else None
