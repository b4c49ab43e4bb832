"""What asks, at a result, how it came about: "show me the arithmetic", "how is that computed", "what is 63 in 100"."""

from __future__ import annotations

import re

from bot.conversation.flows.about_result import explained, figures, figures_of
from bot.conversation.flows.engine import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.results import note_card, text_of
from bot.conversation.plain_text import plain_text
from bot.conversation.state import State, Turn

OF_WORK = (
    r"(?!\W+(?:needed|required|skills?|class\w*|do|does|part|tests?|like|in|on)\b)"  # "the math needed" is the job's
)
WORKING = rf"(?:arithmetic|calculations?|computations?|maths?{OF_WORK}|formulas?|workings?)\b"
SHOWS = re.compile(
    rf"\b(?:show|see|give|walk|explain|break|spell|lay)\b(?:\W+\w+){{0,4}}?\W+{WORKING}"
    rf"|\b(?:what(?:'?s| is| was| are)|where(?:'?s| is| are)) (?:the|ur|your) {WORKING}"
    rf"|\bthe {WORKING} (?:behind|of|for|from|under)\b",
    re.IGNORECASE,
)
HOW = re.compile(
    r"\bhow (?:is|are|was|were|did|do|does|have|has)\b(?P<of>[^.?!]{0,60}?)"
    r"\b(?:comput\w+|calculat\w+|deriv\w+|reckon\w*|arriv\w+|c[oa]me up with|worked out"
    r"|(?:work|figure)d? (?:it|that|this) out|g[eo]t (?:to|from) (?=\$?\d|that\b|this\b|it\b))",
    re.IGNORECASE,
)
POINTS = re.compile(r"\b(?:it|that|this|these|those|they|you|u|your|ur)\b|\d", re.IGNORECASE)
SHARE = re.compile(r"(?<![\w.,])(?P<share>\d{1,3}) (?:in|of|out of) (?:a |one )?(?:100|hundred)\b", re.IGNORECASE)


def accounted(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The line that explains a share, or the card that explains all. None for other words.

    How "that" was worked out is asked of the result while it is what was said last, or by a figure that stands in it.
    """
    line = _of_share(progress, text, at)
    if line:
        return told(state, note_card(progress, at, line))
    how = HOW.search(text)
    of_this = how and POINTS.search(how["of"] + text[how.end() : how.end() + 12]) and _is_of(state, progress, text, at)
    return explained(state, progress, at) if SHOWS.search(text) or of_this else None


def _is_of(state: State, progress: Progress, text: str, at: Setting) -> bool:
    if at.knowledge.voice["flow_estimate"] in state.last:
        return True
    return not figures(text).isdisjoint(figures_of(progress, at))


def _of_share(progress: Progress, text: str, at: Setting) -> str:
    """What the card that explains says of "63 in 100", below its heading; "" when the message names no share of it."""
    said = SHARE.search(text)
    name = at.flow.explaining_card
    if not said or not name:
        return ""
    heading, *lines = [line for line in text_of(progress, name, at).splitlines() if line.strip()] or [""]
    of_it = [line for line in lines if said["share"] in {found["share"] for found in SHARE.finditer(plain_text(line))}]
    return "\n\n".join(("\n".join((heading, *of_it)), at.knowledge.voice["flow_estimate"])) if of_it else ""
