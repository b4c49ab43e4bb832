"""What a person sees of a flow: the question with its buttons, the summary, the offer to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import escape

from bot.conversation.buttons import rows
from bot.conversation.flows import presses
from bot.conversation.flows.answers import told
from bot.conversation.flows.length import place_of
from bot.conversation.flows.moving import Setting, asked, before, way
from bot.conversation.flows.names import Scope
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Flow, Step
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Reply
from bot.conversation.wording import fill, paragraphs, say

Rows = tuple[tuple[Button, ...], ...]
TICK, NO_TICK = "☑ ", "☐ "


def worded(template: str, scope: Scope, cites: Iterable[str] = ()) -> tuple[str, list[str]]:
    """A template of a flow filled in, and the facts behind it, those of its sums included."""
    if "{" not in template:  # nothing to fill in: most questions of a flow
        text, used = fill(template, scope.knowledge, cites=cites)
        return text, list(dict.fromkeys([*used, *scope.notes.used]))
    area = scope.area()
    names = {**scope.names(), "verdicts": scope.flow.verdicts, "assumed": scope.assumed()}
    if "verdict" in template:
        names["verdict"] = scope.verdict()
    text, used = fill(template, scope.knowledge, cites=cites, places=[area] if area else [], more=names)
    return text, list(dict.fromkeys([*used, *scope.notes.used]))


def scope_of(progress: Progress, at: Setting) -> Scope:
    """What templates and expressions see of this run."""
    return Scope(at.flow, asked(progress.answers, at), at.knowledge, at.today, progress.by_hour)


def step_card(progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False) -> Reply:
    """The question that waits: how far along, why it is asked, the answer so far, and every way on."""
    step, scope = at.flow.steps[progress.step], scope_of(progress, at)
    number, total, sure = place_of(progress, at)
    voice = at.knowledge.voice
    head = say(voice, "flow_head", title=at.flow.title, number=number, total=total, sure=sure)
    why = f"<i>{worded(step.why, scope)[0]}</i>" if step.why else ""
    hint = worded(step.hint, scope)[0] if step.hint else ""
    question = "\n".join(part for part in (worded(step.ask, scope)[0], why, hint) if part)
    given = progress.answers.get(progress.step)
    now = say(voice, "flow_now", answer=told(step, given, at.knowledge)) if progress.step in progress.answers else ""
    text = paragraphs(opening, head, question, now)
    return Reply(text, (*answer_buttons(progress, step, at), *controls(progress, step, at)), in_place, step=True)


def answer_buttons(progress: Progress, step: Step, at: Setting) -> Rows:
    """A button for each option, ticks and "done" where several may be chosen."""
    voice = at.knowledge.voice
    if step.kind == "several":
        ticks = [_tick(progress, option_id, option.label) for option_id, option in step.options.items()]
        return (*rows(ticks), (presses.act(progress, voice["flow_done"], "!done"),))
    labels = {option_id: option.label for option_id, option in step.options.items()}
    if step.kind == "yes_no":
        labels = {"yes": voice["flow_yes"], "no": voice["flow_no"]} | labels
    most = 5 if step.kind == "scale" and all(len(label) <= 3 for label in labels.values()) else 2
    return rows((presses.act(progress, label, f"={option_id}") for option_id, label in labels.items()), most)


def _tick(progress: Progress, option_id: str, label: str) -> Button:
    """Says what a press makes so, not "the other way round": two quick presses do it once."""
    if option_id in progress.draft:
        return presses.act(progress, TICK + label, f"-{option_id}")
    return presses.act(progress, NO_TICK + label, f"+{option_id}")


def controls(progress: Progress, step: Step, at: Setting) -> Rows:
    """The ways past a question: back, keep or skip, stop."""
    voice = at.knowledge.voice
    found = []
    if before(progress, at):
        found.append(presses.act(progress, voice["flow_back"], "!back"))
    if progress.step in progress.answers:
        found.append(presses.act(progress, voice["flow_keep"], "!keep"))
    elif step.skip:
        found.append(presses.act(progress, voice["flow_skip"], "!skip"))
    found.append(presses.act(progress, voice["flow_stop"], "!stop"))
    return (tuple(found),)


def pending_card(progress: Progress, at: Setting, *, in_place: bool = False) -> Reply:
    """ "That much, is that right?" """
    step, voice = at.flow.steps[progress.step], at.knowledge.voice
    text = say(voice, "flow_unlikely", answer=told(step, progress.pending, at.knowledge))
    yes = presses.act(progress, voice["flow_right"], "!yes")
    return Reply(text, ((yes, presses.act(progress, voice["flow_wrong"], "!no")),), in_place, step=True)


def which_card(progress: Progress, choices: Sequence[tuple[str, str]], at: Setting) -> Reply:
    """ "There are several places of that name." """
    found = rows(presses.act(progress, name, f"@{code}") for code, name in choices)
    step = at.flow.steps[progress.step]
    return Reply(say(at.knowledge.voice, "flow_which"), (*found, *controls(progress, step, at)), step=True)


def summary_card(progress: Progress, at: Setting, opening: str = "", *, in_place: bool = False) -> Reply:
    """Every answer, each with a button to change it."""
    voice, lines, changes = at.knowledge.voice, [], []
    for number, (step_id, done) in enumerate(way(progress.answers, at), start=1):
        if done:
            step = at.flow.steps[step_id]
            answer = told(step, progress.answers[step_id], at.knowledge)
            lines.append(f"{number}. {escape(step.name)}: <b>{escape(answer)}</b>")
            changes.append(presses.act(progress, f"{number}. {step.name}", "!edit", step_id))
    text = paragraphs(opening, say(voice, "flow_summary", title=at.flow.title), "\n".join(lines))
    on = presses.act(progress, voice["flow_go_on"], "!go")
    again = presses.act(progress, voice["flow_again"], "!again")
    return Reply(text, (*rows(changes), (on, again)), in_place)


def resume_card(progress: Progress, at: Setting) -> Reply:
    """ "You left at step 4, go on?", or that there is a result already."""
    voice = at.knowledge.voice
    number, total, sure = place_of(progress, at)
    key = "flow_resume" if progress.step else "flow_finished"
    text = say(voice, key, title=at.flow.title, number=number, total=total, sure=sure)
    on = presses.act(progress, voice["flow_go_on" if progress.step else "flow_result"], "!go")
    return Reply(text, ((on, presses.act(progress, voice["flow_again"], "!again")),))


def go_on_button(progress: Progress, flow: Flow, knowledge: Knowledge) -> Button:
    return presses.act(progress, say(knowledge.voice, "flow_go_on_to", title=flow.title), "!go")
