"""A report -> the plain data of its picture."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.conversation.state import Picture
from bot.operator.stats.report import Report
from bot.operator.stats.told import OUTCOMES, day, plural, share

LOOK = 1  # raise it when the picture is drawn differently
MOST = 6


def picture(report: Report) -> Picture | None:
    """None without a question: the words say so."""
    if not report.questions:
        return None
    figures: dict[str, Any] = {
        "title": f"{day(report.first)} to {day(report.last)}",
        "subtitle": f"{plural(report.questions, 'question')} by {plural(report.people, 'person', 'people')}",
        "days": [{"day": day(one.day), "value": one.questions} for one in report.days],
        "days_title": "Questions each day",
        "outcomes": [
            {"name": name, "label": f"{told}: {share(report.outcomes[name], report.questions)}",
             "value": report.outcomes[name]}
            for name, told in OUTCOMES.items() if report.outcomes.get(name)
        ],
        "outcomes_title": "What became of them",
        "asked": [{"label": count.title, "value": count.times} for count in report.asked[:MOST]],
        "asked_title": "Asked most",
        "source": "Days and hours are UTC. Small talk and guided plans are not counted as questions.",
    }  # fmt: skip
    plain = json.dumps([LOOK, figures], sort_keys=True)
    key = hashlib.sha256(plain.encode()).hexdigest()[:24]
    return Picture("usage", figures, f"<b>{figures['title']}</b>\n{figures['subtitle']}.", key)
