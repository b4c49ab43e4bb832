"""Replies of the core -> Bot API calls, in order, with what Telegram may answer to them in mind."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.state import Button, Reply
from bot.handlers.reading import Incoming
from bot.handlers.split import split_html
from bot.plain_text import plain_text

log = logging.getLogger(__name__)

TRIES = 4
LONGEST_WAIT = 30.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Rows = tuple[tuple[Button, ...], ...]
Send = Callable[[str, ParseMode | None], Awaitable[object]]


async def deliver(bot: Bot, incoming: Incoming, replies: tuple[Reply, ...]) -> None:
    """Send all replies. A person who blocked the bot is left alone; other failures are raised."""
    try:
        for reply in replies:
            await _deliver_one(bot, incoming, reply)
    except Forbidden:
        log.info("a reply was not wanted any more: the chat is closed to us")


async def _deliver_one(bot: Bot, incoming: Incoming, reply: Reply) -> None:
    pieces = split_html(reply.text)
    if reply.in_place and incoming.card is not None and len(pieces) == 1 and await _edit(bot, incoming, reply):
        return
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        await _send(bot, incoming, piece, reply.buttons if last else ())


async def _edit(bot: Bot, incoming: Incoming, reply: Reply) -> bool:
    """Change the pressed message; False if it can no longer be changed, so that a new one is sent."""

    async def change(text: str, mode: ParseMode | None) -> None:
        await bot.edit_message_text(
            text,
            chat_id=incoming.chat_id,
            message_id=incoming.card,
            parse_mode=mode,
            reply_markup=keyboard(reply.buttons),
            link_preview_options=NO_PREVIEW,
        )

    try:
        await _with_patience(lambda: _with_plain_retry(change, reply.text))
    except BadRequest as error:
        # Pressed twice: the message already says this.
        return "not modified" in error.message.lower()
    return True


async def _send(bot: Bot, incoming: Incoming, html: str, buttons: Rows) -> None:
    reply_to = None
    if incoming.reply_to is not None:
        reply_to = ReplyParameters(incoming.reply_to, allow_sending_without_reply=True)

    async def send(text: str, mode: ParseMode | None) -> None:
        await bot.send_message(
            incoming.chat_id,
            text,
            parse_mode=mode,
            reply_markup=keyboard(buttons),
            link_preview_options=NO_PREVIEW,
            message_thread_id=incoming.thread_id,
            reply_parameters=reply_to,
        )

    await _with_patience(lambda: _with_plain_retry(send, html))


async def _with_plain_retry(send: Send, html: str) -> None:
    try:
        await send(html, ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        log.error("Telegram refused our markup, sent as plain text: %s", error.message)
        await send(plain_text(html), None)


async def _with_patience(call: Callable[[], Awaitable[None]]) -> None:
    """Try again after 429 and network trouble. BadRequest counts as a NetworkError, but waiting won't help it."""
    for attempt in range(1, TRIES + 1):
        try:
            return await call()
        except (BadRequest, Forbidden):
            raise
        except RetryAfter as error:
            wait = _seconds(error.retry_after)
            if attempt == TRIES or wait > LONGEST_WAIT:
                raise
        except NetworkError:
            wait = 0.5 * 2**attempt
            if attempt == TRIES:
                raise
        await asyncio.sleep(wait)


def _seconds(wait: int | dt.timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


async def answer_press(incoming: Incoming) -> None:
    """Stop the button's spinner. Too late is not an error: the reply comes all the same."""
    if incoming.query is None:
        return
    try:
        await incoming.query.answer()
    except TelegramError as error:
        log.info("a button press could not be answered: %s", type(error).__name__)


def keyboard(buttons: Rows) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in buttons]
    )
