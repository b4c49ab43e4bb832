""" "You just said that": nothing is sent again; a line that it stands above, and where one can go from there."""

from __future__ import annotations

import re

from bot.conversation import buttons
from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import say

LEAD = r"^\W*(?:(?:ok|okay|but|and|yeah|yea|yes|lol|bro|bruh|no|um|ugh|wait|well|girl|man|dude|hey|so|omg)[\s,.!]+)*"
WHEN = r"(?:already|twice|before|again|earlier|just now|above|(?:like )?\w+ times|a (?:minute|second|moment) ago)"
TOLD = (
    r"(?:said|sayin|say(?:ing)?|told|tell(?:ing)?|show(?:ed|n|ing|in)?|sent|send(?:ing)?|ga?ve|wrote|answered"
    r"|repeat(?:ed|ing)?)(?:\s+(?:me|us))?"
)
SAME = r"the\s+(?:(?:exact|very)\s+)?same(?:\s+\w+)?"
THAT = rf"(?:that|this|it|these|those|all (?:of )?(?:that|this)|{SAME})"
TAIL = rf"(?:[\s,.!]+(?:{WHEN}|lol|bro|bruh|man|to me|though|tho|haha|smh))*[\s.!?]*$"
SAID_BEFORE = re.compile(
    rf"{LEAD}(?:(?:you|u|ya|youve|you've|u've|youre|you're)\s+"
    rf"(?:(?:already|just|literally|have|did|keep|kept|only|are)\s+)+{TOLD}\s+{THAT}"
    rf"|(?:you|u|ya)\s+{TOLD}\s+{THAT}\s+{WHEN}"
    rf"|(?:that'?s|this is|it'?s)\s+(?:just\s+)?{SAME}(?:\s+as)?){TAIL}",
    re.IGNORECASE,
)


def said_before(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """What the last answer leads to, a flow first; None where that was not said, or nothing was answered lately."""
    fresh = knowledge.is_ours(state.topic) and state.topic_age < TOPIC_LASTS
    if not fresh or not SAID_BEFORE.match(event.text):
        return None
    told = say(knowledge.voice, "told_already", topic=knowledge.title(state.topic))
    after = sorted(knowledge.entries[state.topic].next, key=lambda name: not name.startswith(FLOW_NAMED))
    rows = buttons.rows(buttons.ask(name, knowledge) for name in after)
    reply = Reply(told, (*rows, (buttons.menu(knowledge),)))
    complaint = tuple(filter(None, [knowledge.talk_of("complaint")]))
    return Turn(state.but(last=told, lost=0), (reply,), "smalltalk", complaint)
