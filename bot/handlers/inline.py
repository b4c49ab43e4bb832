"""Inline mode: "@bot pay in ..." typed in any chat -> cards to share. Nothing about the person is looked up or kept."""

from __future__ import annotations

import datetime as dt
import logging

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.conversation.inline import Card, cards
from bot.handlers.current import Current

log = logging.getLogger(__name__)

CACHED_FOR = 600  # seconds that Telegram may give everyone the same cards for the same words
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Inline:
    """Answers inline queries from the current knowledge alone."""

    def __init__(self, current: Current) -> None:
        self._current = current

    async def answer(self, query: InlineQuery) -> None:
        known = self._current.knowledge
        found = cards(query.query, known, dt.date.today())
        button = InlineQueryResultsButton(known.voice["inline_button"], start_parameter="inline")
        try:
            await query.answer([article(card) for card in found], cache_time=CACHED_FOR, button=button)
        except TelegramError as error:  # typed on meanwhile: Telegram has no use for this answer any more
            log.info("an inline query could not be answered: %s", type(error).__name__)


def article(card: Card) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            card.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
    )
