"""What Telegram is told, and tells, about the webhook."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.handlers.http import Client, client, seconds
from bot.handlers.intake import KINDS, CannotReceive

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECTIONS = 100  # at once, and all that Telegram gives; 40 if not asked for
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram is to deliver, what it shows to be let in, and where we listen for it."""

    url: str
    secret: str
    host: str
    port: int


async def register(bot: Bot, hook: Hook) -> None:
    """Tell Telegram where to deliver. Raises TelegramError."""
    await bot.set_webhook(hook.url, secret_token=hook.secret, allowed_updates=KINDS, max_connections=CONNECTIONS)


async def registered(bot: Bot, hook: Hook) -> None:
    """Return when Telegram has heard where to deliver. Raises CannotReceive when it refuses the address."""
    pause = 1.0
    while True:
        try:
            await register(bot, hook)
            return
        except (BadRequest, InvalidToken) as error:
            raise CannotReceive(f"Telegram does not take WEBHOOK_URL ({error.message}).") from None
        except RetryAfter as error:
            pause = seconds(error.retry_after)
        except TelegramError as error:
            log.warning("Telegram could not be told of the webhook, trying again: %s", type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def asked(token: str, api_url: str, http: Client, call: Callable[[Bot], Awaitable[T]]) -> T:
    """The answer to one call, for a command of the operator. Raises CannotReceive."""
    request = client(http, 1)
    bot = Bot(token, base_url=f"{api_url}/bot", request=request, get_updates_request=client(http, 1))
    await request.initialize()
    try:
        return await call(bot)
    except InvalidToken:
        raise CannotReceive("Telegram refused TELEGRAM_BOT_TOKEN. Copy it again from @BotFather into .env.") from None
    except TelegramError as error:
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):  # PTB derives that from it
            where = "Check the network and TELEGRAM_API_URL, then try again."
            raise CannotReceive(f"Telegram can't be reached ({error.message}). {where}") from None
        raise CannotReceive(f"Telegram did not do it ({error.message}).") from None
    finally:
        await request.shutdown()


def told(info: WebhookInfo) -> Iterator[str]:
    """What Telegram says about the webhook, in plain words."""
    if not info.url:
        yield "No webhook is set: the bot fetches its messages."
        yield f"Waiting at Telegram: {info.pending_update_count}."
        return
    yield f"Telegram delivers to {info.url}, over up to {info.max_connections or 40} connections."
    yield f"Waiting at Telegram: {info.pending_update_count}."
    if info.last_error_date is None:
        yield "No delivery has failed lately."
    else:
        at = info.last_error_date.astimezone(dt.UTC)
        yield f"The last delivery that failed was on {at:%Y-%m-%d at %H:%M} UTC: {info.last_error_message}."
    missing = set(KINDS) - set(info.allowed_updates or KINDS)
    if missing:
        yield f"Not asked for, and so never delivered: {', '.join(sorted(missing))}. Run: python run_bot.py webhook set"
