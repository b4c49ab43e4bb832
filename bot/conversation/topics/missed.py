"""A complaint that something was not answered: sorry, and what it was about is answered now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.conversation import buttons
from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import WORD
from bot.conversation.meaning import content_words
from bot.conversation.state import Reply, State, Turn
from bot.conversation.topics.answers import answered
from bot.conversation.wording import say

YOU = r"(?:you|u|ya|this (?:thing|bot)|it)"
NOT = r"(?:(?:have|has|had|did|do|does|are|r|were|was)?(?:n['’]?t| not)|hvnt|never)"
REPLIED = (
    r"(?:repl\w+|answer\w*|respond\w*|address\w*|cover\w*|touch\w*|say|said|told|tell|mention\w*|explain\w*"
    r"|get to|got to)"
)
THING = r"(?:question|point|part|thing|bit|other (?:one|half)|half|one|rest|concern|query|queries|doubt)s?"
ABOUT = r"(?:about|on|regarding|re|concerning|with regard to|as to|abt|of)"
COMPLAINT = re.compile(
    rf"\b(?:{YOU}\s+(?:still\s+|just\s+|kind of\s+)?{NOT}\s+(?:even\s+|really\s+|actually\s+|yet\s+)?{REPLIED}"
    rf"(?:\s+(?:me|to|us|anything))*|{YOU}(?:['’]?ve| have)?\s+(?:just\s+|completely\s+|totally\s+)?"
    r"(?:ignor\w+|skip\w*|overlook\w*|miss(?:ed)?|forg[eo]t\w*|left out|dodg\w+|swallow\w+|dropped)"
    rf"|that (?:did(?:n['’]?t| not)|does(?:n['’]?t| not)|do(?:n['’]?t| not)|never) answer\w*"
    rf"|(?:what|how) about (?=my {THING})|(?:my|the) {THING}(?:\s+{ABOUT}[^,.!?]*)? (?:was|is|went|got|has been|were) "
    r"(?:ignored|skipped|(?:still )?(?:un|not )answered|missed|never answered|left out|overlooked|dropped))"
    rf"(?:\s+(?:my|the|what|all|any|to|it|me|both|other|second|first|last|of|{THING}|i (?:asked|said|wanted)))*"
    rf"(?:\s*{ABOUT})?",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"\b(?:my|the) {THING}\s+{ABOUT}\s+(?P<about>[^,.!?]*?) (?:was|is|went|got|has been|were)\b", re.IGNORECASE
)
NOTHING_NAMED = frozenset({
    "point", "points", "question", "questions", "part", "a", "b", "c", "d", "one", "two", "three", "asked", "thing",
    "those", "these", "please", "kindly", "now", "yet", "again", "answer",
})  # fmt: skip


def complains(text: str) -> bool:
    """Whether it says that something was not answered."""
    return COMPLAINT.search(text) is not None


def missed(
    state: State, event: Said, knowledge: Knowledge, ask: Callable[[State, Said, Knowledge], Turn]
) -> Turn | None:
    """None where nobody complains of that, or nothing was said yet."""
    found = COMPLAINT.search(event.text) if state.last else None
    if not found:
        return None
    before = BEFORE.search(event.text)
    about = before["about"] if before else event.text[found.end() :].strip(" ,.!?")
    about = re.sub(rf"\s+{THING}$", "", about, flags=re.IGNORECASE)
    told = [word for word in content_words(WORD.findall(about.lower())) if word not in NOTHING_NAMED]
    turn = ask(state, replace(event, text=about), knowledge) if told else None
    if turn is None or turn.kind not in {"answer", "clarify"}:
        return _ask_again(state, knowledge)
    if turn.kind == "clarify" and len(turn.intents) == 1:  # to be asked back once more would be too much
        turn = answered(state, turn.intents, knowledge, event.at)
    return turn.after(say(knowledge.voice, "missed"))


def _ask_again(state: State, knowledge: Knowledge) -> Turn:
    text = say(knowledge.voice, "missed_what")
    complaint = tuple(filter(None, [knowledge.talk_of("complaint")]))
    reply = Reply(text, ((buttons.menu(knowledge),),))
    return Turn(state.but(last=text, offered=(), topic_age=state.topic_age + 1), (reply,), "smalltalk", complaint)
