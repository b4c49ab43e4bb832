"""What the words around a sum of money say it is of: "the loan the school wants, 5400" is no monthly cost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.conversation.amounts import find_amounts
from bot.conversation.flows.meant import is_of_before
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form, words
from bot.conversation.flows.shape import Step

PART = re.compile(r"\s*(?:[;!?\n]+|\.(?!\d)|,(?!\d{3})|\bbut\b)\s*", re.IGNORECASE)
POINTS_BACK = frozenset({"thats", "which", "its", "this"})
MOST_BARE = 3  # words of a part that says no more than a figure


@dataclass(frozen=True, slots=True)
class Own:
    """`text` holds what may answer the step. If some was left `out`, `of` names the step it speaks of, if any."""

    text: str
    of: str = ""
    out: bool = False

    @property
    def none_left(self) -> bool:
        return not find_amounts(self.text)


def own_part(step: Step, text: str, at: Setting) -> Own:
    """The message without the sums that its own words say are of something else."""
    if step.kind != "money" or not find_amounts(text):
        return Own(text)
    if is_of_before(step, text):
        return Own("", out=True)
    parts = [part for part in PART.split(text) if part]
    named = [_of_another(step, part, at) for part in parts]
    out = {i for i, name in enumerate(named) if name is not None}
    for i in tuple(out):
        out |= _bare_beside(parts, i)
    if not out:
        return Own(text)
    left = ", ".join(part for i, part in enumerate(parts) if i not in out)
    return Own(left, next(name for name in named if name is not None), out=True)


def _bare_beside(parts: list[str], i: int) -> set[int]:
    """Where a part names a thing without its figure, the part beside it that is nothing but one."""
    if find_amounts(parts[i]):
        return set()
    j = i - 1 if words(parts[i])[:1] and words(parts[i])[0] in POINTS_BACK else i + 1
    bare = 0 <= j < len(parts) and find_amounts(parts[j]) and len(words(parts[j])) <= MOST_BARE
    return {j} if bare else set()


def _of_another(step: Step, part: str, at: Setting) -> str | None:
    """The name of the other step that these words ask for, "" for what no step asks; None if it may be this one's."""
    if _says(step.also, part):
        return None
    others = (s for s in at.flow.steps.values() if s is not step and s.kind == "money" and _says(s.also, part))
    other = next(others, None)
    if other:
        return other.name
    return "" if _says(step.unlike, part) else None


def _says(phrases: tuple[str, ...], part: str) -> bool:
    return any(stands(form(phrase), part) for phrase in phrases)
