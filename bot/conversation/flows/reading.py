"""What was typed at a step -> an answer, or how it falls short: skipped, unlikely, impossible, of several places."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.conversation.amounts import UNKNOWN, Amount, is_unknown, read_date
from bot.conversation.flows.answers import LONGEST_TEXT, POSSIBLE, guessed_pay, pay_by_hour, read_amount, unit_of
from bot.conversation.flows.itemized import in_all
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import affirmed, stands, without_the_least
from bot.conversation.flows.options import (
    form,
    none_of,
    option_in,
    options_in,
    phrase_in,
    phrases_in,
    says_nothing,
)
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.flows.spans import option_by_length
from bot.conversation.flows.yes_no import PLAIN, PLAIN_NO, names_what_is_asked, says_none, yes_or_no
from bot.conversation.knowledge import Knowledge
from bot.conversation.places import find_places
from bot.conversation.whose_place import is_of_others

Outcome = Literal["answer", "skip", "unlikely", "impossible", "foreign", "which", "torn", "unclear"]

NOW = re.compile(r"\b(?:asap|immediately|(?:right|straight) away|today|(?:start|starting|begin) now)\b|^now\b")
SOON = dt.timedelta(days=45)  # a later day is another than "right away"
IS_THERE = re.compile(r"(?:and )?(?:is there|do you|have you|an? )", re.IGNORECASE)  # questions that "no" answers
MOST_PLACES = 6
LONG = 5  # letters of a button's words that count among others; "yes" stands in many a sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` in the form answers are kept; `choices` are areas to choose from, each a code and a name; `guessed` is
    pay as written where the time it is for was guessed, `by_hour` from and to what an hour is paid, if it was so given,
    `added` what is to be put to another step.
    """

    outcome: Outcome
    value: Any = None
    choices: tuple[tuple[str, str], ...] = ()
    guessed: Amount | None = None
    by_hour: tuple[float, float] | None = None
    added: tuple[float, float] | None = None


def read(step: Step, text: str, knowledge: Knowledge, today: dt.date) -> Reading | None:
    """None when the text does not read as an answer of this kind."""
    text = without_the_least(text) if step.rising else text
    named = step.rising and phrases_in(text, step.options)  # "check fraud" leaves nothing open
    unsure = "" if named else unclear_word(text, step)
    if unsure:
        return Reading("unclear", unsure)
    picked = _named(step, text)
    if picked:
        return of_option(step, picked, knowledge, today)
    may_be_none = step.kind in AMOUNTS and IS_THERE.match(step.ask)
    if may_be_none and says_none(text) and not phrase_in(text, step.options, LONG):
        return Reading("skip")
    found = _by_kind(step, text, knowledge, today)
    hinted = "" if found else _hinted(step, text)
    found = of_option(step, hinted, knowledge, today) if hinted else found
    return Reading("skip") if found is None and is_unknown(text) else found


def _named(step: Step, text: str) -> str:
    """The option that counts before all else the text may be read as."""
    several = list(phrases_in(text, step.options)) if step.rising else []
    if len(several) > 1:
        return max(several, key=list(step.options).index)
    named = option_by_length(text, step.options)
    if step.kind != "several":
        named = named or option_in(text, step.options, fuzzy=step.kind in {"choice", "scale"})
    told = step.kind == "yes_no" and not PLAIN.match(form(text))  # "I can do it alone" says by its button's words which
    return named or (phrase_in(text, step.options, LONG) if told else "")


def _hinted(step: Step, text: str) -> str:
    """The option that is meant by what does not read as an answer of the step's kind."""
    if step.kind in {*AMOUNTS, "yes_no"}:
        return phrase_in(text, step.options, LONG)
    if step.kind != "choice":
        return ""
    no = option_in("no", step.options, fuzzy=False) if PLAIN_NO.match(form(text)) else ""  # "no, I never had any"
    return no or (none_of(step.options) if says_nothing(text) else "")


