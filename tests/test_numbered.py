"""Texts that are found again by their number alone."""

from __future__ import annotations

from bot.conversation.numbered import Numbered
from bot.conversation.places.index import Town, Towns


def test_a_text_is_found_by_its_place_in_the_order_given() -> None:
    words = [f"word{n}" for n in range(1000)]
    known = Numbered(words)
    assert len(known) == 1000
    assert [known.number(word) for word in words] == list(range(1000))
    assert known.numbers(words).tolist() == list(range(1000))


def test_a_stranger_has_no_number() -> None:
    known = Numbered(["pay", "exam"])
    assert "pay" in known
    assert "fee" not in known
    assert known.number("fee") == -1
    assert known.numbers(["fee", "exam", "", "pay"]).tolist() == [-1, 1, -1, 0]


def test_a_text_given_twice_keeps_its_first_number() -> None:
    known = Numbered(["pay", "exam", "pay", "fee"])
    assert known.number("pay") == 0
    assert known.numbers(["fee", "pay"]).tolist() == [3, 0]


def test_nothing_is_found_among_no_texts() -> None:
    known = Numbered()
    assert "pay" not in known
    assert known.number("pay") == -1
    assert known.numbers(["pay", "exam"]).tolist() == [-1, -1]


def test_towns_come_back_as_they_were_given() -> None:
    listed = {
        "portland": [Town("Portland", "OR", "38900", 652_503), Town("Portland", "ME", "38860", 68_408, "state")],
        "canon city": [Town("Cañon City", "CO", "0800003", 17_141, "in")],
    }
    towns = Towns(listed)
    assert {name: towns.of(name) for name in listed} == listed
    assert "canon city" in towns
    assert towns.of("nowhere") == []
    assert "nowhere" not in towns
