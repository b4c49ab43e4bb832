"""What is typed right after a result and is about it: "why", "you said", "yes or no", a figure that stands in it."""

from __future__ import annotations

import re

from bot.conversation.changing import changed
from bot.conversation.danger import is_urgent
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.engine import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.results import bare, in_short, note_card, result_text
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning, content_words
from bot.conversation.state import State, Turn
from bot.conversation.topics.above import UNLIKELY
from bot.conversation.understand import understand

LEAD = r"^\W*(?:(?:so|ok|okay|well|and|but|then|wait|lol|hm+|um)[\s,.]+)*"
YES_OR_NO = re.compile(
    rf"{LEAD}(?:(?:is|was) (?:that|it|this) an? (?:yes|no)\b|yes or no\b|(?:a )?yes or (?:a )?no\b"
    r"|(?:what'?s|what is|give me) (?:the|ur|your) (?:verdict|bottom line|short answer)|bottom line\b|just tell me\b)"
    r"|\b(?:so|is that|is it) (?:a )?yes or (?:a )?no\W*$|\bjust tell me\W*$",
    re.IGNORECASE,
)
WHY_THAT = re.compile(
    rf"{LEAD}(?:why|how come)(?: not(?: now| yet| go)?| tho(?:ugh)?| so| is that| that)?\W*$"
    rf"|{LEAD}(?:why|how come) (?:(?:do|did|would|are) )?(?:you|u|ya) "
    r"(?:say(?:ing)?|said|think(?:ing)?|put|g[ia]ve|count|use|show|tell(?:ing)?|told|pick|cho+se|recommend|suggest|not)\b"
    rf"|{LEAD}(?:why|how come) (?:does|did) (?:it|this|that) (?:say|show|come out)\b",
    re.IGNORECASE,
)
CLAIMS = re.compile(
    r"\b(?:why|how come|(?:you|u|ya|it|this|that) (?:just )?(?:said|says|quoted|told me|claims?|claimed)"
    r"|(?:result|cost|pay|estimate|total|price|plan) says?"
    r"|(?:you|u) (?:did ?n[o']?t|never) (?:mention|count|include|say))\b",
    re.IGNORECASE,
)
DOUBTS = re.compile(
    r"\b(?:why|how come|how (?:is|does|do|can|did|it|that|this|so)|where (?:do|does|did|is)|says?|said|quoted?|fit"
    r"|truly|really|wrong|sense|mean|means|but|instead|counts?|counted|includes?)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"(?<![\w.])(?P<percentile>percentile )?\$?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<k>k\b)?\s*(?P<unit>%|[a-z]+)?"
)
UNITS = {"%", "percent", "week", "month", "year", "hour"}
LARGE = 100  # a smaller figure is one of the result only with the same unit behind it


def challenged(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The verdict in short, or the card that explains: to "yes or no", "why", "you said", a figure of the result.

    A sure question that merely names such a figure is answered as ever.
    """
    if YES_OR_NO.search(event.text):
        short = "\n\n".join((in_short(progress, at), at.knowledge.voice["flow_estimate"]))
        return told(state, note_card(progress, at, short))
    named = _named(state, progress, event.text, at)
    if WHY_THAT.search(event.text):
        return explained(state, progress, at, verdict=not named)
    doubted = named and (DOUBTS.search(event.text) or not _is_sure(meaning, at.knowledge))
    return explained(state, progress, at) if doubted else None


def unclear(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The card that explains, to any other "why"; or "which part?", once. None for what is surely asked otherwise.

    Guesses at general questions would mislead: it is the result that is being read.
    """
    which = at.knowledge.voice["flow_which_part"]
    if _is_sure(meaning, at.knowledge):
        return None
    if CLAIMS.search(event.text):
        return explained(state, progress, at)
    if which in state.last or event.text.strip().isdecimal():
        return None
    return changed(told(state, note_card(progress, at, which)), probability=meaning.probability, meaning=meaning)


def of_fresh(state: State, event: Said, at: Setting) -> Meaning | None:
    """What the message means otherwise; None where the result is not what was said last, or something urgent is."""
    voice = at.knowledge.voice
    fresh = voice["flow_estimate"] in state.last or voice["flow_which_part"] in state.last
    if not fresh or not any(map(str.isalnum, event.text)):
        return None
    meaning = understand(event.text, state, at.knowledge)
    return None if is_urgent(meaning.intents, at.knowledge) else meaning


def explained(state: State, progress: Progress, at: Setting, *, verdict: bool = False) -> Turn:
    """The card of the flow that says where its result comes from, below the verdict where that is in question."""
    card = next((name for name, card in at.flow.result.items() if card.explains), "")
    opening = in_short(progress, at) if verdict and at.flow.verdict else ""
    return engine.shown(state, progress, at, opening, card=card)


def _named(state: State, progress: Progress, text: str, at: Setting) -> bool:
    """Whether a figure of the message stands in the result, or in the card of it that was read last."""
    said = figures(text)
    return bool(said) and not said.isdisjoint(
        figures(bare(state.last)) | figures(bare(result_text(progress, next(iter(at.flow.result)), at)))
    )


def figures(text: str) -> set[tuple[float, str]]:
    """Each figure with its unit, "" for money and other large ones; small ones without a unit are left out."""
    found = set()
    for match in FIGURE.finditer(text.lower()):
        number = float(match["number"].replace(",", "")) * (1000 if match["k"] else 1)
        unit = (match["unit"] or "").removesuffix("s") if match["unit"] != "s" else ""
        if match["percentile"] or unit in {"%", "percent"}:
            found.add((number, "%"))
        elif unit in UNITS:
            found.add((number, unit))
        elif number >= LARGE:
            found.add((number, ""))
    return found


def _is_sure(meaning: Meaning, knowledge: Knowledge) -> bool:
    """Small talk that a longer message is only perhaps taken for is not sure."""
    talk = knowledge.smalltalk.get(meaning.intents[0]) if meaning.outcome == "sure" else None
    perhaps = talk is not None and talk.kind == "smalltalk" and meaning.probability < UNLIKELY
    return meaning.outcome == "sure" and not (perhaps and content_words(meaning.match.words))
