"""Whether a message is the words of a button, alone or asked for: "show me the sums please"."""

from __future__ import annotations

from bot.conversation.flows.options import words

AROUND = frozenset([
    "please", "pls", "plz", "show", "me", "tap", "tapped", "press", "pressed", "click", "clicked", "hit", "open", "the",
    "a", "button", "can", "could", "i", "id", "see", "let", "lets", "want", "wanna", "would", "like", "to", "sorry",
    "ok", "okay", "now", "go", "give", "thanks", "look", "at", "then", "again",
])  # fmt: skip


def labelled(text: str, label: str) -> bool:
    """Case, marks and the small words around it aside."""
    said, wanted = words(text), words(label)
    bare = [word for word in said if word not in AROUND]
    return bool(said) and (said == wanted or (bool(bare) and bare == [word for word in wanted if word not in AROUND]))
