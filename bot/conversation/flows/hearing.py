"""What is typed while a flow waits: an answer, a word to move about, a side question, or not understood."""

from __future__ import annotations

from bot.conversation.asks import may_ask
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.answering import as_answer, is_question
from bot.conversation.flows.asking import asks_how, asks_of_one, asks_of_options, counts_as, helped, wonders_why
from bot.conversation.flows.at_result import at_result
from bot.conversation.flows.beginning import begun_by_name
from bot.conversation.flows.beside import both_in, with_question
from bot.conversation.flows.correcting import taken_back
from bot.conversation.flows.engine import setting
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.mending import has_enough, supposes
from bot.conversation.flows.moves import move_in, wants_skip
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import picked, words
from bot.conversation.flows.presses import read_press
from bot.conversation.flows.pressing import pressed
from bot.conversation.flows.progress import Progress, active, refitted
from bot.conversation.flows.reading import Reading, read
from bot.conversation.flows.yes_no import says_no, yes_or_no
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning
from bot.conversation.own_words import own_words
from bot.conversation.state import Button, State, Turn
from bot.conversation.understand import understand
from bot.conversation.wording import say


def heard(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """None when the message is not for the flow: it is answered as ever, and the question is offered again after."""
    progress = active(state, knowledge)
    if progress is None or not progress.step:
        return _between(state, progress, event, knowledge)
    at = setting(progress.flow, knowledge, event.at)
    if not event.text.strip():
        return None
    if event.edited:
        return engine.shown(state, progress, at, say(knowledge.voice, "flow_message_edited"))
    fitted, edited = refitted(progress, at.flow, knowledge)
    if edited or fitted.step not in at.flow.steps:
        return engine.shown(state, progress, at)
    return at_step(state, fitted, event, at)


def _between(state: State, progress: Progress | None, event: Said, knowledge: Knowledge) -> Turn | None:
    """No question waits: a flow may be begun, or a result be asked about."""
    if progress is None:
        return begun_by_name(state, event, knowledge)
    at = setting(progress.flow, knowledge, event.at)
    fitted, edited = refitted(progress, at.flow, knowledge)
    return engine.shown(state, progress, at) if edited else at_result(state, fitted, event, at)


def at_step(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """A button's words, a move, an answer taken back, an answer with a question, what asks about the step; a plain
    question of ours is left to the rest of the core, and all else is tried as an answer."""
    meaning = understand(event.text, state, at.knowledge)
    turn = said_button(state, progress, event, at) or move(state, progress, event.text, at)
    turn = turn or taken_back(state, progress, event.text, at)
    both = None if turn else both_in(state, progress, event, at)
    if both:
        return with_question(state, progress, both, at)
    turn = turn or questioned(state, progress, event, meaning, at)
    if turn or own_words(event.text, at.knowledge):
        return turn
    if may_ask(event.text) and meaning.outcome == "sure" and is_question(meaning, at.knowledge):
        return None
    if supposes(event.text):
        return engine.summary(state, progress, at)
    return as_answer(state, progress, event, meaning, at)


def questioned(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """Why we ask, or what the options are, and the question again."""
    if wonders_why(event.text):
        skip = at.flow.steps[progress.step].skip
        return engine.shown(state, progress, at, say(at.knowledge.voice, "flow_why", skip=skip))
    step = at.flow.steps[progress.step]
    counted = counts_as(event.text, step.options) if step.kind == "choice" else ""
    if counted:
        line = say(at.knowledge.voice, "flow_counts", answer=step.options[counted].label, name=step.name)
        return engine.take(state, progress, Reading("answer", counted), at, line)
    plain = meaning.outcome == "sure" and is_question(meaning, at.knowledge)
    of_one = not plain and asks_of_one(progress, event.text, at)
    explains = of_one or asks_of_options(event.text) or asks_how(event.text, step)
    explained = helped(progress, at) if explains else ""
    return engine.shown(state, progress, at, explained) if explained else None


def said_button(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """The label of one of the buttons in sight, typed."""
    card = engine.shown(state, progress, at, in_place=True).replies[0]
    found: Button | None = next(
        (b for row in card.buttons for b in row if labelled(event.text, b.label) and not _is_tick(b)), None
    )
    if found is None:
        return None
    turn = pressed(state, found.data, at.knowledge, event.at)
    return _as_new(turn, at) if turn else None


def _is_tick(button: Button) -> bool:
    """An option among several: typed, it is a whole answer and not a tick."""
    press = read_press(button.data)
    return press is not None and press.act[:1] in {"+", "-"}


def _as_new(turn: Turn, at: Setting) -> Turn:
    """The same turn below what was typed instead of in the old card."""
    progress = active(turn.state, at.knowledge)
    if progress is None or not turn.replies[0].in_place:
        return turn
    return engine.shown(turn.state, progress, at)


def move(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "back", "stop", "start over", "skip", "done", "yes" to an unlikely figure."""
    named = move_in(words(text))
    step = at.flow.steps[progress.step]
    if progress.pending is not None:
        said = yes_or_no(text)
        if said is True:
            return engine.answer(state, progress, progress.pending, at)
        if said is False or says_no(text):
            reading = read(step, text, at.knowledge, at.today)
            if reading is None or reading.outcome == "skip" or reading.value == progress.pending:
                return engine.shown(state, progress.but(pending=None), at)
    if named == "back":
        return engine.back(state, progress, at)
    if named == "again":
        return engine.again(state, progress, at.knowledge, at.today)
    if named == "stop" or has_enough(text):
        return engine.stop(state, progress, at)
    if named == "sum":
        return engine.summary(state, progress, at)
    if named == "skip" or wants_skip(words(text)):
        return engine.take(state, progress, Reading("skip"), at)
    if named == "done" and step.kind == "several":
        return engine.answer(state, progress, picked(step.options, progress.draft), at)
    return engine.shown(state, progress, at) if named == "go" else None
