"""The lines of voice.yaml that the Telegram face says, one a line."""

from __future__ import annotations

LINES = frozenset({
    "error",
    "inline_button",
    "kept_conversations",
    "kept_updates_seen",
    "kept_outbox",
    "kept_questions",
    "kept_dead_letters",
    "kept_unreachable",
    "kept_pictures",
    "kept_wishes",
    "person_ended_there",
    "adviser_ask",
    "adviser_more",
    "adviser_end",
    "adviser_sent",
    "adviser_ended",
    "adviser_gone",
    "adviser_words_only",
    "kept_talks",
    "mydata",
    "mydata_nothing",
    "mydata_in_group",
    "forgotten",
    "forgotten_nothing",
    "slow_down",
    "was_away",
    "status",
})  # fmt: skip
