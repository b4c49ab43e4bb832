"""python-telegram-bot's Application with our one handler: update -> event -> turn -> Bot API calls."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, BotCommand, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, InlineQueryHandler, TypeHandler

from bot.charts import Painter
from bot.conversation.knowledge import Career, Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import Button, Reply
from bot.conversation.wording import say
from bot.handlers.extras import send_extras
from bot.handlers.inline import Inline
from bot.handlers.processor import PerPerson
from bot.handlers.reading import read
from bot.handlers.sending import answer_press, deliver
from bot.store import Store

log = logging.getLogger(__name__)

UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]

App = Application[Any, Any, Any, Any, Any, Any]


def build(token: str, api_url: str, knowledge: Knowledge, store: Store, painter: Painter) -> App:
    """The bot, not yet started. `api_url` is the address of the Bot API server, without `/bot`."""
    face = Face(knowledge, store, painter)
    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .concurrent_updates(PerPerson())
        .build()
    )
    application.add_handler(InlineQueryHandler(Inline(knowledge).on_query))
    application.add_handler(TypeHandler(Update, face.on_update))
    application.add_error_handler(face.on_error)
    return application


async def introduce(application: App, career: Career) -> None:
    """Tell Telegram our commands and description. Refused (a rate limit, an old server) is not worth stopping for."""
    commands = [BotCommand(name, told) for name, told in career.commands.items()]
    bot: Bot = application.bot
    calls: tuple[Callable[[], Awaitable[bool]], ...] = (
        lambda: bot.set_my_commands(commands),
        lambda: bot.set_my_description(career.description.strip()),
        lambda: bot.set_my_short_description(career.short_description.strip()),
        lambda: bot.set_my_name(career.bot_name),
    )
    for call in calls:
        try:
            await call()
        except TelegramError as error:
            log.warning("Telegram did not take part of the bot's profile: %s", error)


class Face:
    """The Telegram face of the advisor. Decides nothing: reads, asks the core, sends."""

    def __init__(self, knowledge: Knowledge, store: Store, painter: Painter) -> None:
        self._knowledge, self._store, self._painter = knowledge, store, painter

    async def on_update(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        incoming = read(update, context.bot.id, context.bot.username, dt.date.today())
        if incoming is None:
            return
        await answer_press(incoming)
        start = time.perf_counter()
        turn = await self._store.advance(incoming.key, lambda state: respond(state, incoming.event, self._knowledge))
        log.info(
            "turn chat=%s kind=%s intents=%s p=%.2f ms=%.1f",
            hashlib.sha256(incoming.key.encode()).hexdigest()[:10],
            turn.kind,
            ",".join(turn.intents),
            turn.probability,
            (time.perf_counter() - start) * 1000,
        )
        await deliver(context.bot, incoming, turn.replies)
        for reply in turn.replies:
            await send_extras(context.bot, incoming, reply, self._painter)

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The log gets the traceback, the person a short apology and a way on."""
        log.error("an update could not be handled", exc_info=context.error)
        if not isinstance(update, Update) or isinstance(context.error, Forbidden):
            return
        try:
            incoming = read(update, context.bot.id, context.bot.username, dt.date.today())
            if incoming:
                await deliver(context.bot, incoming, (self._apology(),))
        except TelegramError as error:
            log.error("the apology could not be sent either: %s", error)

    def _apology(self) -> Reply:
        menu = Button(self._knowledge.voice["menu_button"], "m")
        return Reply(say(self._knowledge.voice, "error"), ((menu,),))
