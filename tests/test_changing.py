"""Copies of frozen data: the same as `dataclasses.replace` makes."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.changing import changed
from bot.conversation.state import Reply, State


def test_a_copy_is_what_replace_makes_and_leaves_the_first_alone() -> None:
    before = State(topic="pay", slots={"places": ["39"]})
    after = changed(before, topic="jobs", lost=2)
    assert after == dataclasses.replace(before, topic="jobs", lost=2)
    assert (before.topic, before.lost) == ("pay", 0)
    assert changed(Reply("hello"), in_place=True) == Reply("hello", in_place=True)


def test_a_field_there_is_none_of_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(State(), toppic="pay")
