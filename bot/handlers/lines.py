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
    "mydata",
    "mydata_nothing",
    "mydata_in_group",
    "forgotten",
    "forgotten_nothing",
    "slow_down",
    "was_away",
    "status",
})  # fmt: skip
