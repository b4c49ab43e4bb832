"""A sum, and beside it one more of what was ticked just before: "5,000 plus Pell" where no help was named."""

from __future__ import annotations

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.answers import told
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.options import EMPTY, option_in, picked, words
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.wording import say

PIECE = splitter("and", "plus", "with", marks="&+")


def with_option_beside(progress: Progress, text: str, at: Setting) -> tuple[Progress, str]:
    """The progress with it ticked, and a line that says so: only what is nothing but an option, of the question nearest
    before that has ticks."""
    here = at.flow.steps[progress.step]
    pieces = [piece for piece in PIECE.split(text) if piece and not find_amounts(piece)]
    given = asked(progress.answers, at)
    step_id = next((s for s in reversed(given) if at.flow.steps[s].kind == "several"), "")
    if here.kind != "money" or here.per or not pieces or not step_id:
        return progress, ""
    step, ticked = at.flow.steps[step_id], given[step_id] or []
    bare = (" ".join(word for word in words(piece) if word not in EMPTY) for piece in pieces)
    named = {option_in(piece, step.options, fuzzy=False) for piece in bare} - {"", *ticked}
    if not named:
        return progress, ""
    value = picked(step.options, {*ticked, *named})
    line = say(at.knowledge.voice, "flow_mended", name=step.name, answer=told(step, value, at.knowledge))
    return progress.but(answers={**progress.answers, step_id: value}), line
