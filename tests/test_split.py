"""Long answers are cut so that Telegram takes every piece and no word is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.split import split_html, visible
from bot.load_knowledge.templates import Markup

WORDS = st.text("abc <&é😀\n", min_size=0, max_size=120).map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;"))
PIECES = st.tuples(st.sampled_from(["", "b", "i", "code"]), WORDS)


def marked(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in pieces)


@given(st.lists(PIECES, max_size=30), st.integers(20, 60))
def test_every_piece_is_short_enough_and_its_tags_are_closed(pieces: list[tuple[str, str]], limit: int) -> None:
    for piece in split_html(marked(pieces), limit):
        assert visible(piece) <= limit
        markup = Markup()
        markup.feed(piece)
        markup.close()
        assert markup.finish() == []


@given(st.lists(PIECES, max_size=30), st.integers(20, 60))
def test_no_visible_character_is_lost(pieces: list[tuple[str, str]], limit: int) -> None:
    def letters(html: str) -> str:
        return re.sub(r"\s|<[^>]+>", "", html)

    html = marked(pieces)
    assert letters("".join(split_html(html, limit))) == letters(html)


def test_a_cut_falls_between_paragraphs_when_it_can() -> None:
    assert split_html("one one\n\ntwo two\n\nthree", 12) == ["one one", "two two", "three"]


def test_a_short_answer_stays_one_message() -> None:
    assert split_html("<b>short</b>") == ["<b>short</b>"]
