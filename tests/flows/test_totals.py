"""How totals are printed: never below the sum of their parts."""

from __future__ import annotations

import pytest

from bot.conversation.filters import FILTERS


@pytest.mark.parametrize(("value", "written"), [(1337, "$1,340"), (1340, "$1,340"), (0, "$0"), (899.001, "$900")])
def test_a_total_is_rounded_upward_to_the_ten(value: float, written: str) -> None:
    assert FILTERS["tens"](value) == written


def test_what_is_not_known_is_said_so() -> None:
    assert FILTERS["tens"](None) == "unknown"
