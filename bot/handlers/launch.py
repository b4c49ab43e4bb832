"""Start the bot and keep it running until a signal: on Telegram with a token, else on the local preview."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, contextmanager, nullcontext

from telegram.error import InvalidToken, NetworkError

from bot.charts import Painter
from bot.conversation.knowledge import Knowledge
from bot.handlers.current import settle
from bot.handlers.intake import CannotReceive
from bot.handlers.logs import set_up
from bot.handlers.pacing import Rates
from bot.handlers.registering import Hook
from bot.handlers.reloading import Shelf
from bot.handlers.service import Manner, Service
from bot.handlers.turns import House
from bot.handlers.upkeep import Upkeep
from bot.load_knowledge.content_tests import tests_folder
from bot.operator.review.room import records_in
from bot.settings import Settings
from bot.store import Sealer, Store, StoreError, keys, open_store
from bot.store.lock import only_one

log = logging.getLogger(__name__)

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


class CannotStart(Exception):
    """Why the bot can't start and what to do about it, in a sentence for whoever starts it."""


def look_ahead(settings: Settings) -> None:
    """Raises CannotStart for what can be seen at once, so that nobody waits for the content to be loaded first."""
    token = _token(settings)
    if token and not TOKEN.fullmatch(token):
        raise CannotStart(
            "TELEGRAM_BOT_TOKEN does not look like a token (it should read like 123456789:AAE...). "
            "Copy it again from @BotFather into .env."
        )
    if settings.webhook_url and not token:
        raise CannotStart("WEBHOOK_URL needs a bot that Telegram knows: set TELEGRAM_BOT_TOKEN too.")
    with _data_trouble(), _alone(settings):
        _sealer(settings)
    if not token and not _is_free(settings.preview_port):
        raise _preview_port_taken(settings.preview_port)
    if not _is_free(settings.health_port):
        raise _health_port_taken(settings.health_port)


def launch(settings: Settings, knowledge: Knowledge) -> None:
    """Run until stopped. Raises CannotStart."""
    set_up(settings.log_level, as_json=settings.log_format == "json")
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(_run(settings, knowledge))


def _token(settings: Settings) -> str:
    return settings.telegram_bot_token.get_secret_value().strip()


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one (not on Windows), else Python's own loop."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def hook(settings: Settings) -> Hook | None:
    """The webhook that is set, if one is."""
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret.get_secret_value()
    return Hook(settings.webhook_url, secret, settings.webhook_host, settings.webhook_port)


def upkeep(settings: Settings, service: Service, store: Store) -> Upkeep:
    """What keeps the content up to date while the bot runs."""
    content = settings.knowledge_dir
    shelf = Shelf(content, settings.data_dir / "learnt", tests_folder(content))
    return Upkeep(service, store, shelf, records_in(settings.data_dir), settings.operators)


def rates(settings: Settings) -> Rates:
    overall = settings.messages_per_second
    return Rates(overall=(overall, max(overall, 1)))


async def _run(settings: Settings, knowledge: Knowledge) -> None:
    asked = asked_to_stop()
    token = _token(settings)
    async with AsyncExitStack() as stack:
        store, sealer = await _store(settings, stack)
        api_url = settings.telegram_api_url.rstrip("/")
        on_telegram = bool(token)
        if not on_telegram:
            token, api_url = await _preview(settings, stack)
        painter = Painter(settings.data_dir / "pictures")
        stack.push_async_callback(painter.close)
        house = House(settings.retention_days, settings.operators, settings.adviser_chat_id)
        manner = Manner(house, hook(settings), rates(settings), draw=painter.draw, http=settings.http_client)
        service = Service(token, api_url, knowledge, store, sealer.alias, manner)
        settle()  # a tenth of a second in which nothing could be noted, so before anything is sent
        await _start(service, settings, stack)
        await stack.enter_async_context(upkeep(settings, service, store))
        await _health(settings.health_port, service, stack)
        await service.introduce()
        if on_telegram:
            print(f"Running on Telegram as https://t.me/{service.bot.username} (Ctrl-C stops).", flush=True)
        await _stopped(asked, service)


