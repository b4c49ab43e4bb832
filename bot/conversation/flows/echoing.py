"""What was taken from a typed answer, said in a few words where it was not typed in just these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.amounts import FULL_WEEK, Amount, find_amounts, hours_a_week, is_unknown, months_a_year, read_pay
from bot.conversation.figures import write_figure
from bot.conversation.filters import amount
from bot.conversation.flows.answers import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import EMPTY, form, phrase_in, words
from bot.conversation.flows.reading import Reading
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.flows.yes_no import BARELY
from bot.conversation.wording import say

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
ALIKE = 3  # first letters by which "coding" and "Code" are the same
SHORT = 4  # words beside a figure that change nothing of it


def echo(step: Step, text: str, reading: Reading, at: Setting, whole: str = "") -> str:
    """ "I took: $2,200 a month, for “Monthly need”.", what is assumed where they don't know, or "" where nothing
    needs saying.

    `whole` is the message of which `text` was read, if that was a part.
    """
    voice, guess = at.knowledge.voice, reading.guessed
    if guess and not (hours_a_week(text) or months_a_year(text)):
        full = str(FULL_WEEK) if guess.per == "hour" else ""
        answer = told(step, reading.value, at.knowledge)
        return say(
            voice, "flow_guessed", pay=pay_figure(guess), per=voice[f"per_{guess.per}"], full=full, answer=answer
        )
    if reading.outcome == "skip" and step.skip and is_unknown(text):
        return say(voice, "flow_taken_open", assumed=step.assume)
    if reading.outcome != "answer" or step.kind == "text" or _as_typed(step, whole or text, reading.value, at):
        return ""
    answer = _named(step, text) or told(step, reading.value, at.knowledge)
    pay = read_pay(text) if step.per == "year" and step.kind == "money" else None
    if isinstance(pay, Amount) and f"per_{pay.per}" in voice and pay.per != "year":
        return _pay_echo(step, pay, text, answer, voice)
    because = _because(step, text, reading.value)
    if because:
        return say(voice, "flow_taken_because", answer=answer, name=step.name, because=because)
    per = step.over if any(found.per for found in find_amounts(text)) else ""
    return say(voice, "flow_taken", answer=answer, name=step.name, per=per)


def _because(step: Step, text: str, value: Any) -> str:
    """Why an option was taken that nobody named: "whichever is cheapest"."""
    option = step.options.get(value) if step.kind == "choice" else None
    named = option and any(stands(form(name), text) for name in (option.label, *option.also))
    return option.because if option and not named else ""


def _pay_echo(step: Step, pay: Amount, text: str, answer: str, voice: Mapping[str, str]) -> str:
    """The pay as it was written, for how much of a week and a year it was counted, and what that makes."""
    hours = hours_a_week(text) if pay.per == "hour" else None
    return pay_line(step, pay, answer, voice, hours=hours, months=months_a_year(text))


def pay_line(
    step: Step,
    pay: Amount,
    answer: str,
    voice: Mapping[str, str],
    *,
    hours: float | None,
    months: float | None = None,
) -> str:
    """What was taken as pay: a full week by the hour where no `hours` are known, the whole year without `months`."""
    full = str(FULL_WEEK) if pay.per == "hour" and not hours else ""
    spans = {"hours": amount(hours) if hours else "", "months": amount(months) if months else "", "full": full}
    return say(
        voice,
        "flow_taken_pay",
        pay=pay_figure(pay),
        per=voice[f"per_{pay.per}"],
        answer=answer,
        name=step.name,
        **spans,
    )


def pay_figure(pay: Amount) -> str:
    return write_figure((pay.low, pay.high) if pay.low != pay.high else pay.low, "usd")


def _named(step: Step, text: str) -> str:
    """The words of the button that stands for an amount, where they and no figure were typed."""
    option = phrase_in(text, step.options) if step.kind in AMOUNTS and not find_amounts(text) else ""
    return step.options[option].label if option else ""


def _as_typed(step: Step, text: str, value: Any, at: Setting) -> bool:
    """Whether it is plain from the message what was taken."""
    taken = told(step, value, at.knowledge)
    names = [name for key, option in step.options.items() for name in (option.label, key)]
    if _telling(text) in map(_telling, [taken, *names]) or (step.kind == "yes_no" and BARELY.match(form(text))):
        return True
    chosen = step.options.get(value) if isinstance(value, str) else None
    options = [chosen] if chosen else step.options.values()
    if any(_is_like(text, name, taken) for option in options for name in option.also):
        return True
    same = [figure.replace(",", "") for figure in FIGURE.findall(text)] == FIGURE.findall(taken.replace(",", ""))
    return step.kind in AMOUNTS and same and len(words(text)) <= SHORT


def _is_like(text: str, name: str, taken: str) -> bool:
    """Whether these other words for an option were typed, and say much of what its button says: "remote" doesn't."""
    label, said = _telling(re.sub(r"\(.*\)", "", taken)), _telling(text)
    shared = [word for word in label if any(word[:ALIKE] == other[:ALIKE] for other in said)]
    return said == _telling(name) and 2 * len(shared) >= len(label)


def _telling(text: str) -> list[str]:
    return [word for word in words(text) if word not in EMPTY] or words(text)
