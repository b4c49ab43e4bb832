"""One parcel -> Bot API calls. What Telegram answers is raised as it is, except where it means that all is well."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, InputFile, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.conversation.plain_text import plain_text
from bot.conversation.state import File, Picture
from bot.handlers.calls import Calls
from bot.handlers.logs import where
from bot.handlers.parcels import Media, Place, Rows, Words
from bot.store import Store

log = logging.getLogger(__name__)

NO_PREVIEW = {"is_disabled": True}
GONE = ("message to edit not found", "message can't be edited", "no text in the message", "message_id_invalid")

MOST_STEPS = 10_000

Send = Callable[[str, ParseMode | None], Awaitable[object]]
Draw = Callable[[Picture], Awaitable[bytes]]


class NothingToDraw(Exception):
    """A picture that this program can't draw. The words are out; it is let go."""


class Post:
    """Sends parcels. `draw` turns a picture into PNG bytes; without it pictures are let go."""

    def __init__(self, bot: Bot, store: Store, draw: Draw | None = None) -> None:
        self._bot, self._call, self._store, self._draw = bot, Calls(bot), store, draw
        # Chat -> the message that asks the open question of a flow. Lost at a restart, which costs nothing but the
        # tidiness: buttons of earlier questions are understood all the same.
        self._steps: dict[int, int] = {}

    async def deliver(self, chat: int, parcel: Words | Media) -> None:
        """Send one parcel. Raises TelegramError, or NothingToDraw."""
        if isinstance(parcel, Words):
            await self._words(chat, parcel)
        elif isinstance(parcel.what, File):
            await self._file(chat, parcel.what, parcel.place)
        else:
            await self._picture(chat, parcel.what, parcel.place)

    async def _words(self, chat: int, words: Words) -> None:
        if words.under:
            await self._under(chat, words)
            return
        if words.place.card is not None and await self._edited(chat, words):
            return

        async def send(text: str, mode: ParseMode | None) -> None:
            sent = await self._call(
                "sendMessage",
                chat_id=chat,
                text=text,
                parse_mode=mode,
                reply_markup=keyboard(words.buttons),
                link_preview_options=NO_PREVIEW,
                **_there(words.place),
            )
            if words.buttons and chat > 0:  # in a group the older question may be another person's
                await self._tidy(chat)
            self._note_step(chat, sent["message_id"], words)

        await _with_plain_retry(send, words.html)

    async def _under(self, chat: int, words: Words) -> None:
        """Change the buttons under a message; say the words only if it is gone."""
        try:
            await self._call(
                "editMessageReplyMarkup",
                chat_id=chat,
                message_id=words.place.card,
                reply_markup=keyboard(words.buttons),
            )
        except BadRequest as error:
            told = error.message.lower()
            if any(gone in told for gone in GONE):
                html = {"text": words.html, "parse_mode": ParseMode.HTML}
                await self._call("sendMessage", chat_id=chat, **html, **_there(words.place))
            elif "not modified" not in told:
                raise

    def _note_step(self, chat: int, message: int, words: Words) -> None:
        if words.step:
            self._steps[chat] = message
            if len(self._steps) > MOST_STEPS:
                del self._steps[next(iter(self._steps))]
        elif self._steps.get(chat) == message:
            del self._steps[chat]

    async def _tidy(self, chat: int) -> None:
        """Take the buttons off the question that something newer has replaced. It may be gone by now."""
        message = self._steps.pop(chat, None)
        if message is not None:
            try:
                await self._call("editMessageReplyMarkup", chat_id=chat, message_id=message)
            except TelegramError as error:
                log.info("the buttons of an earlier question stay: %s", type(error).__name__)

    async def _edited(self, chat: int, words: Words) -> bool:
        """Change the card; False if it can no longer be changed, so that a new one is sent."""

        async def change(text: str, mode: ParseMode | None) -> None:
            await self._call(
                "editMessageText",
                chat_id=chat,
                message_id=words.place.card,
                text=text,
                parse_mode=mode,
                reply_markup=keyboard(words.buttons),
                link_preview_options=NO_PREVIEW,
            )

        try:
            await _with_plain_retry(change, words.html)
        except BadRequest as error:
            told = error.message.lower()
            if "not modified" in told:  # pressed twice, or sent again after a crash: it already says this
                return True
            if any(gone in told for gone in GONE):
                return False
            raise
        if words.place.card is not None:
            self._note_step(chat, words.place.card, words)
        return True

    async def _file(self, chat: int, file: File, place: Place) -> None:
        document = InputFile(file.text.encode(), filename=file.name)
        await self._bot.send_document(chat, document, **_where(place))

    async def _picture(self, chat: int, picture: Picture, place: Place) -> None:
        known = await self._store.picture(picture.key)
        if known is not None:
            told = {"caption": picture.caption, "parse_mode": ParseMode.HTML}
            try:
                await self._call("sendPhoto", chat_id=chat, photo=known, **told, **_there(place))
                return
            except BadRequest as error:
                if "file" not in error.message.lower():
                    raise
                await self._store.keep_picture(picture.key, None)
        png = InputFile(await self._drawn(picture), filename="chart.png")
        sent = await self._bot.send_photo(
            chat, png, caption=picture.caption, parse_mode=ParseMode.HTML, **_where(place)
        )
        if sent.photo and not picture.figures.get("you"):  # a person's own pay is kept nowhere, not even in a key
            await self._store.keep_picture(picture.key, sent.photo[-1].file_id)

    async def _drawn(self, picture: Picture) -> bytes:
        if self._draw is None:
            raise NothingToDraw("there is nobody to draw pictures")
        try:
            return await self._draw(picture)
        except Exception as error:
            raise NothingToDraw(f"a picture of kind {picture.kind} could not be drawn: {where(error)}") from error


async def _with_plain_retry(send: Send, html: str) -> None:
    try:
        await send(html, ParseMode.HTML)
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        log.error("Telegram refused our markup, sent as plain text")
        await send(plain_text(html), None)


def _there(place: Place) -> dict[str, Any]:
    """Where a message goes, for our own calls."""
    reply = {"message_id": place.reply_to, "allow_sending_without_reply": True} if place.reply_to is not None else None
    return {"message_thread_id": place.thread, "reply_parameters": reply}


def _where(place: Place) -> dict[str, Any]:
    """The same for those of the library."""
    reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to is not None else None
    return {"message_thread_id": place.thread, "reply_parameters": reply}


def keyboard(buttons: Rows) -> dict[str, Any] | None:
    if not buttons:
        return None
    rows = [[{"text": button.label, "callback_data": button.data} for button in row] for row in buttons]
    return {"inline_keyboard": rows}
