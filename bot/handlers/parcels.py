"""Replies of the core -> parcels for the outbox: each exactly one message, as plain data that lasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.state import Button, File, Picture, Reply
from bot.handlers.split import split_html
from bot.store import Parcel

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where replies go: the topic of a chat, the message they answer, and the one whose button was pressed.

    `rows` are that message's buttons without those to rate it. In a group there are none to rate with: another person
    may press them.
    """

    thread: int | None = None
    reply_to: int | None = None
    card: int | None = None
    rows: Rows = ()
    private: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    html: str
    buttons: Rows
    place: Place
    step: bool = False
    under: bool = False  # only the buttons change


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a file."""

    what: Picture | File
    place: Place


def parcels(replies: Iterable[Reply], place: Place) -> list[Parcel]:
    """All words first, long ones in several parcels; then pictures and files, which wait until the words are out."""
    replies = tuple(replies)
    words = [Parcel(body) for reply in replies for body in _words(reply, place)]
    media = [what for reply in replies for what in (reply.picture, reply.file) if what is not None]
    return words + [Parcel({"media": _media(what), **_place(place, card=False)}, media=True) for what in media]


def _words(reply: Reply, place: Place) -> Iterable[dict[str, Any]]:
    if reply.under:
        there = {"under": True, "buttons": _plain((*place.rows, *reply.rate))} if place.card else {"buttons": []}
        yield {"html": reply.text, **there, **_place(place, card=True)}
        return
    pieces = split_html(reply.text)
    edit = reply.in_place and len(pieces) == 1
    for index, piece in enumerate(pieces):
        rows = (*reply.buttons, *(reply.rate if place.private else ())) if index == len(pieces) - 1 else ()
        buttons = _plain(rows)
        step = {"step": True} if reply.step and buttons else {}
        yield {"html": piece, "buttons": buttons, **step, **_place(place, card=edit)}


def _plain(rows: Rows) -> list[list[list[str]]]:
    return [[[button.label, button.data] for button in row] for row in rows]


def _place(place: Place, card: bool) -> dict[str, Any]:
    given = {"thread": place.thread, "reply_to": place.reply_to, "card": place.card if card else None}
    return {name: value for name, value in given.items() if value is not None}


def _media(what: Picture | File) -> dict[str, Any]:
    if isinstance(what, File):
        return {"name": what.name, "text": what.text}
    return {"kind": what.kind, "figures": dict(what.figures), "caption": what.caption, "key": what.key}


def unpacked(body: Mapping[str, Any]) -> Words | Media:
    """The inverse, after it was JSON. Raises KeyError, TypeError or ValueError for what no version of ours wrote."""
    place = Place(body.get("thread"), body.get("reply_to"), body.get("card"))
    if "media" not in body:
        rows = tuple(tuple(Button(label, data) for label, data in row) for row in body["buttons"])
        return Words(body["html"], rows, place, body.get("step", False), body.get("under", False))
    media = body["media"]
    if "name" in media:
        return Media(File(media["name"], media["text"]), place)
    return Media(Picture(media["kind"], media["figures"], media["caption"], media["key"]), place)
