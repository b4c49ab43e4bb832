"""What makes a flow sound: names, limits of Telegram and of a phone, defaults, and what walking through it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import jinja2

from bot.conversation.amounts import Amount
from bot.conversation.area import Pay
from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.estimates import ESTIMATES
from bot.conversation.flows.answers import default_of, fits, read_amount
from bot.conversation.flows.presses import LONGEST_FLOW, LONGEST_ID
from bot.conversation.flows.shape import AMOUNTS, Flow, Step, Sum
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures import KINDS
from bot.load_knowledge.checks.content import Where
from bot.load_knowledge.checks.names import onward
from bot.load_knowledge.flow_names import OF_ANSWERS, Source, fact_in, names_in, sources
from bot.load_knowledge.flow_options import check_options
from bot.load_knowledge.flow_sampling import check_walks
from bot.load_knowledge.flow_walks import DAY
from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.templates import why
from bot.load_knowledge.yaml_lines import Document

TITLE, LABEL, NAME, ABOUT = 26, 30, 24, 120
FLOW_ID = re.compile(rf"[a-z][a-z0-9]{{0,{LONGEST_FLOW - 1}}}")
ITEM_ID = re.compile(rf"[a-z0-9][a-z0-9_]{{0,{LONGEST_ID - 1}}}")
TAKEN = frozenset({
    "start", "help", "menu", "about", "privacy", "cancel", "saved", "back", "skip", "restart", "forget", "mydata",
    "settings", "language",
})  # fmt: skip
TEMPLATE_NAMES = frozenset({"place", "places", "assumed", "verdict", "verdicts", "skipped", "today", "part"})
Say = Callable[..., None]


def check_flows(knowledge: Knowledge, where: Where, *, walk: bool = True) -> None:
    """Report every problem of every flow into its document. Walks are taken only where the rest is sound."""
    for flow_id, flow in knowledge.flows.items():
        document, _ = where[f"{FLOW_NAMED}{flow_id}"]
        before, say = len(document.problems), _reporting_to(document)
        _check_frame(flow_id, flow, knowledge, say)
        for step_id, step in flow.steps.items():
            _check_step(step_id, step, knowledge, say)
            if step.until:
                _known(step.until, flow.steps, "step", say, "steps", step_id, "until")
        _check_names(flow, knowledge, say)
        check_options(flow, say)
        _check_order(flow, say)
        if walk and len(document.problems) == before:
            check_walks(flow, knowledge, say)


def _reporting_to(document: Document) -> Say:
    def say(what: str, *path: str | int) -> None:
        document.report(path, what, where=".".join(map(str, path)) or "the flow", rule="flow")

    return say


def _check_frame(flow_id: str, flow: Flow, knowledge: Knowledge, say: Say) -> None:
    if not FLOW_ID.fullmatch(flow_id):
        say(f"the file's name '{flow_id}' should be 1 to {LONGEST_FLOW} lower-case letters or digits")
    _length(flow.title, TITLE, say, "title")
    _length(flow.about, ABOUT, say, "about")
    command = flow.command or flow_id
    others = [f.command or name for name, f in knowledge.flows.items() if name != flow_id]
    if command in TAKEN or command in others:
        say(f"the command /{command} is taken; give another under 'command'", "command")
    if not flow.steps or not flow.result:
        say("needs at least one step and one card under 'result'")
    for index, (card_id, card) in enumerate(flow.result.items()):
        _id(card_id, say, "result", card_id)
        _length(card.button, TITLE, say, "result", card_id, "button")
        if index and not (card.button or card.also):
            say("has no button, so nobody can open it", "result", card_id)
        if card.picture:
            _known(card.picture.kind, KINDS, "picture", say, "result", card_id, "picture", "kind")
        for cited in card.cites:
            _known(cited, knowledge.facts, "fact", say, "result", card_id, "cites")
    for index, name in enumerate(flow.next):
        _known(name, onward(knowledge), "question or flow", say, "next", index)
    if bool(flow.verdict) != bool(flow.verdicts):
        say("'verdict' and 'verdicts' go together", "verdict")


def _check_step(step_id: str, step: Step, knowledge: Knowledge, say: Say) -> None:
    at = ("steps", step_id)
    _id(step_id, say, *at)
    _length(step.name, NAME, say, *at, "name")
    if step.kind in {"choice", "several", "scale"} and len(step.options) < 2:
        say("needs at least two options", *at, "options")
    if step.kind == "text" and step.options:
        say("a text step takes no options", *at, "options")
    if step.kind == "yes_no" and step.options.keys() - {"yes", "no"}:
        say("the options of a yes_no step are 'yes' and 'no'", *at, "options")
    for key in ("likely", "possible"):
        if (span := getattr(step, key)) and span[0] > span[1]:
            say(f"begins with {span[0]:g}, above its end {span[1]:g}", *at, key)
    said: dict[str, str] = {}
    for option_id, option in step.options.items():
        here = (*at, "options", option_id)
        _id(option_id, say, *here)
        _length(option.label, LABEL, say, *here, "label")
        _check_value(step, option.value, knowledge, say, *here, "value")
        if option.same_as:
            _known(option.same_as, step.options, "option", say, *here, "same_as")
        for form in (option.label, *option.also, *option.loosely):
            first = said.setdefault(form.lower(), option_id)
            if first != option_id:
                say(f"'{form}' is also said for '{first}'; keep it in one", *here)
    taken = _listed(default_of(step, DAY))
    if step.default and (taken is None or not fits(step, taken, knowledge)):
        say(f"'{step.default}' can't be the answer of this step{_one_of(step)}", *at, "default")
    if step.assume and not step.default:
        say("'assume' says what is taken, but there is no 'default' to take", *at, "assume")


def _one_of(step: Step) -> str:
    """What can be, where there are options to choose from."""
    if step.kind not in {"choice", "several"}:
        return ""
    return f", which is one of {', '.join(step.options)}{did_you_mean(step.default, step.options)}"


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _check_value(step: Step, value: str, knowledge: Knowledge, say: Say, *at: str | int) -> None:
    if step.kind in AMOUNTS and not isinstance(read_amount(step.kind, step.per, value), Amount):
        say(f"'{value}' can't be read as {step.kind}", *at)
    if step.kind == "place" and value and value not in knowledge.areas:
        say(f"'{value}' is no code of an area", *at)
    if step.kind in {"choice", "several", "yes_no"} and value:
        say(f"a {step.kind} step needs no value; the answer is the option's id", *at)


def _check_names(flow: Flow, knowledge: Knowledge, say: Say) -> None:
    """Unknown names; estimates and their inputs; sums and answers that nothing uses."""
    used: set[tuple[str, str]] = set()
    for source in sources(flow):
        try:
            names = names_in(source)
        except jinja2.TemplateError as error:
            say(f"can't be read: {why(error)}", *source.at)
            continue
        for path in names:
            _check_path(path, source, flow, knowledge, say)
            root = "answers" if path[0] in OF_ANSWERS else path[0]
            used.add((root, path[1] if len(path) > 1 else ""))
    for name, wanted in flow.sums.items():
        _check_sum(name, wanted, say)
        if ("sums", name) not in used:
            say("nothing uses this sum; use it or remove it", "sums", name)
    places = any(root in {"table", "place"} for root, _ in used)
    for step_id, step in flow.steps.items():
        if ("answers", step_id) not in used and not (step.kind == "place" and places):
            say("no sum, condition or text uses this answer; use it or don't ask", "steps", step_id)


def _check_path(path: tuple[str, ...], source: Source, flow: Flow, knowledge: Knowledge, say: Say) -> None:
    root, name = path[0], path[1] if len(path) > 1 else ""
    if root in OF_ANSWERS:
        _known(name, flow.steps, "step", say, *source.at)
    elif root == "sums":
        _known(name, flow.sums, "sum", say, *source.at)
        _check_output(path, flow, say, source)
    elif root == "table":
        known = {"name", "rpp", "fell_back", *knowledge.career.occupations}
        _known(name, known, "name of the pay table", say, *source.at)
        if name in knowledge.career.occupations and len(path) > 2:
            _known(path[2], Pay.__slots__, "figure of the pay table", say, *source.at)
    elif root == "facts" or (source.is_template and root not in TEMPLATE_NAMES):
        if not fact_in(path, knowledge):
            told = ".".join(path[1:] if root == "facts" else path)
            say(f"unknown fact '{told}'{did_you_mean(told, knowledge.facts)}", *source.at)
    elif root not in TEMPLATE_NAMES:
        _known(root, [*OF_ANSWERS, "sums", "facts", "table", "today"], "name", say, *source.at)


def _check_output(path: tuple[str, ...], flow: Flow, say: Say, source: Source) -> None:
    wanted = flow.sums.get(path[1]) if len(path) > 2 else None
    if isinstance(wanted, Sum) and wanted.run in ESTIMATES:
        _known(path[2], ESTIMATES[wanted.run].output_kinds, f"output of {wanted.run}", say, *source.at)


def _check_sum(name: str, wanted: str | Sum, say: Say) -> None:
    if isinstance(wanted, str):
        return
    _known(wanted.run, ESTIMATES, "estimate", say, "sums", name, "run")
    if wanted.run not in ESTIMATES:
        return
    estimate = ESTIMATES[wanted.run]
    for key in wanted.inputs:
        _known(key, estimate.input_kinds, f"input of {wanted.run}", say, "sums", name, "inputs", key)
    missing = estimate.required - wanted.inputs.keys()
    if missing:
        say(f"{wanted.run} also needs {', '.join(sorted(missing))}", "sums", name, "inputs")


def _check_order(flow: Flow, say: Say) -> None:
    """A condition may use only answers that were given before; sums it uses count with all they use."""
    uses: dict[str, set[tuple[str, str]]] = {}
    for source in sources(flow):
        if not source.is_template and source.at[0] in {"sums", "steps"}:
            try:
                names = names_in(source)
            except jinja2.TemplateError:
                return
            owner = f"{source.at[0]}.{source.at[1]}"
            uses.setdefault(owner, set()).update((p[0], p[1]) for p in names if len(p) > 1)
    earlier: set[str] = set()
    for step_id in flow.steps:
        for later in sorted(_answers_behind(f"steps.{step_id}", uses, set()) & flow.steps.keys() - earlier):
            say(f"asks about '{later}', which is not answered by then; move it up", "steps", step_id, "when")
        earlier.add(step_id)


def _answers_behind(owner: str, uses: Mapping[str, set[tuple[str, str]]], seen: set[str]) -> set[str]:
    if owner in seen:
        return set()
    seen.add(owner)
    found: set[str] = set()
    for root, name in uses.get(owner, ()):
        if root in OF_ANSWERS:
            found.add(name)
        elif root == "sums":
            found |= _answers_behind(f"sums.{name}", uses, seen)
    return found


def _id(name: str, say: Say, *at: str | int) -> None:
    if not ITEM_ID.fullmatch(name):
        say(f"'{name}' is no id: 1 to {LONGEST_ID} lower-case letters, digits or _", *at)


def _length(text: str, most: int, say: Say, *at: str | int) -> None:
    if len(text) > most:
        say(f"'{text}' has {len(text)} characters; {most} fit", *at)


def _known(name: str, known: Iterable[str], kind: str, say: Say, *at: str | int) -> None:
    listed = list(known)
    if name not in listed:
        say(f"unknown {kind} '{name}'{did_you_mean(name, listed)}", *at)
