"""What the words around a sum of money say it is of: "the loan the school wants, 5400" is no monthly cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.itemized import ITEM, MOST_BARE
from bot.conversation.flows.meant import NOW, PIECE, is_of_before
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form, words
from bot.conversation.flows.shape import Step
from bot.conversation.flows.until import end_in

PART = re.compile(f"((?:{PIECE.pattern})+)", re.IGNORECASE)
WIDE = re.compile(f"((?:{ITEM.pattern})+)", re.IGNORECASE)
POINTS_BACK = frozenset({"thats", "which", "its", "this"})


@dataclass(frozen=True, slots=True)
class Own:
    """`text` holds what may answer the step. If some was left `out`, `others` has the steps that it speaks of, if any,
    each with what was said of it."""

    text: str
    others: dict[str, str] = field(default_factory=dict)
    out: bool = False

    @property
    def none_left(self) -> bool:
        return not find_amounts(self.text)


def own_part(step: Step, text: str, at: Setting) -> Own:
    """The message without the sums that its own words say are of something else."""
    if step.kind != "money" or not find_amounts(text):
        return Own(text)
    parts, between = _pieces(text, WIDE)
    if sum(len(find_amounts(part)) for part in parts) != len(find_amounts(text)):  # "13 dollars and 50 cents" is one
        parts, between = _pieces(text, PART)
    ends = end_in(text, at) is not None
    named = [_of_another(step, part, at, comes=bool(step.until) and (ends or _comes(part))) for part in parts]
    for i, name in enumerate(tuple(named)):
        named = [name if name is not None and j == _bare_beside(parts, i) else now for j, now in enumerate(named)]
    if all(name is None for name in named):
        return Own(text)
    left = "".join(part + mark for part, mark, name in zip(parts, between, named, strict=True) if name is None)
    others: dict[str, str] = {}
    for part, name in zip(parts, named, strict=True):
        if name:
            others[name] = f"{others[name]}, {part}" if name in others else part
    return Own(left, others, out=True)


def _pieces(text: str, between: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The parts of the text, and what stands behind each."""
    found = between.split(text)
    return found[::2], [*found[1::2], ""]


def _bare_beside(parts: Sequence[str], i: int) -> int | None:
    """Where a part names a thing without its figure, the part beside it that is nothing but one."""
    if find_amounts(parts[i]):
        return None
    j = i - 1 if words(parts[i])[:1] and words(parts[i])[0] in POINTS_BACK else i + 1
    bare = 0 <= j < len(parts) and find_amounts(parts[j]) and len(words(parts[j])) <= MOST_BARE
    return j if bare and not NOW.search(parts[j]) else None


def _comes(part: str) -> bool:
    """Whether a sum is said to come again and again, which what is kept in one sum does not."""
    return any(amount.per for amount in find_amounts(part))


def _of_another(step: Step, part: str, at: Setting, *, comes: bool) -> str | None:
    """The other step that these words ask for, "" for what no step asks; None if it may be this one's: a sum that
    `comes` again and again is not of a step for one sum."""
    if _says((*step.also, *step.parts), part):
        return None
    for step_id, other in at.flow.steps.items():
        one_sum = comes and not other.per
        if other is not step and other.kind == "money" and not one_sum and _says((*other.also, *other.parts), part):
            return step_id
    return "" if _says(step.unlike, part) or (find_amounts(part) and is_of_before(step, part)) else None


def _says(phrases: tuple[str, ...], part: str) -> bool:
    return any(stands(form(phrase), part) for phrase in phrases)
