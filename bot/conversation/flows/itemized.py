"""Several sums that are parts of the one that is asked for: added up, unless the person comes to a total themselves."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.conversation.amounts import Amount, find_amounts
from bot.conversation.flows.answers import read_amount
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import EMPTY, form, words
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.shape import Step

ITEM = splitter("but", "plus", "and", "then", "so", marks="+")  # between one sum and the next
TOTAL = re.compile(
    r"\b(?:all together|altogether|all (?:in|told|added up)|in (?:all|total)|total(?:s|ing)?|comes? (?:out )?to"
    r"|(?:adds?|added) up to|everything (?:together|included))\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"^\W*(?:(?:it'?s|that'?s|so|like|i'?d say|id say) )*(?:maybe|probably|perhaps|prob|around|about|roughly|like|say"
    r"|i guess|i think)\b",
    re.IGNORECASE,
)
HAS_WORDS = re.compile(r"[a-z]{3}", re.IGNORECASE)
WAS = re.compile(
    r"\b(?:was|were|used to|before|last (?:year|month)|not|no|never|without|save[ds]?|savings)\b", re.IGNORECASE
)
SAY_NO_THING = frozenset(
    {"dollars", "bucks", "month", "week", "year", "monthly", "weekly", "about", "around", "get", "gets"}
)
MOST_BARE = 3  # words that say no more than a figure
SUPPOSED = re.compile(r"\b(?:if|by|when|once|could|would|might)\b", re.IGNORECASE)  # "maybe 4,000 by spring"


def in_all(step: Step, text: str) -> Amount | None:
    """The total that is named, "... maybe 2100", or the sum of parts that are all named; None where it is neither."""
    if step.kind != "money" or step.per == "year":
        return None
    items = _items(step, text)
    total = next((amount for item, amount in reversed(items) if TOTAL.search(item)), None)
    if total or len(items) < 2:
        return total if len(items) > 1 else None
    (*_, (last, amount)) = items
    before = sum(part.high for _, part in items[:-1])
    if HEDGED.match(last) and not SUPPOSED.search(last) and amount.low > before:
        return amount
    told = [item for item, _ in items]
    return _sum([part for _, part in items]) if _are_parts(step, told) or _are_things(step, told) else None


def _items(step: Step, text: str) -> list[tuple[str, Amount]]:
    """Each part of the text with a sum, and the sum as the step keeps it; nothing where one has none or several."""
    starts = [0, *(found.end() for found in ITEM.finditer(text)), len(text)]
    parts = _joined([part for i, j in pairwise(starts) for part in _each(text[i:j])], step)
    told = [part for part in parts if find_amounts(part)]
    read = [read_amount(step.kind, step.per, part, step.over) for part in told]
    amounts = [amount for amount in read if isinstance(amount, Amount) and not amount.foreign]
    whole = len(find_amounts(text)) == len(told)  # no sum was cut in two
    return list(zip(told, amounts, strict=True)) if whole and len(amounts) == len(told) else []


def _each(part: str) -> list[str]:
    """ "Rent 450 light bill 120": one for each sum, with what is said before it."""
    ends = [amount.span[1] for amount in find_amounts(part)]
    if len(ends) < 2 or not all(HAS_WORDS.search(part[i:j]) for i, j in pairwise([0, *ends])):
        return [part]
    return [part[i:j] for i, j in pairwise([0, *ends[:-1], len(part)])]


def _are_things(step: Step, items: list[str]) -> bool:
    """Whether each is said to be for something, and one at least for a thing of those asked for: "the pension is 700
    and cleaning 300"."""
    things = [{word for word in words(item) if word.isalpha() and word not in EMPTY | SAY_NO_THING} for item in items]
    apart = all(things) and len(set(map(frozenset, things))) == len(things)
    plain = not any(SUPPOSED.search(item) or HEDGED.match(item) or WAS.search(item) for item in items)
    return apart and plain and any(_named(step, item) for item in items)


def leaves_parts(step: Step, text: str) -> bool:
    """Whether one part has its sum and others are named without: "rent 650 then food and the car"."""
    named = [(part, bool(find_amounts(part))) for part in ITEM.split(text) if _named(step, part)]
    lone = [has for _, has in named].count(True) == 1 and len(find_amounts(text)) == 1
    return lone and len(named) > 1 and not TOTAL.search(text)


def is_a_lone_part(step: Step, text: str) -> bool:
    """Whether a single sum is said to be for one thing of those that are asked for together."""
    return (
        len(find_amounts(text)) == 1
        and bool(_named(step, text))
        and not any(stands(form(other), text) for other in step.also)
    )


def _joined(parts: list[str], step: Step) -> list[str]:
    """ "The pension, 700" in one piece."""
    for i, (thing, figure) in enumerate(pairwise(parts)):
        bare = not find_amounts(thing) and not HEDGED.match(figure)
        if _named(step, thing) and bare and len(form(figure).split()) <= MOST_BARE:
            return [*parts[:i], f"{thing} {figure}", *_joined(parts[i + 2 :], step)]
    return parts


def _named(step: Step, item: str) -> str:
    return next((part for part in step.parts if stands(form(part), item)), "")


def _are_parts(step: Step, items: list[str]) -> bool:
    """Whether each is said to be for a thing of its own, by the words that the step's author lists."""
    named = [_named(step, item) for item in items]
    return "" not in named and len(set(named)) == len(named)


def _sum(amounts: list[Amount]) -> Amount:
    return amounts[0].but(low=sum(a.low for a in amounts), high=sum(a.high for a in amounts))
