"""A small bot of python-telegram-bot, unchanged, against the preview over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.preview import LOCAL_TOKEN, Preview, World

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
ONE_BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])


def build_bot(preview: Preview) -> App:
    """Says back what it hears; its button changes the message."""
    builder = ApplicationBuilder().token(LOCAL_TOKEN)
    builder = builder.base_url(f"{preview.api_url}/bot").base_file_url(f"{preview.api_url}/file/bot")
    bot = builder.build()
    bot.add_handler(CommandHandler("start", hello))
    bot.add_handler(MessageHandler(filters.ALL, echo))
    bot.add_handler(CallbackQueryHandler(pressed))
    return bot


async def hello(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"Hello {' '.join(context.args or ())}".strip(), reply_markup=ONE_BUTTON)


async def echo(update: Update, _context: Context) -> None:
    assert update.effective_message is not None
    said = "You changed it to" if update.edited_message else "You said"
    text = update.effective_message.text_html or "something that is not text"
    await update.effective_message.reply_text(f"<b>{said}</b> {text}", parse_mode="HTML", reply_markup=ONE_BUTTON)


async def pressed(update: Update, _context: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Here is more")
    await update.callback_query.edit_message_text("This is more")


@pytest.fixture
def world(preview: Preview) -> World:
    return preview.world


@pytest.fixture
async def quiet(preview: Preview) -> AsyncIterator[App]:
    """The bot, not polling: a test calls its methods."""
    preview.world.say("alex", "/start")
    preview.world.updates.drop_all()
    bot = build_bot(preview)
    async with bot:
        yield bot


@pytest.fixture
async def running(preview: Preview) -> AsyncIterator[App]:
    """The bot, polling."""
    bot = build_bot(preview)
    assert bot.updater is not None
    async with bot:
        await bot.start()
        await bot.updater.start_polling(poll_interval=0)
        yield bot
        await bot.updater.stop()
        await bot.stop()


@pytest.fixture
async def http(preview: Preview) -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client, for what no library would send."""
    async with aiohttp.ClientSession(preview.url) as session:
        yield session
