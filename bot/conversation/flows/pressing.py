"""A press of a flow's button, however old: what it asks is done if it still makes sense, else said and led on from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.conversation import buttons
from bot.conversation.flows import engine, presses, saved
from bot.conversation.flows.answers import told
from bot.conversation.flows.cards import go_on_button
from bot.conversation.flows.engine import setting
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.options import picked
from bot.conversation.flows.presses import Press, read_press
from bot.conversation.flows.progress import Progress, active, kept, put_aside, refitted, with_active
from bot.conversation.flows.reading import of_option
from bot.conversation.flows.share import encode
from bot.conversation.flows.told_first import begun_with
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import say


def pressed(state: State, data: str, knowledge: Knowledge, today: dt.date) -> Turn | None:
    """None when the button is none of ours, or its flow is gone: the menu answers then."""
    if data.startswith(f"{buttons.SAVED}:"):
        return press_saved(state, data, knowledge, today)
    press = read_press(data)
    if press is None or press.flow not in knowledge.flows:
        return None
    if not press.act:
        return begun_with(state, press.flow, "", knowledge, today)
    progress = _run(state, press, knowledge)
    if progress is None:
        return of_earlier_run(state, press, knowledge)
    at = setting(press.flow, knowledge, today)
    state = _made_active(state, progress, knowledge)
    progress, edited = refitted(progress, at.flow, knowledge)
    newest = press.card == progress.card % presses.WRAP
    if edited:
        return engine.shown(state, progress.but(shape=""), at)
    return _act(state, progress, press, at, newest)


def _run(state: State, press: Press, knowledge: Knowledge) -> Progress | None:
    """The run that the button belongs to, under way or left in the middle."""
    for progress in (active(state, knowledge), kept(state, press.flow, knowledge)):
        if progress and progress.flow == press.flow and progress.run % presses.WRAP == press.run:
            return progress
    return None


def _made_active(state: State, progress: Progress, knowledge: Knowledge) -> State:
    current = active(state, knowledge)
    return state if current and current.flow == progress.flow else put_aside(state)


def of_earlier_run(state: State, press: Press, knowledge: Knowledge) -> Turn:
    """A card of a run that is over: say so, offer to go on with today's run or to begin."""
    flow = knowledge.flows[press.flow]
    offered = [buttons.begin(press.flow, knowledge)]
    current = active(state, knowledge) or kept(state, press.flow, knowledge)
    if current and current.step:
        offered.insert(0, go_on_button(current, knowledge.flows[current.flow], knowledge))
    text = say(knowledge.voice, "flow_old_card", title=flow.title)
    return Turn(state, (Reply(text, buttons.rows(offered, 1)),), "flow")


def _act(state: State, progress: Progress, press: Press, at: Setting, newest: bool) -> Turn:
    sign, named = press.act[0], press.act[1:]
    if sign == "#":
        return engine.shown(state, progress.but(step=""), at, card=named)
    if sign == "!" and named in {"sum", "edit", "go", "again", "save", "share"}:
        return _anywhere(state, progress, press, at, named, newest)
    if press.step != progress.step or not progress.step:
        return stale(state, progress, press, at, newest)
    if sign == "!":
        return _at_step(state, progress, at, named, newest)
    if not newest and progress.step in progress.answers:
        return engine.shown(state, progress, at)  # an older card must not overwrite what is just being changed
    return choose(state, progress, press.act, at, newest)


def _anywhere(state: State, progress: Progress, press: Press, at: Setting, named: str, newest: bool) -> Turn:
    """What can be pressed on any card of the run."""
    if named == "sum":
        return engine.summary(state, progress, at)
    if named == "again":
        return engine.again(state, progress, at.knowledge, at.today)
    if named == "edit" and press.step in at.flow.steps and press.step in progress.answers:
        return engine.shown(state, engine.at_step(progress, press.step), at, in_place=newest)
    if named == "save":
        return put_by(state, progress, at)
    if named == "share":
        return shared(state, progress, at)
    if progress.step:
        return engine.shown(state, progress, at)
    return engine.moved(state, progress, at)


def _at_step(state: State, progress: Progress, at: Setting, named: str, newest: bool) -> Turn:
    if named == "back":
        return engine.back(state, progress, at, in_place=newest)
    if named == "stop":
        return engine.stop(state, progress, at)
    if named == "skip":
        return engine.skip(state, progress, at, in_place=newest)
    if named == "done" and at.flow.steps[progress.step].kind == "several":
        ticks = picked(at.flow.steps[progress.step].options, progress.draft)
        return engine.answer(state, progress, ticks, at, in_place=newest)
    if named == "yes" and progress.pending is not None:
        return engine.answer(state, progress, progress.pending, at, in_place=newest)
    if named == "keep" and progress.step in progress.answers:
        return engine.moved(state, progress, at, in_place=newest)
    return engine.shown(state, progress.but(pending=None), at, in_place=newest)


