"""What stands behind an answer: its sources again, what each of them lives on, and who one of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import escape

from bot.conversation.asks import SENTENCE, asks
from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge, Source
from bot.conversation.meaning import Meaning
from bot.conversation.state import Reply, State, Turn
from bot.conversation.topics.answers import answered, next_buttons
from bot.conversation.topics.figure_source import asks_which, figures_in, lines_of, stand_in, told_last
from bot.conversation.wording import linked, say

WHOSE = r"(?:office|agency|department|bureau|website|site|survey|outfit|source|study|report)"
PUT_OUT = (
    r"(?:put|puts|publish\w*|count\w*|say|says|said|is that|was that|from|gave|gives|issue\w*|releas\w*|report\w*)"
)
END = r"\W*(?:$|[.!?])"
SAYS_WHO = re.compile(
    r"(?:^|(?<=[.!?,]))\W{0,8}(?:(?:ok|okay|but|and|so|yeah|lol|well|wait|um+)[\s,]+)*(?:"
    r"(?:says|sez|according to) who(?:m)?\b"
    rf"|who(?:['’]?s| is)? (?:says?|sayin\w*|told you)(?: so| that| this| it)?{END}"
    r"|who (?:even |actually )?(?:counted|measured|surveyed|came up with|published|put out|put (?:that|this|it) out"
    r"|worked (?:that|this|it) out|figured (?:that|this|it) out|decided (?:that|this)|made (?:that|this|it) up)\b"
    rf"|(?:wh?at|which) (?:\w+ )?{WHOSE}\b.{{0,30}}\b{PUT_OUT}\b"
    r"|(?:got|have|have you got|you got|any|give me (?:the|a|your)|whats? (?:the|your)|name (?:the|your)) sources?\b"
    rf"|sources?{END}"
    r"|wh?ere(?:['’]?s| does| do| did| is| are|d)? (?:the |that |this |these |those |your |you |u )?[^.!?]{0,40}"
    r"(?:come|coming|from|get|got)\b[^.!?]{0,25}[.!?]*$"
    r"|(?:wh?at(?:['’]?s| is) the )?margin of error"
    r"|how many (?:people|employers|workers) (?:did|do|were|was) (?:they|asked)\b)",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"\d|\b(?:number|figure|stat|percent\w*|data|info\w*|fact|wage|price|pay|that|this|it|these|those|you|u)s?\b",
    re.IGNORECASE,
)
FEW = 4  # words that ask for a source, which can only be that of what stands above
LINE = re.compile(r"<i>(?P<cited>[^\n]*)</i>")
MOST_LINES = 6


def says_who(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """The sources of what was just said, for words that ask for them; None where nothing above has any."""
    named = figures_in(event.text)
    told = told_last(state, knowledge, event.at) if named else None
    lines = lines_of(named, told, knowledge, event.at) if told else []
    if lines and asks_which(event.text):
        return _of_figures(lines, state, knowledge)
    asked = SAYS_WHO.search(event.text)
    if not asked or (len(event.text.split()) > FEW and not FIGURE.search(event.text)):
        return None
    rest = " ".join(part for part in SENTENCE.split(event.text) if part and not SAYS_WHO.search(part))
    if asks(rest):  # the answer to that will name its own sources
        return None
    strange = bool(named) and not stand_in(named, state.last)
    return _of_figures(lines, state, knowledge) if lines else _above(state, knowledge, strange=strange)


def sources(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn:
    """The same for a question after figures in other words; how sources are chosen, where it is about all of them."""
    turn = says_who(state, event, knowledge)
    if turn:
        return turn
    return answered(state, meaning.intents, knowledge, event.at, meaning=meaning)


def who_is(publisher: str, knowledge: Knowledge) -> str:
    """ "<a>Name</a>: what it lives on"."""
    source = next(source for source in knowledge.sources.values() if source.publisher == publisher)
    return f"{linked(publisher, source.url)}: {escape(stands(source, knowledge))}."


def stands(source: Source, knowledge: Knowledge) -> str:
    """What it gives, and what it lives on."""
    lives_on = source.interest or say(knowledge.voice, f"source_kind_{source.kind}")
    return f"{source.gives}; {lives_on}" if source.gives else lives_on


def _of_figures(lines: Sequence[str], state: State, knowledge: Knowledge) -> Turn:
    """Where the figures named come from, each by itself."""
    return _told(state, "\n\n".join([say(knowledge.voice, "sources_of_figures"), "\n".join(lines)]), knowledge)


def _above(state: State, knowledge: Knowledge, *, strange: bool) -> Turn | None:
    """All that the last message rests on; a figure that is asked about may be `strange` to it."""
    cited = list(_cited(state.last, knowledge))
    if not cited:
        return None
    groups: dict[str, list[str]] = {}
    for source, piece in cited:
        groups.setdefault(stands(source, knowledge), []).append(piece)
    lines = [f"• {'; '.join(pieces)}: {escape(told)}" for told, pieces in groups.items()]
    opening = say(knowledge.voice, "sources_not_mine" if strange else "sources_above")
    text = "\n\n".join([opening, "\n".join(lines[:MOST_LINES]), say(knowledge.voice, "sources_read_on")])
    return _told(state, text, knowledge)


def _told(state: State, text: str, knowledge: Knowledge) -> Turn:
    intent = knowledge.talk_of("sources")
    rows = next_buttons(intent, knowledge) if intent else ()
    return Turn(state.but(last=text), (Reply(text, rows),), "smalltalk", (intent,) if intent else ())


def _cited(text: str, knowledge: Knowledge) -> Iterator[tuple[Source, str]]:
    """Each source that the lines under a message name, once, with its dates as they stand there."""
    seen: set[str] = set()
    for piece in _pieces(text, knowledge):
        source = next((s for s in knowledge.sources.values() if linked(s.publisher, s.url) in piece), None)
        if source and source.publisher not in seen:
            seen.add(source.publisher)
            yield source, piece


def _pieces(text: str, knowledge: Knowledge) -> Iterable[str]:
    leads = tuple(f"{say(knowledge.voice, key)} " for key in ("source_one", "source_many"))
    for line in LINE.finditer(text):
        lead = next((lead for lead in leads if line["cited"].startswith(lead)), "")
        if lead:
            yield from line["cited"].removeprefix(lead).split("; ")
