"""A message that is about something else throughout: what it wishes for is named first, the question names it no more.

"I want to be a welder. What do beginners make?" asks about welders, though its second half by itself is one of ours.
"""

from __future__ import annotations

import re

from bot.conversation.asks import SENTENCE
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import kind_token
from bot.conversation.slots import find_slots, names_ours

WISH = re.compile(
    r"\b(?:want(?:s|ed)?|wanna|(?:would|'d) (?:like|love)|hop(?:e|es|ing)|plan(?:s|ning)?|dream|thinking|thought"
    r"|consider(?:ing)?|look(?:ing|ed)? (?:at|into)|decid(?:ed|ing)|try(?:ing)?|going|gonna|interested|appl(?:ied|ying)"
    r"|accepted|offered|enroll?(?:ed|ing)?|signed up|study(?:ing)?|train(?:ing)?|passed|finish(?:ed|ing)?"
    r"|start(?:ed|ing)?|bec(?:ome|oming|ame))\b",
    re.IGNORECASE,
)
BESIDE = re.compile(r"\b(?:instead|rather|than|versus|vs|compared?|quit|left|dropped|but)\b", re.IGNORECASE)
HARDLY_OURS = 0.6  # of the sentence with the wish


def elsewhere(text: str, knowledge: Knowledge) -> str:
    """The small talk that turns away what one sentence wishes for and others ask about; "" for nearly all messages."""
    sentences = [sentence for sentence in SENTENCE.split(text) if sentence and sentence.strip()]
    if len(sentences) < 2 or not WISH.search(text):
        return ""
    if names_ours(text, knowledge):
        return ""
    return next(filter(None, (_wished(sentence, knowledge) for sentence in sentences)), "")


def _wished(sentence: str, knowledge: Knowledge) -> str:
    wish = WISH.search(sentence)
    if not wish or BESIDE.search(sentence):
        return ""
    behind = sentence[wish.end() :]
    kinds = knowledge.once(elsewhere, lambda: frozenset(map(kind_token, knowledge.vocabulary.kinds)))
    if kinds.isdisjoint(knowledge.matcher.read(behind)[0]) and not find_slots(behind, knowledge).roles:
        return ""
    match = knowledge.matcher.match(sentence)
    best = match.candidates[0].intent if match.candidates else ""
    away = best != "" and knowledge.kind_of(best) == "out_of_scope"
    return best if away and match.ours <= HARDLY_OURS else ""
