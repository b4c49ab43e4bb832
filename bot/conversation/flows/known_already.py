"""What is insisted on at a result though it counts already: "no, 4,200 is what they charge, I have 2,500"."""

from __future__ import annotations

import re

from bot.conversation.asks import asks_plainly
from bot.conversation.flows.answers import told
from bot.conversation.flows.card_named import card_named
from bot.conversation.flows.engine import shown, summary
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.supposing import is_of
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

CLAUSE = splitter("and", "but", "so", "plus")
DIGIT = re.compile(r"\d")


def known_already(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """That it is so already, with all answers; None unless every figure of the message is one of those it names."""
    parts = [part for part in CLAUSE.split(text) if DIGIT.search(part)]
    held = [_held(progress, part, at) for part in parts]
    return as_it_is(state, progress, held, text, at) if held and all(held) and not asks_plainly(text) else None


def as_it_is(state: State, progress: Progress, steps: list[str], text: str, at: Setting) -> Turn:
    """These answers as they stand, above the question that waits, the card that the rest is about, or all answers."""
    names = {step_id: at.flow.steps[step_id] for step_id in steps}
    answers = {step_id: told(step, progress.answers[step_id], at.knowledge) for step_id, step in names.items()}
    opening = "\n".join(say(at.knowledge.voice, "flow_is_so", name=names[s].name, answer=answers[s]) for s in names)
    card = "" if progress.step else card_named(progress, text, at)
    if progress.step or card:
        return shown(state, progress, at, opening, card=card)
    return summary(state, progress, at, opening)


def _held(progress: Progress, part: str, at: Setting) -> str:
    """The one step that is named and has this figure as its answer."""
    given = asked(progress.answers, at)
    amounts = (s for s in given if at.flow.steps[s].kind in AMOUNTS and is_of(at.flow.steps[s], part))
    found = [s for s in amounts if (r := read(at.flow.steps[s], part, at.knowledge, at.today)) and r.value == given[s]]
    return found[0] if len(found) == 1 else ""