async def _store(settings: Settings, stack: AsyncExitStack) -> tuple[Store, Sealer]:
    with _data_trouble():
        stack.enter_context(_alone(settings))
        sealer = _sealer(settings)
        store = await open_store(settings.database_url.get_secret_value(), settings.database, sealer)
    stack.push_async_callback(store.close)
    return store, sealer


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """No second bot on the same file; a server looks after itself."""
    return nullcontext() if settings.database_url.get_secret_value() else only_one(settings.data_dir)


def _sealer(settings: Settings) -> Sealer:
    url, key = settings.database_url.get_secret_value(), settings.data_key.get_secret_value()
    return Sealer(keys(url, key, settings.data_key_file.expanduser()))


@contextmanager
def _data_trouble() -> Iterator[None]:
    """What the store raises, as CannotStart."""
    try:
        yield
    except StoreError as error:
        raise CannotStart(str(error)) from None
    except OSError as error:
        raise CannotStart(
            f"{error.filename} can't be used ({error.strerror}). DATA_DIR must be a folder that can be written, and "
            "DATA_KEY_FILE a file that can be read, or made at the first start."
        ) from None


def _is_free(port: int) -> bool:
    """Whether somebody could listen there now; 0 is always free."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _preview_port_taken(port: int) -> CannotStart:
    return CannotStart(f"Port {port} is taken. Stop the other program, or set PREVIEW_PORT to another number in .env.")


def _health_port_taken(port: int) -> CannotStart:
    return CannotStart(f"HEALTH_PORT {port} is taken. Set another number, or 0 for none.")


async def _preview(settings: Settings, stack: AsyncExitStack) -> tuple[str, str]:
    """Its token and its address."""
    from bot.preview import LOCAL_TOKEN, start_preview  # 8 MB that a bot on Telegram does not need

    try:
        preview = await start_preview(port=settings.preview_port)
    except OSError:
        raise _preview_port_taken(settings.preview_port) from None
    stack.push_async_callback(preview.close)
    print(
        f"\n  Chat with the advisor at {preview.url}\n\n"
        "  This is a local preview: nothing leaves this machine. To go live on Telegram, get a token from\n"
        "  @BotFather, write TELEGRAM_BOT_TOKEN=... into .env and start again. Ctrl-C stops.\n",
        flush=True,
    )
    if _has_screen():
        webbrowser.open(preview.url)
    return LOCAL_TOKEN, preview.api_url


def _has_screen() -> bool:
    """Without one, `webbrowser` would start a text browser in this very terminal."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _start(service: Service, settings: Settings, stack: AsyncExitStack) -> None:
    try:
        await stack.enter_async_context(service)
    except InvalidToken:
        raise CannotStart(
            "TELEGRAM_BOT_TOKEN is set but Telegram refused it. Copy it again from @BotFather into .env."
        ) from None
    except NetworkError as error:
        raise CannotStart(
            f"The Bot API server can't be reached ({error}). Check the network and TELEGRAM_API_URL, then start again."
        ) from None
    except OSError as error:
        raise CannotStart(
            f"The webhook can't listen at {settings.webhook_host}:{settings.webhook_port} ({error.strerror}). Set "
            "WEBHOOK_HOST and WEBHOOK_PORT to where it can."
        ) from None


async def _health(port: int, service: Service, stack: AsyncExitStack) -> None:
    if not port:
        return
    from bot.handlers.health import serve  # aiohttp: 10 MB that a bot without this page and a webhook does not need

    try:
        runner = await serve(port, service.metrics, service.door.health)
    except OSError:
        raise _health_port_taken(port) from None
    stack.push_async_callback(runner.cleanup)


def asked_to_stop() -> asyncio.Event:
    """Set by Ctrl-C and by SIGTERM, from the first moment on: a start that is called off ends as cleanly as a day."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, asked.set)
    return asked


async def _stopped(asked: asyncio.Event, service: Service) -> None:
    waits = [asyncio.create_task(asked.wait()), asyncio.create_task(service.failed())]
    finished, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    log.info("stopping")
    try:
        for one in finished:
            one.result()
    except CannotReceive as error:
        raise CannotStart(str(error)) from None
