"""Start the bot and keep it running until a signal: on Telegram with a token, else on the local preview."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import sys
import webbrowser
from contextlib import AsyncExitStack

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.charts import Painter
from bot.conversation.knowledge import Knowledge
from bot.handlers.application import UPDATES, App, build, introduce
from bot.handlers.logs import set_up
from bot.preview import LOCAL_TOKEN, start_preview
from bot.settings import Settings
from bot.store import SqliteStore
from bot.store.protocol import StoreError

log = logging.getLogger(__name__)

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


class CannotStart(Exception):
    """Why the bot can't start and what to do about it, in a sentence for whoever starts it."""


def launch(settings: Settings, knowledge: Knowledge) -> None:
    """Run until stopped. Raises CannotStart."""
    set_up(settings.log_level)
    token = settings.telegram_bot_token.get_secret_value().strip()
    if token and not TOKEN.fullmatch(token):
        raise CannotStart(
            "TELEGRAM_BOT_TOKEN does not look like a token (it should read like 123456789:AAE...). "
            "Copy it again from @BotFather into .env."
        )
    asyncio.run(_run(settings, token, knowledge))


async def _run(settings: Settings, token: str, knowledge: Knowledge) -> None:
    async with AsyncExitStack() as stack:
        try:
            store = await SqliteStore(settings.data_dir / "advisor.db").open()
        except StoreError as error:
            raise CannotStart(str(error)) from None
        stack.push_async_callback(store.close)
        api_url = settings.telegram_api_url.rstrip("/")
        if not token:
            api_url = await _preview(settings, stack)
        painter = Painter(settings.data_dir / "pictures")
        stack.push_async_callback(painter.close)
        application = build(token or LOCAL_TOKEN, api_url, knowledge, store, painter)
        await _start(application, stack)
        await introduce(application, knowledge.career)
        if token:
            print(f"Running on Telegram as https://t.me/{application.bot.username} (Ctrl-C stops).", flush=True)
        await _stopped()


async def _preview(settings: Settings, stack: AsyncExitStack) -> str:
    try:
        preview = await start_preview(port=settings.preview_port)
    except OSError:
        raise CannotStart(
            f"Port {settings.preview_port} is taken. Stop the other program, or set PREVIEW_PORT to another "
            "number in .env."
        ) from None
    stack.push_async_callback(preview.close)
    print(
        f"\n  Chat with the advisor at {preview.url}\n\n"
        "  This is a local preview: nothing leaves this machine. To go live on Telegram, get a token from\n"
        "  @BotFather, write TELEGRAM_BOT_TOKEN=... into .env and start again. Ctrl-C stops.\n",
        flush=True,
    )
    if _has_screen():
        webbrowser.open(preview.url)
    return preview.api_url


def _has_screen() -> bool:
    """Without one, `webbrowser` would start a text browser in this very terminal."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _start(application: App, stack: AsyncExitStack) -> None:
    try:
        await application.initialize()
    except InvalidToken:
        raise CannotStart(
            "TELEGRAM_BOT_TOKEN is set but Telegram refused it. Copy it again from @BotFather into .env."
        ) from None
    except NetworkError as error:
        raise CannotStart(
            f"The Bot API server can't be reached ({error}). Check the network and TELEGRAM_API_URL, then start again."
        ) from None
    stack.push_async_callback(application.shutdown)
    assert application.updater is not None  # built with one; only a webhook-only build has none
    await application.start()
    stack.push_async_callback(application.stop)
    await application.updater.start_polling(allowed_updates=UPDATES, error_callback=_polling_trouble)
    stack.push_async_callback(application.updater.stop)


def _polling_trouble(error: TelegramError) -> None:
    """Polling goes on by itself; a second copy of the bot is worth a sentence of its own."""
    if isinstance(error, Conflict):
        log.error("another copy of this bot is running with the same token; stop one of them")
    else:
        log.warning("fetching updates failed, trying again: %s", error)


async def _stopped() -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, done.set)
    await done.wait()
    log.info("stopping")