def choose(state: State, progress: Progress, act: str, at: Setting, newest: bool) -> Turn:
    """An option, a tick or an area at the step that waits."""
    step, sign, named = at.flow.steps[progress.step], act[0], act[1:]
    if sign in "+-" and step.kind == "several" and named in step.options:
        return engine.shown(state, ticked(progress, named, sign == "+", step.most), at, in_place=newest)
    if sign == "@" and step.kind == "place" and named in at.knowledge.areas:
        return engine.answer(state, progress, named, at, in_place=newest)
    if sign == "=" and step.kind == "yes_no" and named in {"yes", "no"}:
        return engine.answer(state, progress, named == "yes", at, in_place=newest)
    if sign == "=" and named in step.options and step.kind != "several":
        reading = of_option(step, named, at.knowledge, at.today)
        if reading and reading.outcome == "answer":
            return engine.answer(state, progress, reading.value, at, in_place=newest, by_hour=reading.by_hour)
    return engine.shown(state, progress, at, say(at.knowledge.voice, "flow_old_button"))


def ticked(progress: Progress, option: str, on: bool, most: int) -> Progress:
    others = tuple(item for item in progress.draft if item != option)
    if not on:
        return progress.but(draft=others)
    return progress.but(draft=(*others, option)[-most:] if most else (*others, option))


def stale(state: State, progress: Progress, press: Press, at: Setting, newest: bool) -> Turn:
    """A button of a past question: the same answer again changes nothing, another may be a change of mind."""
    step = at.flow.steps.get(press.step)
    value = _meant(press, at) if step else None
    past = press.step in asked(progress.answers, at)
    if step is None or value is None or not past or value == progress.answers.get(press.step):
        return engine.shown(state, progress, at, in_place=newest and press.step != "")
    opening = say(
        at.knowledge.voice,
        "flow_change_past",
        name=step.name,
        before=told(step, progress.answers[press.step], at.knowledge),
    )
    return engine.shown(state, engine.at_step(progress, press.step), at, opening)


def _meant(press: Press, at: Setting) -> object | None:
    """The answer that an option button stands for; None for buttons that are no answer."""
    step, sign, named = at.flow.steps[press.step], press.act[0], press.act[1:]
    if sign == "=" and step.kind == "yes_no":
        return named == "yes"
    if sign == "=" and named in step.options:
        reading = of_option(step, named, at.knowledge, at.today)
        return reading.value if reading else None
    return named if sign == "@" and named in at.knowledge.areas else None


def put_by(state: State, progress: Progress, at: Setting) -> Turn:
    """Save the result; unfinished runs are kept anyway and are shown instead."""
    if progress.step:
        return engine.shown(state, progress, at)
    state, new = saved.save(with_active(state, progress), progress, at)
    key = "saved_new" if new else "saved_already"
    text = say(at.knowledge.voice, key, title=at.flow.title)
    return engine.told(state, Reply(text, ((saved.list_button(at.knowledge),),)))


def shared(state: State, progress: Progress, at: Setting) -> Turn:
    """The link that holds the answers, or why there is none."""
    answers = asked(progress.answers, at)
    link = encode(progress.flow, at.flow, answers, at.knowledge)
    left_out = [at.flow.steps[s].name for s, v in answers.items() if at.flow.steps[s].kind == "text" and v]
    username = at.knowledge.career.username
    text = say(at.knowledge.voice, "flow_share", link=link or "", username=username, left_out=", ".join(left_out))
    back = presses.act(progress, at.knowledge.voice["flow_result"], "!go", "")
    return engine.told(with_active(state, progress), Reply(text, ((back,),)))


def press_saved(state: State, data: str, knowledge: Knowledge, today: dt.date) -> Turn:
    """A button of the list of saved results."""
    _, _, rest = data.partition(":")
    verb, _, named = rest.partition(":")
    if verb == saved.COMPARE and sum(1 for s in state.saved if s.get("flow") == named) > 1 and named in knowledge.flows:
        return engine.told(state, saved.comparison(state, named, knowledge, today))
    found = saved.find(state, named, knowledge)
    if verb == saved.DELETE and found:
        state = saved.delete(state, named)
        opening = say(knowledge.voice, "saved_gone", title=knowledge.flows[found.flow].title)
        return engine.told(state, saved.saved_card(state, knowledge, today, opening, in_place=True))
    if verb == saved.OPEN and found:
        return open_saved(state, found, knowledge, today)
    return engine.told(state, saved.saved_card(state, knowledge, today))


def open_saved(state: State, found: Progress, knowledge: Knowledge, today: dt.date) -> Turn:
    """A saved result becomes a run of its own, so that its answers can be changed without touching what was saved."""
    at = setting(found.flow, knowledge, today)
    fitted, _ = refitted(found, at.flow, knowledge)
    return engine.moved(
        put_aside(state).but(runs=state.runs + 1), replace(fitted, run=state.runs + 1, card=0), at,
        say(knowledge.voice, "saved_opened", title=at.flow.title),
    )  # fmt: skip
