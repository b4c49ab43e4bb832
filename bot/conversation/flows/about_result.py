"""What is typed right after a result and is about it: "why", "you said", "yes or no", a figure that stands in it."""

from __future__ import annotations

import re

from bot.conversation.asks import may_ask
from bot.conversation.changing import changed
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.beginning import flow_offered
from bot.conversation.flows.engine import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.results import in_short, note_card, text_of
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning, content_words
from bot.conversation.plain_text import plain_text
from bot.conversation.state import State, Turn
from bot.conversation.topics.above import UNLIKELY
from bot.conversation.topics.said_before import SAID_BEFORE
from bot.conversation.understand import understand
from bot.conversation.wording import say

LEAD = r"^\W*(?:(?:so|oh|ok|okay|well|and|but|then|wait|lol|hm+|um)[\s,.]+)*"
ACT = r"(?:do ?n[o']?t|do not|not|do (?:it|this|that)|hold off|walk away|go for it|go ahead)"
SAY = rf"(?:no|yes|nope|wait|go|skip|{ACT})"
SHOULD = r"(?:(?:i|we) should(?: ?n[o']?t)?|should(?: ?n[o']?t)? (?:i|we))"
OTHERWISE = (  # "don't they test that", "don't know"
    r"(?! (?:i|they|you|u|we|most|all|know|understand|get|care|want|wanna|need|have|like|think|believe|see|mind|sure)"
    r"\b)"
)
VERDICT = re.compile(
    rf"{LEAD}(?:(?:is|was) (?:that|it|this) an? (?:yes|no)\b|(?:thats|that's|its|it's) an? (?:yes|no)\b"
    r"|yes or no\b|(?:a )?yes or (?:a )?no\b"
    r"|(?:what'?s|what is|give me) (?:the|ur|your) (?:verdict|bottom line|short answer)|bottom line\b|just tell me\b)"
    r"|\b(?:so|is that|is it) (?:a )?yes or (?:a )?no\W*$|\bjust tell me\W*$"
    rf"|{LEAD}(?:are |r )?(?:you|u|ya|youre|you're|ur) (?:(?:basically|just|really|actually) )*"
    rf"(?:saying|sayin|telling|tellin)(?: me| us)? (?:(?:to|that|its|it's|a|like|just|better) )*(?:{SAY}|{SHOULD})\b"
    r"|\bshould (?:i|we) (?:do (?:it|this)|go for it|sign(?: up)?|enroll)\b.*\b(?:or not|just tell me|then)\b",
    re.IGNORECASE,
)
CONCLUDES = re.compile(
    rf"{LEAD}(?:(?:i guess|basically|just|please|better|u mean|you mean) )*(?:{ACT}\b{OTHERWISE}|{SHOULD}\b)"
    rf"|^\W*(?:(?:ok|oh|and|but) )?(?:so|then)[\s,]+(?:its |it's |thats |that's )?(?:a |an )?{SAY}\W*$",
    re.IGNORECASE,
)
MOST_CONCLUDED = 8  # words of a conclusion; more is a question or a story of its own
WHOLE = 5  # words that say something, in a question that says what it is about
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
    r"|truly|really|told|which is (?:it|right|true)|wrong|sense|mean|means|but|instead|counts?|counted|includes?)\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    r"(?<![\w.])(?P<percentile>percentile )?\$?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<k>k\b)?\s*(?P<unit>%|[a-z]+)?"
)
UNITS = {"%", "percent", "week", "month", "year", "hour"}
ASKS_SOURCE = re.compile(
    r"\b(?:who says|says who|(?:from )?where (?:do|does|did|is|are|u|you)|why|how come|how (?:do|did) (?:you|u|ya))\b",
    re.IGNORECASE,
)
TELLING = 1000  # a figure so large is one of the result wherever it is named
LARGE = 100  # a smaller figure is one of the result only with the same unit behind it


def challenged(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The verdict in short, or the card that explains: to "so I should wait", "why", "you said", a figure of it.

    A sure question that merely names such a figure is answered as ever.
    """
    if _asks_verdict(event.text, progress, meaning, at):
        short = "\n\n".join((in_short(progress, at), at.knowledge.voice["flow_estimate"]))
        return told(state, note_card(progress, at, short))
    if SAID_BEFORE.match(event.text):
        return told(state, note_card(progress, at, say(at.knowledge.voice, "told_already", topic=at.flow.title)))
    named = _named(state, progress, event.text, at)
    if WHY_THAT.search(event.text):
        return explained(state, progress, at, verdict=not named)
    doubted = named and (DOUBTS.search(event.text) or not _is_sure(meaning, at.knowledge))
    return explained(state, progress, at) if doubted else None


def doubted_later(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The card that explains, to "who says 39,600" when something else was talked of since the result."""
    if not ASKS_SOURCE.search(text):
        return None
    of_result = {(figure, unit) for figure, unit in figures_of(progress, at) if figure >= TELLING and not unit}
    named = (figures(text) & of_result) - figures(plain_text(state.last))
    return explained(state, progress, at) if named else None


def _asks_verdict(text: str, progress: Progress, meaning: Meaning, at: Setting) -> bool:
    """Whether it asks for the verdict, or draws it: "so don't sign". What is surely asked otherwise does not."""
    if VERDICT.search(text):
        return True
    if not CONCLUDES.search(text) or len(text.split()) > MOST_CONCLUDED:
        return False
    ours = flow_offered(meaning.intents[0], at.knowledge) == progress.flow if meaning.intents else False
    return ours or not _is_sure(meaning, at.knowledge)


def unclear(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The card that explains, to any other "why"; or "which part?", once. None for what is surely asked otherwise.

    Guesses at general questions would mislead: it is the result that is being read. But a whole question that names
    nothing of it is one of its own.
    """
    which = at.knowledge.voice["flow_which_part"]
    if _is_sure(meaning, at.knowledge):
        return None
    if CLAIMS.search(event.text):
        return explained(state, progress, at)
    if may_ask(event.text) and len(content_words(meaning.match.words)) >= WHOLE:
        return None
    if which in state.last or event.text.strip().isdecimal():
        return None
    return changed(told(state, note_card(progress, at, which)), probability=meaning.probability, meaning=meaning)


def of_fresh(state: State, event: Said, at: Setting) -> Meaning | None:
    """What the message means otherwise; None where the result is not what was said last."""
    voice = at.knowledge.voice
    fresh = voice["flow_estimate"] in state.last or voice["flow_which_part"] in state.last
    if not fresh or not any(map(str.isalnum, event.text)):
        return None
    return understand(event.text, state, at.knowledge)


def explained(state: State, progress: Progress, at: Setting, *, verdict: bool = False) -> Turn:
    """The card of the flow that says where its result comes from, below the verdict where that is in question."""
    opening = in_short(progress, at) if verdict and at.flow.verdict else ""
    return engine.shown(state, progress, at, opening, card=at.flow.explaining_card)


def _named(state: State, progress: Progress, text: str, at: Setting) -> bool:
    """Whether a figure of the message stands in the result, or in the card of it that was read last."""
    said = figures(text)
    return bool(said) and not said.isdisjoint(figures(plain_text(state.last)) | figures_of(progress, at))


def figures_of(progress: Progress, at: Setting) -> set[tuple[float, str]]:
    """The figures that stand in the result; none where it can't be worked out."""
    return figures(plain_text(text_of(progress, at.flow.first_card, at)))


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
    if meaning.outcome != "sure":
        return False
    perhaps = knowledge.kind_of(meaning.intents[0]) == "smalltalk" and meaning.probability < UNLIKELY
    return not (perhaps and content_words(meaning.match.words))
