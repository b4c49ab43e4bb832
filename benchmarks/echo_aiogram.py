"""The echo bot of aiogram, for `benchmarks.load`: polling as its documentation shows it, run by another Python.

aiogram wants another pydantic than ours, so it lives in an environment of its own:

    python3 -m venv /tmp/aiogram && /tmp/aiogram/bin/pip install -r benchmarks/echo-aiogram.txt
"""

from __future__ import annotations

import asyncio
import logging
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

TOKEN = "123456:AAFakeTokenForTheBenchmark_0123456789"
dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(query.data or "")


async def main(url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # calls under way when it is stopped; not what is measured
    asyncio.run(main(sys.argv[1]))
