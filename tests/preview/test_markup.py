"""Telegram's HTML: what is plain text, where the entities are, and what is refused."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.entities import formatted, typed
from bot.preview.markup import TAGS, parse_html, utf16
from bot.preview.refusal import Refused

SIMPLE = ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "blockquote")
WORDS = st.text(alphabet="ab <>&\"'\N{GRINNING FACE}\N{LATIN SMALL LETTER E WITH ACUTE}\n;#", max_size=12)


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Well-formed markup around markup."""
    one = st.tuples(st.sampled_from(SIMPLE), inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
    return st.lists(one | inner, max_size=3).map("".join)


MARKUP = st.recursive(WORDS.map(html.escape), tagged, max_leaves=12)


@given(WORDS)
def test_escaped_text_comes_back_as_it_was_without_entities(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(MARKUP)
def test_well_formed_markup_loses_its_tags_and_nothing_else(source: str) -> None:
    plain, _ = parse_html(source)
    assert plain == html.unescape(re.sub(r"</?[a-z-]+>", "", source))


@given(MARKUP)
def test_entities_lie_within_the_text_and_inside_each_other(source: str) -> None:
    plain, entities = parse_html(source)
    spans = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    assert all(0 <= start < end <= utf16(plain) for start, end in spans)
    for start, end in spans:
        assert not any(start < other < end < other_end for other, other_end in spans)


@given(st.text(alphabet="<>/abi &;\"'=-", max_size=40))
def test_any_text_is_either_parsed_or_refused_in_telegrams_words(source: str) -> None:
    words = ""
    try:
        parse_html(source)
    except Refused as refused:
        words = refused.description
    assert not words or words.startswith("Bad Request: can't parse entities: ")


@given(MARKUP)
def test_a_kept_message_has_no_white_space_around_it(source: str) -> None:
    plain, entities = formatted(source, "HTML", None)
    assert plain == plain.strip()
    assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16(plain) for entity in entities)


@given(st.text(max_size=60))
def test_whatever_a_person_types_can_be_kept(text: str) -> None:
    plain, entities = typed(text)
    assert plain == text.strip()
    assert all(entity["offset"] + entity["length"] <= utf16(plain) for entity in entities)


def test_offsets_count_utf16_units() -> None:
    plain, entities = parse_html("\N{GRINNING FACE} <b>bold \N{GRINNING FACE}</b>")
    assert plain == "\N{GRINNING FACE} bold \N{GRINNING FACE}"
    assert entities == [{"type": "bold", "offset": 3, "length": 7}]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("a <div>", 'Unsupported start tag "div" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="https://a.org/?x=1&amp;y=2">x</a>', {"type": "text_link", "url": "https://a.org/?x=1&y=2"}),
        ("<a>a.org</a>", {"type": "text_link", "url": "http://a.org"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ("<pre>x</pre>", {"type": "pre"}),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', {"type": "custom_emoji"}),
    ],
)
def test_each_tag_makes_its_entity(source: str, entity: dict[str, str]) -> None:
    _, (found,) = parse_html(source)
    assert entity.items() <= found.items()


def test_a_link_that_leads_nowhere_is_only_text() -> None:
    assert parse_html('<a href="javascript:alert(1)">x</a>') == ("x", [])


def test_nothing_is_marked_inside_code() -> None:
    _, entities = parse_html("<b>a <code>b</code> c</b><blockquote>q <code>r</code></blockquote>")
    assert [entity["type"] for entity in entities] == ["code", "blockquote", "code"]


def test_every_tag_is_known() -> None:
    for tag in set(TAGS) - {"span", "tg-emoji"}:
        assert parse_html(f"<{tag}>x</{tag}>")[0] == "x"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see bls.gov/oes.", [("url", "bls.gov/oes")]),
        ("(https://a.org/b?c=d)", [("url", "https://a.org/b?c=d")]),
        ("/start now", [("bot_command", "/start")]),
        ("and/or 1/2", []),
        ("ask @some_bot", [("mention", "@some_bot")]),
        ("me@a.org", [("email", "me@a.org")]),
        ("about #pay", [("hashtag", "#pay")]),
        ("e.g. 3.5 of 10", []),
    ],
)
def test_what_can_be_tapped_is_found(text: str, found: list[tuple[str, str]]) -> None:
    plain, entities = typed(text)
    assert [(e["type"], plain[e["offset"] : e["offset"] + e["length"]]) for e in entities] == found


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2"])
def test_only_html_is_read_and_the_preview_says_so(mode: str) -> None:
    with pytest.raises(Refused, match="the local preview reads only the HTML parse mode"):
        formatted("*x*", mode, None)
