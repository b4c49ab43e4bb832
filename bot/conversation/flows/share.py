"""A result as a link of at most 64 characters that holds the answers and stores nothing.

Each step is one digit of a number whose base is what the step can hold (not asked, skipped, or an answer); the number
is written in letters that a deep link allows. `r_<flow>_<shape><digits>`: the shape makes an old link known as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.flows.answers import ends_of, fits
from bot.conversation.flows.shape import AMOUNTS, Flow, Step, shape_hash
from bot.conversation.knowledge import Knowledge

PREFIX, LONGEST = "r_", 64
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
NOT_ASKED, SKIPPED, ANSWERED = 0, 1, 2
STEPS_OF = {"money": 10.0, "hours": 0.5, "months": 0.25, "percent": 1.0, "number": 1.0}
MOST_OF = {"money": 2_000_000, "hours": 168, "months": 240, "percent": 100, "number": 10_000}
EPOCH = dt.date(2025, 1, 1)
DAYS = 5000


def encode(flow_id: str, flow: Flow, answers: Mapping[str, Any], knowledge: Knowledge) -> str | None:
    """The payload of the link, or None where the answers do not fit. Text is left out; amounts are rounded."""
    number = 0
    for step_id, step in reversed(list(flow.steps.items())):
        digit = _digit(step, answers, step_id, knowledge)
        size = _size(step, knowledge)
        if not 0 <= digit < size:
            return None
        number = number * size + digit
    link = f"{PREFIX}{flow_id}_{shape_hash(flow)}{_letters(number)}"
    return link if len(link) <= LONGEST else None


def decode(link: str, knowledge: Knowledge) -> tuple[str, dict[str, Any] | None] | None:
    """The flow of a link and its answers; None as answers when it was made for an earlier version, None for no link."""
    flow_id, _, rest = link.removeprefix(PREFIX).partition("_")
    flow = knowledge.flows.get(flow_id)
    if not link.startswith(PREFIX) or flow is None or any(c not in LETTERS for c in rest):
        return None
    if rest[:4] != shape_hash(flow):
        return flow_id, None
    number, answers = _number(rest[4:]), {}
    for step_id, step in flow.steps.items():
        number, digit = divmod(number, _size(step, knowledge))
        if digit != NOT_ASKED:
            value = None if digit == SKIPPED else _value(step, digit - ANSWERED, knowledge)
            if fits(step, value, knowledge):
                answers[step_id] = value
    return flow_id, answers if number == 0 else None


def _letters(number: int) -> str:
    out = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        out += LETTERS[digit]
    return out


def _number(letters: str) -> int:
    number = 0
    for letter in reversed(letters):
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def _places(step: Step, knowledge: Knowledge) -> Sequence[str]:
    return [*step.options, *sorted(knowledge.areas)]


def _ticks(step: Step) -> int:
    return int(MOST_OF[step.kind] / STEPS_OF[step.kind]) + 1


def _size(step: Step, knowledge: Knowledge) -> int:
    """How many digits the step needs: an amount has a low and a high end."""
    if step.kind in AMOUNTS:
        return ANSWERED + _ticks(step) ** 2
    sizes = {"yes_no": 2, "text": 0, "date": DAYS, "several": 1 << len(step.options)}
    held = len(_places(step, knowledge)) if step.kind == "place" else sizes.get(step.kind, len(step.options))
    return ANSWERED + held


def _digit(step: Step, answers: Mapping[str, Any], step_id: str, knowledge: Knowledge) -> int:
    if step_id not in answers:
        return NOT_ASKED
    value = answers[step_id]
    if value is None or step.kind == "text":
        return SKIPPED
    return ANSWERED + _held(step, value, knowledge)


def _held(step: Step, value: Any, knowledge: Knowledge) -> int:
    """Any number out of range says that the value does not fit."""
    ends = ends_of(value) if step.kind in AMOUNTS else None
    if ends:
        low, high = (round(end / STEPS_OF[step.kind]) for end in ends)
        return low * _ticks(step) + high if 0 <= low <= high < _ticks(step) else -9
    if step.kind == "yes_no":
        return int(bool(value))
    if step.kind == "date":
        day = (dt.date.fromisoformat(value) - EPOCH).days
        return day if 0 <= day < DAYS else -9
    if step.kind == "several":
        return sum(1 << i for i, option in enumerate(step.options) if option in value)
    known = _places(step, knowledge) if step.kind == "place" else list(step.options)
    return known.index(value)


def _value(step: Step, held: int, knowledge: Knowledge) -> Any:
    if step.kind in AMOUNTS:
        return [end * STEPS_OF[step.kind] for end in divmod(held, _ticks(step))]
    if step.kind == "yes_no":
        return bool(held)
    if step.kind == "date":
        return (EPOCH + dt.timedelta(days=held)).isoformat()
    if step.kind == "several":
        return [option for i, option in enumerate(step.options) if held >> i & 1]
    known = _places(step, knowledge) if step.kind == "place" else list(step.options)
    return known[held]
