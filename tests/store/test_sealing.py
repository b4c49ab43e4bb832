"""What is sealed: opened by whoever has the key, of whatever age the row is, and by nobody else."""

from __future__ import annotations

import json

import pytest
from cryptography.fernet import Fernet

from bot.store import Sealer
from bot.store.sealing import Unreadable
from tests.handlers.conftest import KEY

WORDS = {"html": "what does a coder earn? \U0001f4b5", "rows": [1, 2.5, None]}


def before(plain: object, key: str = KEY) -> str:
    """A row as versions before sealed it."""
    return Fernet(key).encrypt(json.dumps(plain).encode()).decode()


def test_a_row_is_opened_by_every_life_of_the_program_that_has_the_key() -> None:
    assert Sealer([KEY]).open(Sealer([KEY]).seal(WORDS)) == WORDS


def test_the_same_words_never_look_the_same() -> None:
    sealer = Sealer([KEY])
    assert len({one.seal(WORDS) for one in (sealer, sealer, Sealer([KEY]))}) == 3


def test_what_an_older_version_sealed_is_read_and_is_sealed_anew_with_the_newest_key() -> None:
    new = Fernet.generate_key().decode()
    both = Sealer([new, KEY])
    for old in (before(WORDS), Sealer([KEY]).seal(WORDS)):
        assert both.open(old) == WORDS
        assert Sealer([new]).open(both.again(old)) == WORDS


def test_another_key_opens_nothing() -> None:
    other = Sealer([Fernet.generate_key().decode()])
    for sealed in (before(WORDS), Sealer([KEY]).seal(WORDS)):
        with pytest.raises(Unreadable):
            other.open(sealed)
        with pytest.raises(Unreadable):
            other.again(sealed)


def test_a_row_with_any_letter_changed_or_cut_off_is_unreadable_and_taken_as_empty() -> None:
    sealer = Sealer([KEY])
    for whole in (sealer.seal(WORDS), before(WORDS)):
        for at in range(len(whole) - 3):  # the last ones may stand for bits that do not count
            with pytest.raises(Unreadable):
                sealer.open(whole[:at] + ("A" if whole[at] != "A" else "B") + whole[at + 1 :])
            with pytest.raises(Unreadable):
                sealer.open(whole[:at])
    for strange in ("", "2.", "2.?", "2.\u00e9", "\u00e9"):
        assert sealer.plain(strange) == {}
