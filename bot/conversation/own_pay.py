"""Whose a sum of pay is: what a person makes now, or what is offered."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.conversation.amounts import Amount, find_amounts, read_pay, yearly
from bot.conversation.matching.text import CODE_NUMBER
from bot.conversation.prices import is_price
from bot.conversation.slots import LEAST_A_YEAR, PAID

GET = r"(?:make|makin\w*|earn\w*|get|getting)"
OWN = re.compile(
    rf"\b(?:i(?:['’]?m| am|m)?(?: only| just| currently| now)* (?:{GET}|at|on|clear|pull\w*|bring\w*|get paid|paid)"
    rf"|making|earning|(?:and|we) {GET}|(?:i(?:['’]?m| am)?|and|we) work(?:s|ing)?|i do|i(?:['’]?m| am) an?"
    r"|what i (?:make|get|earn|have)|my (?:current |present |old |own )?(?:job|pay|wage|rate)"
    r"|current(?:ly)?|now|at the moment|present(?:ly)?)\b",
    re.IGNORECASE,
)
PLACE = r"(?:one|job|place|office|clinic|company)"
OFFERED = re.compile(
    rf"\b(?:offer\w*|(?:the )?(?:new|other) {PLACE}|another {PLACE}"
    r"|they(?:['’]d| would|['’]?ll| will)? (?:give|pay|start)|(?:would|will) (?:pay|give|start) me)\b",
    re.IGNORECASE,
)
JUDGED = re.compile(
    r"\b(?:good|ok(?:ay)?|fair|low|high|normal|average|decent|underpaid|enough|right|bad|joke|lowball\w*|typical)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(r"\b(?:vs?|versus|or|against|compar\w+|which)\b", re.IGNORECASE)
SUM = r"[$]?\d"
CUT = re.compile(  # the sum that a change is counted from
    rf"\b(?:how (?:much|many dollars) (?:less|more|lower|higher|worse|better)\b.{{0,40}}\bthan {SUM}"
    rf"|(?:pay[ -]?cut|cut in pay|step down|drop)\b.{{0,50}}\b(?:from|against|to|with|at|on) (?:my |the )?{SUM}"
    rf"|(?:less|more|lower|higher) than (?:my |the )?{SUM}.{{0,20}}\bwould i\b"
    rf"|(?:losing|lose|giving up|give up|leaving|leave|coming from|down from|coming off|quit|quitting)"
    rf" (?:a |my )?{SUM})",
    re.IGNORECASE,
)
IT = r"(?:it|that|this)(?:['’]?s| is)"
NO_OFFER = (
    r"(?:(?:it|that|this)(?:['’]?s| is| was)? ?(?:not|isn['’]?t|aint|wasn['’]?t)|not|no) (?:an? |the )?(?:job )?offer"
)
IT_IS_MINE = re.compile(
    rf"\b(?:{IT} (?:what|how much) i(?:['’]?m| am)?(?: \w+)? {GET}"
    rf"|{IT} my (?:\w+ )?(?:pay|wage|wages|job|rate|salary)|{NO_OFFER})\b",
    re.IGNORECASE,
)


MOST = 24  # amounts of a message; more are a list, and each is looked at with all that stands before it


class Pays(NamedTuple):
    """What of a message is pay now and what is offered; None for what it doesn't tell."""

    own: Amount | None
    offered: Amount | None


def pays_in(text: str) -> Pays:
    """The pay now and the pay offered, each by the words around it, those before it first."""
    amounts = find_amounts(text)
    found = [(amount.span, pay) for amount in amounts if (pay := _pay(text, amount))] if len(amounts) <= MOST else []
    if not 1 <= len(found) <= 2:
        return Pays(None, None)
    whose = [_whose(text, index, [span for span, _ in found]) for index in range(len(found))]
    pays = [pay for _, pay in found]
    if len(pays) > 1 and "" in whose:
        other = {"own": "offered", "offered": "own"}
        known = next((name for name in whose if name), "own" if BESIDE.search(text) else "")
        first = known if whose[0] else other.get(known, "") if whose[1] else known
        whose = [first, other.get(first, "")]
    return Pays(
        *(next((p for p, w in zip(pays, whose, strict=True) if w == name), None) for name in ("own", "offered"))
    )


def is_own(text: str) -> bool:
    """Whether the pay named is plainly what somebody makes now, and not asked to be judged."""
    return bool(OWN.search(text) or CUT.search(text)) and not OFFERED.search(text) and not JUDGED.search(text)


def _pay(text: str, amount: Amount) -> Amount | None:
    start, end = amount.span
    if CODE_NUMBER.fullmatch(text[start:end]) or text[end : end + 1].isalpha():
        return None  # "coding 64640 or 0440T"
    if is_price(text, amount.span):
        return None
    pay = read_pay(text[slice(*amount.span)]) if not amount.unit else None
    fits = isinstance(pay, Amount) and not pay.foreign and pay.per in PAID and yearly(pay).middle >= LEAST_A_YEAR
    return pay if isinstance(pay, Amount) and fits else None


def _whose(text: str, index: int, spans: list[tuple[int, int]]) -> str:
    before = text[spans[index - 1][1] if index else 0 : spans[index][0]]
    after = text[spans[index][1] : spans[index + 1][0] if index + 1 < len(spans) else len(text)]
    for words in (before, after):
        own, offered = _last(OWN, words), _last(OFFERED, words)
        if max(own, offered) >= 0:
            return "own" if own > offered else "offered"
    return ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last of its words stands; -1 for none."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)
