"""What leans on the answer right above: it is pointed at instead of sent again, or asked back about with it in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from bot.conversation import buttons
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import plain, words_of
from bot.conversation.meaning import TOPIC_LASTS, Meaning, content_words
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.topics.unsure import offers
from bot.conversation.wording import say

THE_SAME = 0.9  # of an answer's letters that stand in the message before it
TELLING = 5.6  # rarity of a word that tells which part is asked for: in one of a hundred phrasings, or fewer
NOT_FAR = 1  # turns since an answer that still stands above
UNLIKELY = 0.5  # of small talk, that it is what was meant
CLOSE = 0.1  # of a question, to be offered beside the topic's own next ones
MOST_CLOSE = 2
MOST_OFFERED = 4


def pointed_at(before: State, text: str, turn: Turn, knowledge: Knowledge) -> Turn:
    """The turn as it is; or, where its answer is what was just said, the part of it that `text` asks for."""
    if turn.kind != "answer" or before.topic_age > NOT_FAR or len(turn.intents) != 1:
        return turn
    reply = turn.replies[0]
    paragraphs = reply.text.split("\n\n")
    again = _said_before(before, turn, knowledge)
    above = frozenset(paragraphs if again else before.last.split("\n\n"))
    fresh = [paragraph for paragraph in paragraphs if paragraph not in above]
    if sum(map(len, fresh)) > (1 - THE_SAME) * len(reply.text):
        return turn
    sources = paragraphs[-1:] if turn.sources else []
    guessed = say(knowledge.voice, "took_as", question=knowledge.question(turn.intents[0]))
    same = [paragraph for paragraph in paragraphs if paragraph in above and paragraph not in (guessed, *sources)]
    part = _part_about(text, same, knowledge)
    if not part:
        leans = turn.meaning is not None and turn.meaning.leans  # "who do I report them to" asks of the text itself
        return turn if leans else _told_already(turn, knowledge)
    opening = say(knowledge.voice, "from_above", topic=knowledge.title(turn.intents[0]))
    told = "\n\n".join([opening, *part, *sources])
    return replace(turn, state=turn.state.but(last=told), replies=(replace(reply, text=told, picture=None),))


def _said_before(before: State, turn: Turn, knowledge: Knowledge) -> bool:
    """Whether the same question with the same places and the rest was answered the turn before last, or was last
    pointed at: its text stands not far above, only not in the last message."""
    same = before.topic == turn.state.topic and before.slots == turn.state.slots
    pointed = say(knowledge.voice, "told_already", topic=knowledge.title(turn.intents[0]))
    short = before.last.startswith(say(knowledge.voice, "in_short"))
    return same and not short and (before.topic_age > 0 or before.last == pointed)


def _told_already(turn: Turn, knowledge: Knowledge) -> Turn:
    """The same whole text twice in a row helps nobody: that it stands above, and what else may be meant."""
    entry = knowledge.entries[turn.intents[0]]
    planned = tuple(name for name in entry.next if name.startswith(buttons.FLOW_NAMED))
    offered = (*planned, *_near(turn.intents[0], turn.meaning, knowledge))[:MOST_OFFERED]
    told = say(knowledge.voice, "told_already", topic=knowledge.title(turn.intents[0]))
    reply = replace(turn.replies[0], text=told, buttons=_to_pick(offered, knowledge), picture=None)
    return replace(turn, state=turn.state.but(last=told, offered=offered), replies=(reply,), sources=())


def _near(topic: str, meaning: Meaning | None, knowledge: Knowledge) -> tuple[str, ...]:
    """What is near the words, and what comes next after the topic."""
    near = [c.intent for c in meaning.match.questions[: MOST_CLOSE + 1] if c.share >= CLOSE] if meaning else []
    others = (intent for intent in (*near, *knowledge.questions_after(topic)) if intent != topic)
    return tuple(dict.fromkeys(others))[:MOST_OFFERED]


def _to_pick(offered: Sequence[str], knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    return (*offers(offered, (), knowledge), (buttons.menu(knowledge),))


def _part_about(text: str, paragraphs: Sequence[str], knowledge: Knowledge) -> list[str]:
    """The paragraph with the rarest of the words asked with, and the list that it opens; nothing if all are common."""
    matcher = knowledge.matcher
    asked = matcher.stems({*matcher.plain_words(text), *matcher.read(text)[0]})
    rare = {stem: rarity for stem in asked if (rarity := matcher.rarity(stem)) >= TELLING}
    told = [rare.keys() & matcher.stems(words_of(plain(paragraph))) for paragraph in paragraphs]
    weights = [fsum(rare[stem] for stem in shared) for shared in told]  # whatever order a set has
    if not max(weights, default=0.0):
        return []
    at = weights.index(max(weights))
    return list(paragraphs[at : at + 1 + paragraphs[at].endswith(":")])


def still_about(state: State, meaning: Meaning, knowledge: Knowledge) -> Turn | None:
    """Words that mean little by themselves, soon after an answer: what is near them and near it, to pick from."""
    fresh = knowledge.is_ours(state.topic) and state.topic_age < TOPIC_LASTS and not state.lost
    if not fresh or not _says_little(meaning, knowledge):
        return None
    offered = _near(state.topic, meaning, knowledge)
    text = say(knowledge.voice, "still_about", topic=knowledge.title(state.topic))
    return Turn(
        state=state.moved_on(text, offered=offered, topic_age=state.topic_age + 1, lost=1),
        replies=(Reply(text, _to_pick(offered, knowledge)),),
        kind="fallback",
        probability=meaning.probability,
        meaning=meaning,
    )


def _says_little(meaning: Meaning, knowledge: Knowledge) -> bool:
    if meaning.outcome == "lost":
        return not meaning.places
    if meaning.outcome == "torn" or knowledge.is_urgent(meaning.intents[0]):
        return False
    talks = knowledge.kind_of(meaning.intents[0]) == "smalltalk"
    return talks and meaning.probability < UNLIKELY and bool(content_words(meaning.match.words))
