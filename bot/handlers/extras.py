"""What follows the words of a reply: a picture, a file. Missing one is a pity; it never costs the words."""

from __future__ import annotations

import logging

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.charts import CannotDraw, Painter
from bot.conversation.state import Reply
from bot.handlers.reading import Incoming

log = logging.getLogger(__name__)


async def send_extras(bot: Bot, incoming: Incoming, reply: Reply, painter: Painter) -> None:
    """Send the reply's picture and file, if it has any. Failures are logged, never raised."""
    chat, thread = incoming.chat_id, incoming.thread_id
    try:
        if reply.picture:
            png = await painter.draw(reply.picture)
            caption = reply.picture.caption
            await bot.send_photo(chat, png, caption=caption, parse_mode=ParseMode.HTML, message_thread_id=thread)
        if reply.file:
            document = InputFile(reply.file.text, filename=reply.file.name)
            await bot.send_document(chat, document, message_thread_id=thread)
    except CannotDraw as error:
        log.error("a picture could not be drawn: %s", error)
    except TelegramError as error:
        log.warning("what follows the words was not sent: %s", error)
