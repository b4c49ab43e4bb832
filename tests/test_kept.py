"""What is made once for all who ask."""

from __future__ import annotations

from bot.conversation.kept import Kept


def test_what_was_longest_not_asked_for_goes_first() -> None:
    kept, made = Kept(2), []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    for key in ("a", "b", "a", "c", "a", "b"):
        assert kept.once(key, lambda key=key: make(key)) == key.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_nothing_is_kept_like_anything_else() -> None:
    kept, made = Kept(2), []
    for _ in range(3):
        assert kept.once("a", lambda: made.append(1)) is None
    assert made == [1]
