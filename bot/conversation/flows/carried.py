"""What was said at one question to be hated, ticked already at the question for just that."""

from __future__ import annotations

from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import shown
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import AVERSE, hated_in, picked
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.reading import Reading
from bot.conversation.flows.shape import Step
from bot.conversation.state import State, Turn
from bot.conversation.wording import paragraphs, say


def with_hated(turn: Turn, state: State, here: Step, text: str, opening: str, at: Setting) -> Turn:
    """The turn, with what the message hates ticked if the next question asks for that."""
    after = active(turn.state, at.knowledge)
    if after is None or not after.step or here.kind != "several" or AVERSE.search(here.ask):
        return turn
    step = at.flow.steps[after.step]
    asks_it = step.kind == "several" and AVERSE.search(step.ask) and after.step not in after.answers
    hated = hated_in(text, step.options) if asks_it else []
    if not hated:
        return turn
    line = say(at.knowledge.voice, "flow_ticked", items=told(step, hated, at.knowledge))
    ticked = after.but(draft=tuple(hated), card=after.card - 1)
    return shown(state, ticked, at, paragraphs(opening, line))


def with_ticked(progress: Progress, step: Step, reading: Reading) -> Reading:
    """What is typed counts with what was ticked before, at a question that has no answer yet."""
    if step.kind != "several" or reading.outcome != "answer" or progress.step in progress.answers:
        return reading
    both = {*progress.draft, *reading.value}
    return Reading("answer", picked(step.options, both)[: step.most or None])
