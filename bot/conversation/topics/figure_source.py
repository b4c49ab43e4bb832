"""Where one figure of the last answer is from: "says who on the 1,700", "so which is it, 35 or 45"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from markupsafe import escape

from bot.conversation.amounts import find_amounts
from bot.conversation.figures import write_figure
from bot.conversation.filters import about
from bot.conversation.knowledge import Fact, Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.slots import Slots
from bot.conversation.state import State
from bot.conversation.wording import WAGES, Wording, answer, source_line

WHICH = re.compile(
    r"\bwhich (?:one |figure |number )?is (?:it|right|true|correct)\b|\bpick one\b|\bmake up your mind\b"
    r"|\b(?:can['’]?t|cannot) both be\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
OUT_OF = re.compile(r"\b(?:in|of) (?:a )?(?:hundred|100)\b", re.IGNORECASE)
MOST = 5  # facts listed


def asks_which(text: str) -> bool:
    """Whether it sets figures against each other: "so 30 or 40, pick one"."""
    return WHICH.search(text) is not None


def figures_in(text: str) -> frozenset[float]:
    """Every end of every amount in what somebody types: 1700 of "the 1.7k", and no 100 of "45 in 100"."""
    amounts = find_amounts(OUT_OF.sub("", text))
    return frozenset(end for amount in amounts for end in (amount.low, amount.high))


def stand_in(figures: frozenset[float], text: str) -> frozenset[float]:
    """Those of the figures that are written in a text of ours."""
    return figures & _numbers(text)


def _numbers(text: str) -> frozenset[float]:
    return frozenset(float(number.replace(",", "").rstrip(".")) for number in NUMBER.findall(text))


def told_last(state: State, knowledge: Knowledge, today: dt.date) -> Wording | None:
    """The answer to the topic as it was told, None where none was lately."""
    if not knowledge.is_ours(state.topic) or state.topic_age > TOPIC_LASTS:
        return None
    areas = [knowledge.areas[code] for code in state.slots.get("places", ()) if code in knowledge.areas]
    return answer(state.topic, knowledge, today, places=areas, slots=Slots.from_plain(state.slots))[0]


def lines_of(figures: frozenset[float], told: Wording, knowledge: Knowledge, today: dt.date) -> list[str]:
    """A line for each fact of the answer that holds one of the figures: what it is, whose, and of when."""
    lines = [_line(fact_id, value, knowledge, today) for fact_id, value in _holding(told.facts, figures, knowledge)]
    if not lines and WAGES in told.facts and stand_in(figures, told.text):
        lines = [f"• {_cited(WAGES, knowledge, today)}"]
    return lines[:MOST]


def _holding(facts: Sequence[str], figures: frozenset[float], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Each fact with a value of its that is or ends in one of the figures, as it is written."""
    for fact_id in facts:
        fact = knowledge.facts.get(fact_id)
        for value in _values(fact) if fact else ():
            ends = value if isinstance(value, tuple) else (value,)
            if figures & {written for end in ends for written in (end, _rounded(end))}:
                yield fact_id, write_figure(value, fact.unit if fact else None)


def _rounded(value: float) -> float:
    """As the answers round it, $1,652 to "about $1,700"."""
    return max(_numbers(about(value)), default=value)


def _values(fact: Fact) -> list[float | tuple[float, float]]:
    return [*fact.values.values(), *([] if fact.value is None else [fact.value])]


def _line(fact_id: str, value: str, knowledge: Knowledge, today: dt.date) -> str:
    label = escape(knowledge.facts[fact_id].label)
    return f"• <b>{escape(value)}</b>: {label}. <i>{_cited(fact_id, knowledge, today)}</i>"


def _cited(fact_id: str, knowledge: Knowledge, today: dt.date) -> str:
    """The source of one fact as the lines under an answer name it, without their lead."""
    line, _ = source_line((fact_id,), knowledge, today)
    return line.removeprefix("<i>").removesuffix("</i>").partition(": ")[2]
