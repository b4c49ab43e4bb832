"""A yes or a no behind each thing: "details yes phone NO", but not "yes to details, no to phones"."""

from __future__ import annotations

import re
from typing import NamedTuple

VOTE = re.compile(r"\b(y|yes|yep|yeah|yea|ya|n|no|nope|nah)\b", re.IGNORECASE)


class Votes(NamedTuple):
    """What stands in front of each yes, of each no, and behind the last of them."""

    liked: tuple[str, ...]
    not_liked: tuple[str, ...]
    rest: str


def voted_for(text: str) -> Votes | None:
    """None unless there are several votes, a yes and a no among them, each behind some words."""
    pieces = VOTE.split(text)
    said = [
        (piece.strip(" ,.;:!-"), vote.lower().startswith("y"))
        for piece, vote in zip(pieces[:-1:2], pieces[1::2], strict=True)
    ]
    if {vote for _, vote in said} != {True, False} or not all(piece for piece, _ in said):
        return None
    liked, not_liked = (tuple(piece for piece, vote in said if vote is kind) for kind in (True, False))
    return Votes(liked, not_liked, pieces[-1])
