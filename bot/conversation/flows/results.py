"""The result of a flow: its cards, sources, picture, calendar, and what to do next."""

from __future__ import annotations

import datetime as dt

from bot.conversation import buttons
from bot.conversation.estimates.calendar import PlanDay, calendar_text
from bot.conversation.flows import presses
from bot.conversation.flows.cards import Rows, scope_of, worded
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.names import RAISES, FlowError, Scope
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Card
from bot.conversation.pictures import picture_of
from bot.conversation.plain_text import plain_text
from bot.conversation.state import Button, File, Picture, Reply
from bot.conversation.wording import paragraphs, say, source_line

PARAGRAPH = "\n\n"


def result_card(
    progress: Progress, at: Setting, card_id: str = "", opening: str = "", *, in_place: bool = False
) -> tuple[Reply, tuple[str, ...]]:
    """A card of the result (the first by default) and the ids of its sources.

    What can't be worked out is admitted, with the answers kept and the way to change them.
    """
    cards = at.flow.result
    first = at.flow.first_card
    name = card_id if card_id in cards else first
    scope = scope_of(progress, at)
    try:
        text, sources = _told(name, name == first, scope, at)
        reply = Reply(
            paragraphs(opening, text),
            _buttons(progress, name, scope, at),
            in_place,
            _picture(cards[name], scope, at),
            _file(cards[name], scope, at),
        )
    except (FlowError, *RAISES):
        broken = say(at.knowledge.voice, "flow_broken", title=at.flow.title)
        return Reply(broken, ((_change(progress, at),),), in_place), ()
    return reply, sources


def result_text(progress: Progress, card_id: str, at: Setting) -> str:
    """The whole text of one card. Raises FlowError or one of RAISES when it can't be worked out."""
    scope = scope_of(progress, at)
    result = _told(card_id, card_id == at.flow.first_card, scope, at)[0]
    _file(at.flow.result[card_id], scope, at)
    return result


def text_of(progress: Progress, card_id: str, at: Setting) -> str:
    """The same; "" when it can't be worked out."""
    try:
        return result_text(progress, card_id, at)
    except (FlowError, *RAISES):
        return ""


def in_short(progress: Progress, at: Setting) -> str:
    """The paragraph that the result begins with: the verdict and what decides it. "" when it can't be worked out."""
    try:
        text, _ = worded(at.flow.result[at.flow.first_card].text, scope_of(progress, at))
    except (FlowError, *RAISES):
        return ""
    return text.split(PARAGRAPH)[0]


def note_card(progress: Progress, at: Setting, text: str) -> Reply:
    """A few words about the result, with its own buttons."""
    first = at.flow.first_card
    try:
        return Reply(text, _buttons(progress, first, scope_of(progress, at), at))
    except (FlowError, *RAISES):
        return Reply(text, ((_change(progress, at),),))


def _told(name: str, first: bool, scope: Scope, at: Setting) -> tuple[str, tuple[str, ...]]:
    card, voice = at.flow.result[name], at.knowledge.voice
    text, used = worded(card.text, scope, card.cites)
    line, sources = source_line(used, at.knowledge, at.today)
    assumed = scope.assumed()
    foot = [
        say(voice, "flow_assumed", items="; ".join(assumed)) if first and assumed else "",
        say(voice, "flow_disclosure", told=at.knowledge.career.disclosure)
        if first and at.knowledge.career.disclosure
        else "",
        say(voice, "flow_estimate"),
    ]
    return paragraphs(text, "\n".join(filter(None, foot)), line), sources


def shown(card: Card, scope: Scope) -> bool:
    return not card.when or bool(scope.evaluate(card.when, "when"))


def _buttons(progress: Progress, name: str, scope: Scope, at: Setting) -> Rows:
    cards = at.flow.result
    first = at.flow.first_card
    others = [
        presses.act(progress, card.button or at.knowledge.voice["flow_result"], f"#{card_id}", "")
        for card_id, card in cards.items()
        if card_id != name and (card_id == first or (card.button and shown(card, scope)))
    ]
    if name != first:
        return buttons.rows(others)
    return (*buttons.rows(others), *_after(progress, at))


def _after(progress: Progress, at: Setting) -> Rows:
    voice = at.knowledge.voice
    keep = presses.act(progress, voice["flow_save"], "!save", "")
    share = presses.act(progress, voice["flow_share_button"], "!share", "")
    onward = [buttons.ask(name, at.knowledge) for name in at.flow.next]
    return ((_change(progress, at), keep, share), *buttons.rows(onward))


def _change(progress: Progress, at: Setting) -> Button:
    return presses.act(progress, at.knowledge.voice["flow_change"], "!sum", "")


def _picture(card: Card, scope: Scope, at: Setting) -> Picture | None:
    wish, area = card.picture, scope.area()
    if wish is None or area is None:
        return None
    amount = scope.evaluate(wish.amount, "amount") if wish.amount else None
    roles = scope.evaluate(wish.role, "role") if wish.role else ()
    named = [roles] if isinstance(roles, str) else list(roles or ())
    return picture_of(wish.kind, at.knowledge, areas=[area], roles=named, amount=amount)


def _file(card: Card, scope: Scope, at: Setting) -> File | None:
    if card.calendar is None:
        return None
    days = []
    for number, day in enumerate(card.calendar.days):
        on = scope.evaluate(day.day, f"day {number + 1} of the calendar")
        if isinstance(on, dt.date):
            title, note = (plain_text(worded(template, scope)[0]) for template in (day.title, day.text))
            days.append(PlanDay(on, title, note))
    return File(card.calendar.name, calendar_text(days, at.flow.title, at.today)) if days else None
