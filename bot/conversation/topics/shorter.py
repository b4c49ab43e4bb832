""" "Shorter please", "say it more simple": the last answer's own first words, which hold what was asked."""

from __future__ import annotations

import re

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import WORD
from bot.conversation.meaning import Meaning
from bot.conversation.state import Reply, State, Turn
from bot.conversation.topics.answers import next_buttons
from bot.conversation.topics.recalled import recall
from bot.conversation.wording import answer, say

ASKED = re.compile(
    r"\b(?:short\w*|simpl\w*|plain\w*|eas(?:y|ier)|eli5|like (?:im|i m|i am)|dumb|tl ?dr|too (?:long|much|many)"
    r"|long (?:af|asf|answers?)|(?:so|very|really) long|boil|gist|main (?:thing|point)|break (?:it|that|this)"
    r"|sum (?:it|that)|summar\w+"
    r"|(?:dont|don t|do not|not|no|didnt|didn t|cant|can t) (?:really )?(?:underst\w+|get it|follow)"
    r"|confus\w+|lost me|over my head)\b"
)


def shortened(state: State, meaning: Meaning, event: Said, knowledge: Knowledge) -> Turn | None:
    """The answer just given cut to its first paragraph, with the list it opens; None where that was not asked."""
    said = " ".join(WORD.findall(event.text.lower().replace(";", "").replace("'", "")))
    if state.topic_age or not knowledge.is_ours(state.topic) or not ASKED.search(said):
        return None
    recalled = recall(state, [state.topic], (), None, knowledge)
    areas = [knowledge.areas[place.codes[0]] for place in recalled.places]
    known = knowledge.vocabulary.glossary
    wording, _ = answer(state.topic, knowledge, event.at, places=areas, slots=recalled.slots, explained=known)
    first, *more = wording.text.split("\n\n")
    opening = f"{say(knowledge.voice, 'in_short')} {first}"
    kept = [opening, *(more[:1] if first.endswith(":") else ()), *(more[-1:] if wording.sources else ())]
    told = "\n\n".join(dict.fromkeys(kept))
    reply = Reply(told, next_buttons(state.topic, knowledge))
    return Turn(state.but(last=told), (reply,), "smalltalk", meaning.intents, sources=wording.sources, meaning=meaning)
