"""The bots that `benchmarks.load` sets side by side, each run in a process of its own.

    python -m benchmarks.load_bots KIND http://127.0.0.1:PORT [FOLDER]

KIND is `ptb` (python-telegram-bot as its documentation shows it), `ptb-ours` (the same echo on our HTTP client),
`advisor` (the whole program but for Telegram's limits of 30 messages a second) or `advisor-plain-loop` (the same
without uvloop). With PROFILE=FILE in the environment the advisor's loop is profiled into that file.
"""

from __future__ import annotations

import asyncio
import contextlib
import cProfile
import os
import signal
import sys
from pathlib import Path

from telegram import Message, Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from benchmarks.common import known
from bot.charts import Painter
from bot.handlers.current import settle
from bot.handlers.http import ReqwestRequest
from bot.handlers.launch import asked_to_stop, fast_loop
from bot.handlers.pacing import Rates
from bot.handlers.service import Manner, Service
from bot.store import Sealer, SqliteStore

TOKEN = "123456:AAFakeTokenForTheBenchmark_0123456789"
KEY = "dGhpcyBpcyBhIHRlc3Qga2V5LCBub3QgYSBzZWNyZXQ="
WITHOUT_END = (1e9, 1e9)
FREE = Rates(overall=WITHOUT_END, chat=WITHOUT_END, group=WITHOUT_END, person=WITHOUT_END)


async def echo(update: Update, context: object) -> None:
    assert update.message
    await update.message.reply_text(update.message.text or "")


async def press(update: Update, context: object) -> None:
    query = update.callback_query
    assert query
    await query.answer()
    if isinstance(query.message, Message):
        await query.edit_message_text(query.data or "")


def run_echo(url: str, ours: bool) -> None:
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if ours:
        builder = builder.request(ReqwestRequest(64)).get_updates_request(ReqwestRequest(2)).concurrent_updates(256)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(press))
    app.run_polling(stop_signals=[signal.SIGTERM])


async def run_advisor(url: str, folder: Path) -> None:
    asked = asked_to_stop()
    sealer = Sealer([KEY])
    store = await SqliteStore(folder / "advisor.db", sealer).open()
    painter = Painter(folder / "pictures")
    async with Service(TOKEN, url, known(), store, sealer.alias, Manner(rates=FREE, draw=painter.draw)):
        settle()
        await asked.wait()
    await painter.close()
    await store.close()


def main() -> None:
    kind, url = sys.argv[1:3]
    if kind.startswith("ptb"):
        run_echo(url, ours=kind != "ptb")
        return
    loop = None if kind == "advisor-plain-loop" else fast_loop()
    with profiled(os.environ.get("PROFILE")), asyncio.Runner(loop_factory=loop) as runner:
        runner.run(run_advisor(url, Path(sys.argv[3])))


@contextlib.contextmanager
def profiled(file: str | None):  # type: ignore[no-untyped-def]
    if not file:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    profile.dump_stats(file)


if __name__ == "__main__":
    main()
