"""Many texts in one piece read like the tuple they were made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.texts import Texts

WRITTEN = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


@given(WRITTEN)
def test_what_was_put_in_comes_out_in_order(written: list[str]) -> None:
    texts = Texts(written)
    assert list(texts) == written
    assert len(texts) == len(written)
    assert [texts[at] for at in range(len(written))] == written
    assert texts[1:] == tuple(written[1:])
    assert list(Texts.joined_before(texts.joined)) == written
