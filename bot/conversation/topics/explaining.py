"""A word of ours that is asked about: its line of the glossary or who a source is, then whatever else was asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from markupsafe import escape

from bot.conversation import buttons
from bot.conversation.asks import asks
from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import plain, words_of
from bot.conversation.meaning import sure
from bot.conversation.own_words import OwnWords, own_words
from bot.conversation.state import Reply, State, Turn
from bot.conversation.topics.behind import who_is

MOST_BUTTONS = 2
BETWEEN = re.compile(r"\bdiff\w* between\b", re.IGNORECASE)  # a question of ours may be about just that difference


def explained(
    state: State, event: Said, knowledge: Knowledge, ask: Callable[[State, Said, Knowledge], Turn]
) -> Turn | None:
    """None where no word of ours is asked about, or one that a question of ours is all about."""
    asked = own_words(event.text, knowledge)
    if asked is None:
        return None
    match = knowledge.matcher.match(event.text)
    alone_asked = match if not asked.rest else knowledge.matcher.match(f"what is {' and '.join(asked.terms)}")
    if _is_its_subject(asked, alone_asked, knowledge) or (BETWEEN.search(event.text) and sure(match)):
        return None
    told = "\n\n".join([_meanings(asked, knowledge), *(who_is(name, knowledge) for name in asked.sources)]).strip()
    alone = _alone(state, asked, match, told, knowledge)
    if not asks(asked.rest):
        return alone
    turn = ask(state, replace(event, text=asked.rest), knowledge)
    if turn.kind in {"clarify", "fallback"} and "?" not in asked.rest:
        return alone
    return turn.after(told)


def _is_its_subject(asked: OwnWords, match: Match, knowledge: Knowledge) -> bool:
    """Whether the question that the message surely asks has the word in its own name: "what is the diploma"."""
    best = match.questions[0].intent if match.questions and sure(match) else ""
    if not best or not asked.terms:
        return False
    stems = knowledge.matcher.stems
    name = set(stems(words_of(plain(f"{knowledge.title(best)} {knowledge.question(best)}"))))
    glossary = knowledge.vocabulary.glossary
    return all(
        any(name.issuperset(stems(words_of(plain(form)))) for form in (term, *glossary[term].also))
        for term in asked.terms
    )


def _meanings(asked: OwnWords, knowledge: Knowledge) -> str:
    glossary = knowledge.vocabulary.glossary
    return "\n".join(f"<b>{escape(term)}</b>: {escape(glossary[term].means)}" for term in asked.terms)


def _alone(state: State, asked: OwnWords, match: Match, told: str, knowledge: Knowledge) -> Turn:
    uses = [intent for term in asked.terms for intent in _uses(term, match, knowledge)]
    rows = buttons.rows(buttons.ask(intent, knowledge) for intent in list(dict.fromkeys(uses))[:MOST_BUTTONS])
    told_now = tuple(dict.fromkeys((*state.explained, *asked.terms)))
    settled = {"offered": (), "choosing": (), "lost": 0, "topic_age": state.topic_age + 1}
    return Turn(
        state=state.but(last=told, explained=told_now, **settled),
        replies=(Reply(told, rows or ((buttons.menu(knowledge),),)),),
        kind="answer" if uses else "smalltalk",
        intents=tuple(uses[:1]) or tuple(filter(None, [knowledge.talk_of("sources")])),
    )


def _uses(term: str, match: Match, knowledge: Knowledge) -> list[str]:
    """The questions whose answers use the word: what the message sounds like most first, then the fewest words."""
    see = [intent for intent in knowledge.vocabulary.glossary[term].see if knowledge.is_ours(intent)]
    using = see or [intent for intent, entry in knowledge.entries.items() if term in entry.terms]
    share = {candidate.intent: candidate.share for candidate in match.questions}
    return sorted(using, key=lambda intent: (-share.get(intent, 0.0), len(knowledge.entries[intent].terms)))