def reads_as(step: Step, text: str, value: object, at: Setting) -> bool:
    """Whether the text, read at the step, is this answer."""
    reading = read(step, text, at.knowledge, at.today)
    return reading is not None and reading.value == value


def unclear_word(text: str, step: Step) -> str:
    """A word that leaves open which option is meant: of two, the worse must not be guessed. An option named tells."""
    if step.rising and phrases_in(text, step.options):
        return ""
    return next((word for word in step.unclear if stands(word, text)), "")


def of_option(step: Step, option_id: str, knowledge: Knowledge, today: dt.date) -> Reading | None:
    """The answer that a button of the step stands for."""
    value = step.options[option_id].value
    if step.kind == "yes_no":
        return Reading("answer", option_id == "yes")
    if step.kind == "place":
        return Reading("answer", value if value in knowledge.areas else option_id)
    if step.kind in AMOUNTS or step.kind == "date":
        return _by_kind(step, value, knowledge, today)
    return Reading("answer", option_id)


def _by_kind(step: Step, text: str, knowledge: Knowledge, today: dt.date) -> Reading | None:
    if step.kind in AMOUNTS:
        return _amount(step, text)
    if step.kind == "date":
        return _date(text, today)
    if step.kind == "place":
        return _place(text, knowledge)
    if step.kind == "yes_no":
        said = yes_or_no(text)
        said = True if said is None and names_what_is_asked(step.ask, text) else said
        return None if said is None else Reading("answer", said)
    if step.kind == "several":
        several = options_in(text, step.options, step.ask)
        return None if several is None else Reading("answer", several[: step.most or None])
    if step.kind == "text" and text.strip() and not is_unknown(text):
        return Reading("answer", " ".join(text.split())[:LONGEST_TEXT])
    return None


def _amount(step: Step, text: str) -> Reading | None:
    amount = in_all(step, text) or read_amount(step.kind, step.per, text, step.over, unit_of(step))
    if amount is None:
        return None
    if not isinstance(amount, Amount):
        return Reading("skip")
    if amount.foreign:
        return Reading("foreign")
    reading = judged(step, [round(amount.low, 2), round(amount.high, 2)])
    guessed, by_hour = guessed_pay(step.kind, step.per, text), pay_by_hour(step.kind, step.per, text)
    return replace(reading, guessed=guessed, by_hour=by_hour)


def judged(step: Step, ends: list[float]) -> Reading:
    """Whether an amount lies within what is possible and likely at this step."""
    least, most = step.possible or POSSIBLE[step.kind]
    if not least <= ends[0] <= ends[1] <= most:
        return Reading("impossible", ends)
    nothing = ends == [0, 0] and step.kind != "hours"  # no money is common, no hours are more likely a slip
    if step.likely and not step.likely[0] <= ends[0] <= ends[1] <= step.likely[1] and not nothing:
        return Reading("unlikely", ends)
    return Reading("answer", ends)


def _date(text: str, today: dt.date) -> Reading | None:
    day = read_date(text, today)
    if day is UNKNOWN:
        return Reading("skip")
    if not isinstance(day, dt.date):
        return None
    if day > today + SOON and NOW.search(" ".join(affirmed(text))):
        return Reading("torn", day.isoformat())
    return Reading("answer", day.isoformat()) if day >= today else Reading("impossible", day.isoformat())


def _place(text: str, knowledge: Knowledge) -> Reading | None:
    places = find_places(text, knowledge) or find_places(text.title(), knowledge)
    if not places:
        return None
    place = next((place for place in places if not is_of_others(place, text)), places[0])
    if len(place.codes) > 1 and place.choice in {"ask", "parts"}:
        names = place.labels or tuple(knowledge.areas[code].name for code in place.codes)
        return Reading("which", choices=tuple(zip(place.codes, names, strict=False))[:MOST_PLACES])
    return Reading("answer", place.codes[0])
