"""Telegram HTML -> the plain text a terminal, a calendar or a picture can show."""

from __future__ import annotations

import html
import re

TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)  # a bare "<", which Telegram would refuse, is no tag


def plain_text(markup: str) -> str:
    """The text without markup; of a link only its words."""
    return html.unescape(TAG.sub("", markup))
