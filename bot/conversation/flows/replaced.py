"""One answer named in place of another: "2,500, not 4,200", "coding, not both", "scratch the first, the second"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.conversation.amounts import WEEKS_A_YEAR, find_amounts
from bot.conversation.asks import asks_plainly
from bot.conversation.flows.answers import ends_of
from bot.conversation.flows.engine import at_step, shown, summary
from bot.conversation.flows.known_already import as_it_is
from bot.conversation.flows.mending import changed_to, given_now
from bot.conversation.flows.moving import Setting, asked, before, way
from bot.conversation.flows.options import form, phrases_in, words
from bot.conversation.flows.pieces import STOP, splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.put_right import FIGURE
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.supposing import is_of
from bot.conversation.state import State, Turn
from bot.conversation.topics.picking import ORDINALS
from bot.conversation.wording import say

A_FIGURE = rf"(?<![\d.,]){FIGURE}"
IN_PLACE = (
    re.compile(  # "2,500 not 4,200"
        rf"(?P<meant>{A_FIGURE})[^.;!?\d]{{0,24}}?\b(?:not|(?:is|was|are|do|does|ai)n['’]?t|instead of|rather than)\s+"
        rf"(?:the |about |for |like |just )?(?P<denied>{A_FIGURE})",
        re.IGNORECASE,
    ),
    re.compile(  # "not 4,200 but 2,500"
        rf"\b(?:not|instead of)\s+(?:the |about )?(?P<denied>{A_FIGURE})[^\d?]{{1,24}}?(?P<meant>{A_FIGURE})",
        re.IGNORECASE,
    ),
)
CLAUSE = splitter("and", "but", "so", "plus")
DROPS = r"(?:scratch|forget|drop|ditch|nix|skip|cancel|lose|screw|take out|remove|never ?mind|nvm)(?: about)?"
DENIES = r"(?:not|instead of|rather than)"
OF_IT = r"(?:(?:the|an?|my|that|this|doing|do|for) )*"
ENDS = r"(?= (?:anymore|any more|though|tho|but|because|cuz|bc|and|now|please|pls|after all|lets|i|ill|id)\b| \||$)"
PAST = re.compile(
    r"\b(?:did|was|were|worked|used to|done|studied)\b", re.IGNORECASE
)  # "i did one, not the other" tells
MOST = 14  # words; more is a story
CHANGES = re.compile(
    r"\b(?:change|fix|redo|correct|edit)\s+(?:the |my |answer |number )*(?P<place>[a-z0-9]+)"
    r"(?: (?:one|answer|question))?"
    r"(?:[\s,.:;]+(?:to |it'?s |into )*(?P<meant>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
HIGHER = 4  # times the wage before: not a wage any more, but pay for a longer time
LEAST = 3  # letters of a button's words
BARE = 2  # words besides what is dropped that name nothing in its place


class Figures(NamedTuple):
    """`meant` in place of `denied`, and the clauses they stand in."""

    meant: str
    denied: str
    around: str


def replaced(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The answer that was denied changed to what is named in its place; which, is asked where two may be meant."""
    if progress.pending is not None:
        return None
    return (
        _figure(state, progress, text, at) or _option(state, progress, text, at) or _counted(state, progress, text, at)
    )


