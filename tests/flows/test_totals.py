"""How totals are printed: to the dollar, so that the parts beside them add up to them."""

from __future__ import annotations

import pytest

from bot.conversation.filters import FILTERS


@pytest.mark.parametrize(("value", "written"), [(1337, "$1,337"), (898.99, "$899"), (0, "$0"), (-2.4, "-$2")])
def test_a_total_is_the_sum_of_its_parts_as_they_are_shown(value: float, written: str) -> None:
    assert FILTERS["dollars"](value) == written


def test_what_is_not_known_is_said_so() -> None:
    assert FILTERS["dollars"](None) == "unknown"
