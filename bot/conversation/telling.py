"""Whether a message only tells of somebody's life: "single mom of two, i work nights". Whoever tells is thanked."""

from __future__ import annotations

import re

from bot.conversation.asks import OPENERS, asks
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import words_of
from bot.conversation.parts import OF_ONESELF

LEAST_TOLD = 4  # words; "my exam" names a thing, and nobody's life
OWN = re.compile(rf"^{OPENERS}(?:{OF_ONESELF}|me and my|we're|i'd|work|working|got|no)\b", re.IGNORECASE)
WISHED = re.compile(
    r"\b(?:wan(?:t|na)|need|wish|would like|i'd like|wonder\w*|curious|looking|interested|know|tell|explain|ask\w*"
    r"|question|help|info\w*|what|how|where|which|when|why|whether|if)\b",
    re.IGNORECASE,
)


def tells_only(text: str) -> bool:
    """Whether it begins as what people tell of themselves, and nothing in it asks or wishes for anything."""
    told = text.strip()
    long_enough = len(words_of(told)) >= LEAST_TOLD
    return long_enough and OWN.match(told) is not None and not WISHED.search(told) and not asks(told)


def tells_of_other_work(text: str, intent: str, knowledge: Knowledge) -> bool:
    """ "My cousin drives a truck" asks nothing that would have to be turned away, as small talk about other work is.

    That small talk is known by the question it leads to, which sets such work beside ours.
    """
    talk = knowledge.smalltalk.get(intent)
    turned_away = talk is not None and talk.kind == "out_of_scope" and knowledge.career.bare_alternative in talk.next
    return turned_away and tells_only(text)
