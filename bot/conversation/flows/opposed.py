"""What is ticked as disliked can't stay ticked as liked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.flows.answers import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import AVERSE
from bot.conversation.wording import say


def without_disliked(answers: Mapping[str, Any], step_id: str, at: Setting) -> tuple[dict[str, Any], str]:
    """The answers without what `step_id` now says can't be stood, and a line that tells so ("" where nothing goes)."""
    kept, lines = dict(answers), []
    if at.flow.steps[step_id].kind != "several" or not AVERSE.search(at.flow.steps[step_id].ask):
        return kept, ""
    disliked = set(answers.get(step_id) or ())
    for other, step in at.flow.steps.items():
        liked = kept.get(other) if other != step_id and step.kind == "several" else None
        gone = [item for item in liked or () if item in disliked]
        if liked and gone:
            kept[other] = [item for item in liked if item not in gone]
            items = told(step, gone, at.knowledge)
            lines.append(say(at.knowledge.voice, "flow_out_of", items=items, name=step.name))
    return kept, "\n\n".join(lines)
