"""One answer put right at a result, by its name or by its figure: "the 2,100 isn't what comes in, it's 1,400"."""

from __future__ import annotations

import re

from bot.conversation.asks import may_ask
from bot.conversation.flows.mending import LESS, changed_to, names
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import reads_as
from bot.conversation.flows.supposing import is_of, reads
from bot.conversation.flows.yes_no import SAID_NO
from bot.conversation.state import State, Turn

LEAD = (
    rf"^\W*(?:(?:ok|okay|and|but|so|well|hm+|then|wait|{SAID_NO}|oh|sorry|actually|please|pls|can (?:you|u|i|we)"
    r"|could (?:you|u|i|we)|i (?:want|need|have|would like) to|i (?:wanna|gotta)|lets|let's)[\s,.!]+)*"
)
SETS = re.compile(
    rf"{LEAD}(?:change|set|switch|move|make|put|fix|correct|update)\s+(?:the |my |our )?(?P<name>[a-z][a-z' ]{{2,24}}?)"
    r"\s+(?:to|into|as|at)\s+(?P<meant>.+)$",
    re.IGNORECASE | re.DOTALL,
)
IS_TO_BE = re.compile(  # "the tuition is 900, change it"
    rf"{LEAD}(?:the |my |our )?(?P<name>[a-z][a-z' ]{{2,24}}?)\s+(?:is|was|are|should be)\s+"
    r"(?P<meant>[^\n]{1,80}?)[\s,.;]{1,4}"
    r"(?:(?:so|then|and|please|pls|can you|just) )*(?:change|fix|correct|update|put) (?:it|that|this)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
WANTS = re.compile(
    rf"{LEAD}(?:i|we|my|it|its|it's|that|the)\b[^?]*?"
    r"\b(?:wanna|want|would|will|can|could|'?ll|rather|gonna|going to|prefer|should be|supposed to be)\b",
    re.IGNORECASE,
)
MEANT = re.compile(rf"{LEAD}i (?:meant|mean|said)\b", re.IGNORECASE)
FIGURE = r"\$?\d[\d,]*(?:\.\d+)?\s?k?\b(?: ?(?:dollars|bucks|an hour|/hr|a month|a week|a year|hours|hrs)\b)?"
NOT = (
    r"(?:(?:is|was|are|does|did|can|could) ?n?['’]?o?t(?: be)?|ain['’]?t|cannot be|(?:is|was|looks?|sounds?) (?:all )?"
    r"(?:wrong|off|not))"
)
DENIED = re.compile(
    rf"(?P<before>(?<!\d)(?<!\d,){FIGURE})\s+{NOT}(?!\w)|\b(?:not|instead of|rather than|n['’]t|isnt|arent|wasnt)\s+"
    rf"(?:the |about |for |like |just )?(?P<behind>{FIGURE})",
    re.IGNORECASE,
)
CLAUSE = splitter("and", "but", "so", "plus")
DIGIT = re.compile(r"\d")
INSTEAD = re.compile(
    r"\b(?:not|instead of|rather than)\s+(?:(?:in|on|at|until|the|a|next|this)\s+)*[^\W\d]\w*", re.IGNORECASE
)


def put_right(state: State, progress: Progress, text: str, at: Setting, *, wishes: bool) -> Turn | None:
    """The result with that one answer changed; None where it can't be told which, or nothing is put right.

    A mere wish, "I want to start in March", counts only with `wishes`: where nothing else can be meant.
    """
    set_to = SETS.match(text.strip()) or IS_TO_BE.match(text.strip())
    if set_to:
        step_id = next((s for s in asked(progress.answers, at) if names(set_to["name"], at.flow.steps[s])), "")
        return changed_to(state, progress, step_id, set_to["meant"].rstrip("? "), at) if step_id else None
    if may_ask(text) or LESS.search(text):
        return None
    denied = [found["before"] or found["behind"] for found in DENIED.finditer(text)]
    meant = INSTEAD.sub(" ", DENIED.sub(" ", text))
    if not (denied or meant != text or MEANT.match(text) or (wishes and WANTS.match(text))):
        return None
    step_id = _step_of(text, meant, denied, progress, at)
    return changed_to(state, progress, step_id, meant, at) if step_id else None


def _step_of(text: str, meant: str, denied: list[str], progress: Progress, at: Setting) -> str:
    """The one step that is named beside the figure, or whose answer is the denied one, and that would change."""
    given = asked(progress.answers, at)
    steps = {s: at.flow.steps[s] for s in given}
    able = {s: step for s, step in steps.items() if reads(step, meant, at) and not reads_as(step, meant, given[s], at)}
    near = [part for part in CLAUSE.split(text) if DIGIT.search(part)] or [text]
    named = {s for s, step in able.items() if any(is_of(step, part) for part in near)}
    held = {s for s, step in able.items() if any(reads_as(step, figure, given[s], at) for figure in denied)}
    for found in (named & held, named, held):
        if len(found) == 1:
            return found.pop()
    return ""
