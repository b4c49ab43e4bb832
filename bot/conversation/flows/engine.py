"""The turns of a flow: begin, answer, go back, change, stop, finish. `(state, ...) -> Turn`, like all of the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import buttons
from bot.conversation.flows import presses
from bot.conversation.flows.added import with_added
from bot.conversation.flows.answers import told as told_answer
from bot.conversation.flows.cards import pending_card, resume_card, step_card, summary_card, which_card, worded
from bot.conversation.flows.moving import Setting, asked, before, first_open
from bot.conversation.flows.names import RAISES, FlowError, Scope
from bot.conversation.flows.opposed import without_disliked
from bot.conversation.flows.progress import (
    Progress,
    active,
    begun,
    dropped,
    kept,
    place_given,
    put_aside,
    refitted,
    with_active,
)
from bot.conversation.flows.reading import Reading
from bot.conversation.flows.results import result_card
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import paragraphs, say


def setting(flow_id: str, knowledge: Knowledge, today: dt.date) -> Setting:
    return Setting(knowledge.flows[flow_id], knowledge, today)


def begin(state: State, flow_id: str, knowledge: Knowledge, today: dt.date) -> Turn:
    """Begin a flow. The one under way is shown; an earlier run is offered, so that nothing is lost by it."""
    current = active(state, knowledge)
    if current and current.flow == flow_id and current.step:
        return shown(state, current, setting(flow_id, knowledge, today))
    left = current if current and current.flow == flow_id else kept(state, flow_id, knowledge)
    if left and left.answers:
        at = setting(flow_id, knowledge, today)
        fitted, _ = refitted(left, at.flow, knowledge)
        return told(state, resume_card(fitted, at))
    return afresh(state, flow_id, knowledge, today)


def afresh(
    state: State,
    flow_id: str,
    knowledge: Knowledge,
    today: dt.date,
    answers: Mapping[str, Any] | None = None,
    telling: str = "",
) -> Turn:
    """A new run from the first question, or with `answers` given, `telling` which; what was under way is kept."""
    at = setting(flow_id, knowledge, today)
    current = active(state, knowledge)
    other = current if current and current.flow != flow_id else None
    waits = other if other and other.step and other.answers else None
    opening = say(knowledge.voice, "flow_put_aside", title=knowledge.flows[waits.flow].title) if waits else ""
    state = put_aside(state) if other else state
    progress = begun(flow_id, at.flow, state.runs + 1, today.isoformat(), answers)
    asks = not answers or (telling and first_open(progress.answers, at))
    intro = _intro(at) if asks else ""
    return moved(state.but(runs=state.runs + 1), progress, at, paragraphs(opening, intro, telling))


def _intro(at: Setting) -> str:
    try:
        return worded(at.flow.intro, Scope(at.flow, {}, at.knowledge, at.today))[0]
    except (FlowError, *RAISES):
        return ""


def moved(state: State, progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False) -> Turn:
    """On to the first question without an answer, or to the result."""
    step = first_open(progress.answers, at)
    after = at_step(progress, step).but(day=at.today.isoformat())
    return shown(state, after, at, opening, in_place=in_place)


def at_step(progress: Progress, step: str) -> Progress:
    """The progress waiting at `step`, with the ticks of an earlier answer."""
    given = progress.answers.get(step)
    draft = tuple(given) if isinstance(given, list) and all(isinstance(i, str) for i in given) else ()
    return progress.but(step=step, pending=None, draft=draft)


def shown(
    state: State, progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False, card: str = ""
) -> Turn:
    """The question that waits, or the result, as a turn."""
    progress, edited = refitted(progress, at.flow, at.knowledge)
    if edited:
        opening = paragraphs(say(at.knowledge.voice, "flow_edited", title=at.flow.title), opening)
    if edited or not progress.step:
        progress = at_step(progress, first_open(progress.answers, at))
    progress = progress if in_place else progress.but(card=progress.card + 1)
    sources: tuple[str, ...] = ()
    if not progress.step:
        state = _in_its_place(state, progress, at)
        reply, sources = result_card(progress, at, card, opening, in_place=in_place)
    elif progress.pending is not None:
        reply = pending_card(progress, at, in_place=in_place)
    else:
        reply = step_card(progress, at, opening, in_place=in_place)
    return told(with_active(state, progress), reply, sources)


def _in_its_place(state: State, progress: Progress, at: Setting) -> State:
    """What is asked below a result is asked about the place of the plan."""
    code = place_given(progress, at.knowledge)
    return state.but(slots={**state.slots, "places": [code]}) if code else state


def told(state: State, reply: Reply, sources: tuple[str, ...] = ()) -> Turn:
    return Turn(state.but(last=reply.text, lost=0, topic_age=state.topic_age + 1), (reply,), "flow", sources=sources)


def answer(
    state: State,
    progress: Progress,
    value: Any,
    at: Setting,
    opening: str = "",
    *,
    in_place: bool = False,
    by_hour: Sequence[float] | None = None,
    added: tuple[float, float] | None = None,
) -> Turn:
    """`value` is the answer of the step that waits (None: skipped), `by_hour` the pay it was counted from; `added` is
    what it puts to another step."""
    progress = with_added(progress, progress.step, added, at)
    rates = {name: ends for name, ends in progress.by_hour.items() if name != progress.step}
    rates |= {progress.step: by_hour} if by_hour else {}
    answers, out = without_disliked({**progress.answers, progress.step: value}, progress.step, at)
    opening = paragraphs(opening, out)
    return moved(state, progress.but(answers=answers, by_hour=rates), at, opening, in_place=in_place)


def take(state: State, progress: Progress, reading: Reading, at: Setting, opening: str = "") -> Turn:
    """What was read at the step that waits: kept (`opening` says what), asked about, or explained."""
    step, voice = at.flow.steps[progress.step], at.knowledge.voice
    if reading.outcome == "answer" or (reading.outcome == "unlikely" and progress.pending == reading.value):
        return answer(state, progress, reading.value, at, opening, by_hour=reading.by_hour, added=reading.added)
    if reading.outcome == "skip":
        return skip(state, progress, at, opening)
    if reading.outcome == "unlikely":
        return shown(state, progress.but(pending=reading.value), at)
    if reading.outcome == "which":
        after = progress.but(card=progress.card + 1, pending=None)
        return told(with_active(state, after), which_card(after, reading.choices, at))
    if reading.outcome == "torn":
        day = told_answer(step, reading.value, at.knowledge)
        return shown(state, progress.but(pending=None), at, say(voice, "flow_two_days", date=day))
    if reading.outcome == "unclear":
        return shown(state, progress.but(pending=None), at, step.unclear[reading.value])
    explained = step.impossible or say(voice, "flow_impossible")
    instead = say(voice, "flow_foreign") if reading.outcome == "foreign" else explained
    return shown(state, progress.but(pending=None), at, instead)


def skip(state: State, progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False) -> Turn:
    if not at.flow.steps[progress.step].skip:
        return shown(state, progress, at, say(at.knowledge.voice, "flow_needed"), in_place=in_place)
    return answer(state, progress, None, at, opening, in_place=in_place)


def back(state: State, progress: Progress, at: Setting, *, in_place: bool = False) -> Turn:
    """One question back; at the first one, the same with a word."""
    step = before(progress, at)
    if progress.pending is not None or not step:
        opening = "" if step else say(at.knowledge.voice, "flow_first")
        return shown(state, progress.but(pending=None), at, opening, in_place=in_place)
    return shown(state, at_step(progress, step), at, in_place=in_place)


def summary(state: State, progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False) -> Turn:
    if not asked(progress.answers, at):
        return shown(state, progress, at, opening, in_place=in_place)
    progress = progress if in_place else progress.but(card=progress.card + 1)
    return told(with_active(state, progress), summary_card(progress, at, opening, in_place=in_place))


def again(state: State, progress: Progress, knowledge: Knowledge, today: dt.date) -> Turn:
    """Start over: the answers of this run go, at the person's own word."""
    mine = tuple(plain for plain in state.kept if plain.get("flow") != progress.flow)
    current = active(state, knowledge)
    state = dropped(state) if current and current.flow == progress.flow else state
    return afresh(state.but(kept=mine), progress.flow, knowledge, today)


def stop(state: State, progress: Progress, at: Setting) -> Turn:
    """Leave the flow; its answers stay and can be taken up again."""
    text = say(at.knowledge.voice, "flow_stopped", title=at.flow.title, kept=bool(progress.answers))
    go_on = presses.act(progress, at.knowledge.voice["flow_go_on"], "!go")
    first = go_on if progress.answers else buttons.begin(progress.flow, at.knowledge)
    return told(put_aside(with_active(state, progress)), Reply(text, ((first, buttons.menu(at.knowledge)),)))
