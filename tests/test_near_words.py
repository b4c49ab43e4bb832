"""Words few slips away, against looking at all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.conversation.near_words import NearWords

word = st.text(st.sampled_from("abcdefghiéß-' A"), min_size=1, max_size=9)


@given(st.lists(word, max_size=30), word, st.integers(0, 3))
def test_what_is_found_is_what_comparing_with_each_word_finds(words: list[str], typed: str, slips: int) -> None:
    each = ((other, OSA.distance(typed, other)) for other in words)
    brute = sorted((one for one in each if one[1] <= slips), key=lambda one: one[1])
    near = NearWords(words)
    assert near.within(typed, slips) == brute
    assert near.within(typed, slips, 2) == brute[:2]
