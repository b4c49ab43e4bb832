"""A question about the options of the step that waits: "what's the difference", "which is easiest", "what's WIOA"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.flows.cards import scope_of, worded
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import EMPTY, form, option_in, phrase_in, words
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Option, Step
from bot.conversation.wording import paragraphs, source_line

LEAD = r"^\W*(?:(?:and|but|ok|okay|so|wait|lol|um|hmm|idk|sorry|well|i dont know|i don't know)[\s,.]+)*"
THESE = r"(?:these|those|they|them|all (?:of )?(?:these|those|them)|the (?:options|choices))"
MOST = r"(?:easiest|cheapest|best|quickest|fastest|simplest|shortest|easier|cheaper|better)"
ABOUT_THEM = re.compile(
    rf"{LEAD}(?:w[ah]{{1,3}}t(?:'?s| is| are)? the diff(?:erences?)?\b.{{0,60}}"
    rf"|(?:what(?:'?s| is)|which (?:one )?(?:is|of {THESE} is)) (?:the )?{MOST}(?: one| option| choice)?"
    rf"(?: of {THESE}| for (?:me|a beginner|beginners))?"
    rf"|what (?:do|are|does) (?:{THESE}|that|this) *(?:mean|all mean|for)?|explain (?:{THESE}|that|this)"
    r"|(?:which|what)(?: one)? (?:should|do|would) (?:i|you) (?:pick|take|choose|recommend|suggest))\W*$",
    re.IGNORECASE,
)
WHAT_IS = re.compile(
    rf"{LEAD}(?:what(?:'?s| is| are| does| do)|wats|explain|tell me (?:about|what)|define) (?:an? |the )?"
    r"(?P<named>.{1,120}?)(?: means?| is| for)?\W*$",
    re.IGNORECASE,
)
MEANS = re.compile(
    r"\b(?:what (?:do|d|did)?\s*(?:you|u|ya) mean(?: by (?:that|this|it))?"
    r"|w[ah]{1,3}ts? (?:does )?(?:that|this|it) mean"
    r"|how (?:do|should) you mean|i (?:dont|don['’]t) (?:get|understand) (?:it|this|that|the question))\W*$",
    re.IGNORECASE,
)
MEANS_BY = re.compile(
    r"\bwhat (?:do|d|did|does)?\s*(?:you|u|ya|it) mean (?:by|with) (?:the |an? )?['\"“]?(?P<named>[\w' ]{2,40})|"
    r"\bwhat (?:is|does|['’]?s) (?:the |an? )?['\"“]?(?P<means>[\w' ]{2,40}?)['\"”]? (?:mean|supposed to mean)\b",
    re.IGNORECASE,
)
COUNTS = re.compile(
    rf"{LEAD}(?:do|does|would|will|is|are|can|could) (?:an? |my |the |being |working (?:in|at|as) )*(?P<what>.+?) "
    r"(?:be )?(?:counts?|counted|considered|qualify)(?: (?:here|too|then))?"
    r"(?: (?:as|for|like|towards?) (?:an? |the |being )?(?P<as>.+?))?\W*$",
    re.IGNORECASE,
)
WHY = re.compile(
    r"^\W*(?:(?:but|and|ok|wait|lol|um)[\s,]+)*why (?:do|does|are|is|would|should)?\s*(?:you|u|ya|they|that|this|it)\b"
    r"\s*(?:\w+\s*){0,4}(?:ask|asking|need|know|want|matter|important|say|tell)\b.{0,25}$"
    r"|^\W*(?:but |and |ok )?why\W*$",
    re.IGNORECASE,
)
FIND_OUT = re.compile(
    r"\b(?:how (?:do|can|would|could|should) (?:we|i|you|one)"
    r" (?:find (?:that |this |it )?out|know(?: that)?|tell|check)"
    r"|where (?:do|can|would|could) (?:we|i|you|one)"
    r" (?:find (?:that|this|it)(?: out)?|find out|look(?: it up)?|see that))\W*$",
    re.IGNORECASE,
)


def wonders_why(text: str) -> bool:
    return WHY.match(text) is not None


def asks_how(text: str, step: Step) -> bool:
    """Whether it asks what is meant by the question, or by words of it, or how to find its answer out."""
    return MEANS.search(text) is not None or FIND_OUT.search(text) is not None or _means_words_of(text, step)


def _means_words_of(text: str, step: Step) -> bool:
    """ "What do you mean by new pay", where an option says just that."""
    found = MEANS_BY.search(text)
    said = form(found["named"] or found["means"]) if found else ""
    asked = (step.ask, step.hint, *(option.label for option in step.options.values()))
    return bool(said) and any(f" {said} " in f" {form(part)} " for part in asked)


def counts_as(text: str, options: Mapping[str, Option]) -> str:
    """The option meant by who asks whether a thing of theirs counts: "does a dental office count as health care"."""
    found = COUNTS.match(text)
    named = phrase_in(found["what"], options) if found else ""
    instead = phrase_in(found["as"] or "", options) if found else ""
    return named if not instead or instead == named else ""


def reason(progress: Progress, at: Setting) -> str:
    """Why the step is asked, "" where its author gave no reason."""
    why = at.flow.steps[progress.step].why
    return worded(why, scope_of(progress, at))[0] if why else ""


def asks_of_options(text: str) -> bool:
    return ABOUT_THEM.match(text) is not None


def asks_of_one(progress: Progress, text: str, at: Setting) -> bool:
    """Whether it asks what one of the options is."""
    found = WHAT_IS.match(text)
    named = " ".join(word for word in words(found["named"]) if word not in EMPTY) if found else ""
    return bool(named and option_in(named, at.flow.steps[progress.step].options, fuzzy=False))


def helped(progress: Progress, at: Setting) -> str:
    """What the options of the step are, with the sources of its figures; "" where its author wrote nothing."""
    step = at.flow.steps[progress.step]
    if not step.help:
        return ""
    text, used = worded(step.help, scope_of(progress, at))
    line, _ = source_line(used, at.knowledge, at.today)
    return paragraphs(text, line)
