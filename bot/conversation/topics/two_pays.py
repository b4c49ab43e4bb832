"""What is made now beside what is offered: the difference by the hour and by the year, and what else to weigh."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.amounts import Amount, yearly
from bot.conversation.amounts.worked import HOURS_A_YEAR
from bot.conversation.events import Said
from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.own_pay import pays_in
from bot.conversation.slots import NUMBER, PAID, Slots
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import pay_told, say

WEEKS = 52
ROUND = 10  # dollars, to which sums of a year are rounded


def two_pays(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """None where not both are known, from the message or the other of them from just before."""
    career = knowledge.career
    if not (career.bare_amount and career.own_amount and NUMBER.search(event.text)):
        return None
    own, offered = pays_in(event.text)
    if own is None and offered is None:
        return None
    own = own or _before(state, career.own_amount, offered)
    offered = offered or _before(state, career.bare_amount, own)
    return _told(state, own, offered, knowledge) if own and offered else None


def _before(state: State, topic: str, other: Amount | None) -> Amount | None:
    """The sum that was talked of just before, where it was of the other kind."""
    slots = Slots.from_plain(state.slots)
    fresh = state.topic == topic and state.topic_age <= TOPIC_LASTS
    if not fresh or slots.amount is None or slots.per not in PAID:
        return None
    before = Amount(slots.amount, slots.amount, per=slots.per)  # type: ignore[arg-type]
    return before if other and yearly(before).middle != yearly(other).middle else None


def _told(state: State, own: Amount, offered: Amount, knowledge: Knowledge) -> Turn:
    career = knowledge.career
    now, then = yearly(own).middle, yearly(offered).middle
    text = say(
        knowledge.voice, "two_pays",
        own=pay_told(own.middle, own.per, knowledge.voice),
        offered=pay_told(offered.middle, offered.per, knowledge.voice), less=then < now, same=then == now,
        by_hour=write_number(round(abs(then - now) / HOURS_A_YEAR, 2), "usd_hour"),
        by_year=write_number(_rounded(abs(then - now)), "usd_year"),
        percent=round(abs(then - now) * 100 / now), week=write_number(_rounded(now / WEEKS), "usd_week"),
    )  # fmt: skip
    kept = Slots(amount=offered.middle, per=offered.per, a_year=then, assumed=offered.assumed).to_plain()
    places = {name: state.slots[name] for name in ("places", "earlier") if name in state.slots}
    settled = {"offered": (), "beside": (), "choosing": (), "lost": 0, "topic_age": 0}
    rows = buttons.rows(buttons.ask(name, knowledge) for name in knowledge.entries[career.bare_amount].next)
    return Turn(
        state=state.but(topic=career.bare_amount, slots={**places, **kept}, last=text, **settled),
        replies=(Reply(text, rows),),
        kind="answer",
        intents=(career.bare_amount,),
    )


def _rounded(sum_: float) -> float:
    return round(sum_ / ROUND) * ROUND
