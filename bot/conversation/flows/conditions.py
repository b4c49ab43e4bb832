"""Conditions that ask for nothing but answers: worked out once for the values they see, which are few."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from jinja2 import nodes

from bot.conversation.flows.names import RAISES, Scope, expression
from bot.conversation.wording import ENVIRONMENT

OF_ANSWERS = frozenset({"answers", "known"})


def decided(condition: str, scope: Scope) -> bool | None:
    """Whether `condition` holds; None if it has to be worked out with everything that expressions see."""
    try:
        reads, names = reads_of(condition), scope.names()
        return _holds(condition, *[getattr(names[kind], step) for kind, step in reads]) if reads else None
    except RAISES:
        return None


@lru_cache(maxsize=1024)
def reads_of(condition: str) -> tuple[tuple[str, str], ...]:
    """Which answers it reads, as ("known", "tuition"); none if it reads anything else too."""
    tree = ENVIRONMENT.parse("{{ (" + condition + ") }}")
    reads = [
        (node.node.name, node.attr)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in OF_ANSWERS
    ]
    nothing_else = len(reads) == sum(1 for _ in tree.find_all(nodes.Name))
    return tuple(sorted(set(reads))) if nothing_else else ()


@lru_cache(maxsize=4096, typed=True)  # typed: 1 and True are no one answer
def _holds(condition: str, *values: Any) -> bool:
    seen: dict[str, dict[str, Any]] = {kind: {} for kind in OF_ANSWERS}
    for (kind, step), value in zip(reads_of(condition), values, strict=True):
        seen[kind][step] = value
    return bool(expression(condition)({kind: SimpleNamespace(**found) for kind, found in seen.items()}))
