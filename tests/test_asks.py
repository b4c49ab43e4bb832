"""What asks something, and how plainly: the same words are heard alike wherever it matters."""

from __future__ import annotations

import pytest

from bot.conversation.asks import asks, asks_plainly, asks_what, may_ask


@pytest.mark.parametrize(
    ("text", "worded", "plainly", "may", "what"),
    [
        ("how much is it", True, True, True, True),
        ("I want to know the price", False, True, True, False),
        ("confirm if online ok", False, True, True, False),
        ("i wonder how much it is", True, True, True, False),
        ("is hybrid ok?", True, False, True, False),  # it may be a pick
        ("perhaps the CCA?", True, False, False, False),  # its mark only says that it is not sure
        ("btw hold on what is it", False, True, True, True),
        ("when the kids are at school", True, True, False, False),  # tells a time to who is asked for one
        ("3800 how much is that a month", True, False, False, False),  # the figure may be the answer
        ("you skipped my question", False, True, False, False),  # owed, and nothing new
    ],
)
def test_a_question_is_told_from_what_only_looks_like_one(
    text: str, worded: bool, plainly: bool, may: bool, what: bool
) -> None:
    assert (asks(text), asks_plainly(text), may_ask(text), asks_what(text)) == (worded, plainly, may, what)