def _figure(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    found = _figures(text)
    if found is None or asks_plainly(found.around) or progress.step in progress.answers:
        return None
    given = {s: value for s, value in asked(progress.answers, at).items() if at.flow.steps[s].kind in AMOUNTS}
    named = [s for s in given if is_of(at.flow.steps[s], found.around)]
    held = [s for s in given if _holds(progress, s, found.denied, at)]
    if progress.step and not held:  # perhaps an answer to the question that waits
        return None
    step_id = _one_of(named) or _one_of(s for s in held if s in named) or _one_of(held)
    last = before(progress, at)
    if not step_id and progress.step and last in held:
        step_id = last
    if step_id and _holds(progress, step_id, found.meant, at):
        return as_it_is(state, progress, [step_id], text, at)
    if step_id:
        return changed_to(state, progress, step_id, _by_the_hour(progress, step_id, found.meant), at)
    if len(held) > 1:
        names = " or ".join(f"“{at.flow.steps[s].name}”" for s in held)
        line = say(at.knowledge.voice, "flow_which_answer", items=names, answer=found.meant, before=found.denied)
        return summary(state, progress, at, line)
    return None


def _figures(text: str) -> Figures | None:
    found = next((match for way_said in IN_PLACE if (match := way_said.search(text))), None)
    if found is None:
        return None
    start = max((mark.end() for mark in CLAUSE.finditer(text, 0, found.start())), default=0)
    end = next((mark.start() for mark in CLAUSE.finditer(text, found.end())), len(text))
    return Figures(found["meant"].strip(), found["denied"].strip(), text[start:end])


def _one_of(steps: Iterable[str]) -> str:
    found = list(steps)
    return found[0] if len(found) == 1 else ""


def _holds(progress: Progress, step_id: str, figure: str, at: Setting) -> bool:
    """Whether it is the answer of the step, as it was given or as it is kept."""
    reading = read(at.flow.steps[step_id], figure, at.knowledge, at.today)
    if reading is not None and reading.value == progress.answers[step_id]:
        return True
    rate = progress.by_hour.get(step_id)
    return bool(rate) and any((a.low, a.high) == tuple(rate or ()) for a in find_amounts(figure))


def _by_the_hour(progress: Progress, step_id: str, meant: str) -> str:
    """Another wage is for the hours a week that were told with the one before."""
    rate, year = progress.by_hour.get(step_id), ends_of(progress.answers[step_id])
    if not rate or not year or not rate[0] or any(a.per or a.low > HIGHER * rate[1] for a in find_amounts(meant)):
        return meant
    return f"{meant} an hour, {year[0] / rate[0] / WEEKS_A_YEAR:g} hours a week"


def _option(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """Of a button that was taken, its words denied or dropped, and those of another of the same question."""
    if len(words(text)) > MOST or asks_plainly(text) or PAST.search(text):
        return None
    said = " | ".join(form(part) for part in re.split(STOP, text))
    for step_id, value in reversed(asked(progress.answers, at).items()):
        step = at.flow.steps[step_id]
        option = step.options.get(value) if step.kind == "choice" and step_id != progress.step else None
        names = sorted((form(name) for name in (option.label, *option.also)), key=len, reverse=True) if option else ()
        gone = next((found for name in names if len(name) >= LEAST and (found := _gone(name, said))), None)
        if gone is None:
            continue
        rest = f"{said[: gone.start()]} {said[gone.end() :]}"
        others = [key for key in phrases_in(rest, step.options, LEAST) if key != value]
        if len(others) == 1:
            return given_now(state, progress, step_id, others[0], at)
        if not others and (gone["drops"] or len(words(rest)) <= BARE):
            return _asked_again(state, progress, step_id, at)
    return None


def _gone(name: str, said: str) -> re.Match[str] | None:
    return re.search(rf"\b(?:(?P<drops>{DROPS})|{DENIES}) {OF_IT}{re.escape(name)}{ENDS}", said)


def _counted(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "Change the first one, I work elsewhere": an answer by its number."""
    found = CHANGES.search(text)
    place = ORDINALS.get(found["place"].lower()) if found else None
    steps = [step_id for step_id, done in way(progress.answers, at) if done]
    if found is None or place is None or place >= len(steps) or steps[place] == progress.step:
        return None
    meant = (found["meant"] or "").strip()
    turn = changed_to(state, progress, steps[place], meant, at) if meant else None
    return turn or _asked_again(state, progress, steps[place], at)


def _asked_again(state: State, progress: Progress, step_id: str, at: Setting) -> Turn:
    opening = say(at.knowledge.voice, "flow_redo", name=at.flow.steps[step_id].name)
    return shown(state, at_step(progress, step_id), at, opening)
