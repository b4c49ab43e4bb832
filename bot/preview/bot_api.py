"""One Bot API call from beginning to end, and the methods that are not about messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.preview.files import Upload
from bot.preview.limits import check_commands
from bot.preview.messages import MESSAGE_METHODS, Asked
from bot.preview.people import Chat, Json
from bot.preview.refusal import Refused, bad, conflict
from bot.preview.state import Call, State, Webhook
from bot.preview.validate import checked

WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
LONGEST_POLL = 50.0
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


async def call(state: State, method: str, given: Json, uploads: dict[str, Upload] | None = None) -> Any:
    """Carry out one call and note it, with its parameters read where they can be; raises `Refused`."""
    params = given
    try:
        params = checked(method, given, frozenset(uploads or {}))
        result = await carry_out(state, method, Asked(params, uploads or {}))
    except Refused as refused:
        state.note(Call(method, params, error=refused.description))
        raise
    state.note(Call(method, params, result=result))
    return result


async def carry_out(state: State, method: str, asked: Asked) -> Any:
    fault = state.faults.take(method)
    if fault and not fault.done_first:
        raise fault.refusal()
    if method.lower() == "getupdates":
        result: Any = await get_updates(state, asked)
    else:
        result = METHODS[method.lower()](state, asked)
    if fault:
        raise fault.refusal()
    return result


async def get_updates(state: State, asked: Asked) -> list[Json]:
    if state.webhook:
        raise conflict(WEBHOOK_ACTIVE)
    params = asked.params
    state.updates.allow(params.get("allowed_updates"))
    state.updates.confirm(params.get("offset", 0))
    limit = min(max(params.get("limit", 100), 1), 100)
    return await state.updates.poll(limit, min(max(params.get("timeout", 0), 0), LONGEST_POLL))


def get_me(state: State, _asked: Asked) -> Json:
    return state.profile.as_me()


def agree(_state: State, _asked: Asked) -> bool:
    """`logOut` and `close`: nothing to do here, and Telegram says true."""
    return True


def set_webhook(state: State, asked: Asked) -> bool:
    params = asked.params
    if not params["url"]:
        return delete_webhook(state, asked)
    check_webhook(params)
    state.updates.allow(params.get("allowed_updates"))
    drop_if_asked(state, params)
    connections = min(max(params.get("max_connections", 40), 1), 100)
    state.webhook = Webhook(params["url"], params.get("secret_token"), connections)
    state.updates.bell.ring()
    return True


def check_webhook(params: Json) -> None:
    """Telegram wants HTTPS; here plain HTTP will do, but only to this machine."""
    url = urlsplit(params["url"])
    if url.scheme not in ("http", "https") or not url.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if url.hostname not in THIS_MACHINE:
        raise bad("bad webhook: the local preview delivers only to this machine")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", params.get("secret_token", "")):
        raise bad("secret token contains unallowed characters")


def delete_webhook(state: State, asked: Asked) -> bool:
    state.webhook = None
    drop_if_asked(state, asked.params)
    return True


def drop_if_asked(state: State, params: Json) -> None:
    if params.get("drop_pending_updates"):
        state.updates.drop_all()


def get_webhook_info(state: State, _asked: Asked) -> Json:
    hook = state.webhook
    info: Json = {"url": hook.url if hook else "", "has_custom_certificate": False}
    info["pending_update_count"] = len(state.updates.pending)
    if hook:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook and hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if state.updates.allowed:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


def set_my_commands(state: State, asked: Asked) -> bool:
    commands = asked.params["commands"]
    check_commands(commands)
    bare = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    return keep_commands(state, asked, bare)


def delete_my_commands(state: State, asked: Asked) -> bool:
    return keep_commands(state, asked, [])


def keep_commands(state: State, asked: Asked, commands: list[Json]) -> bool:
    state.profile.set_commands(known_scope(state, asked), language_of(asked), commands)
    state.events.add("bot", None)
    return True


def get_my_commands(state: State, asked: Asked) -> list[Json]:
    return state.profile.commands(known_scope(state, asked), language_of(asked))


def known_scope(state: State, asked: Asked) -> Json | None:
    """The scope as it was given; one about a chat must name a chat the bot knows."""
    scope: Json | None = asked.params.get("scope")
    if scope and "chat_id" in scope:
        scope = {**scope, "chat_id": known_chat(state, scope["chat_id"]).id}
    return scope


def language_of(asked: Asked) -> str:
    return str(asked.params.get("language_code", ""))


def set_text(what: str) -> Callable[[State, Asked], bool]:
    """`setMyName`, `setMyDescription`, `setMyShortDescription`."""

    def method(state: State, asked: Asked) -> bool:
        state.profile.set_text(what, language_of(asked), asked.params.get(what, ""))
        state.events.add("bot", None)
        return True

    return method


def get_text(what: str) -> Callable[[State, Asked], Json]:
    def method(state: State, asked: Asked) -> Json:
        text = state.profile.text(what, language_of(asked))
        return {what: text or (state.profile.as_user()["first_name"] if what == "name" else "")}

    return method


def set_chat_menu_button(state: State, asked: Asked) -> bool:
    button = asked.params.get("menu_button", {"type": "default"})
    if "chat_id" in asked.params:
        known_chat(state, asked.params["chat_id"]).menu_button = button
    else:
        state.profile.menu_button = button
    state.events.add("bot", None)
    return True


def get_chat_menu_button(state: State, asked: Asked) -> Json:
    here = known_chat(state, asked.params["chat_id"]).menu_button if "chat_id" in asked.params else None
    return here or state.profile.menu_button


def get_file(state: State, asked: Asked) -> Json:
    stored = state.files.get(asked.params["file_id"])
    if stored is None:
        raise bad("invalid file_id")
    return {**stored.described, "file_path": stored.path}


def get_chat(state: State, asked: Asked) -> Json:
    chat = known_chat(state, asked.params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full: Json = {**chat.info, "accent_color_id": 0, "max_reaction_count": 11}
    return full | {"accepted_gift_types": dict.fromkeys(gifts, False)}


def known_chat(state: State, chat_id: int | str) -> Chat:
    chat = state.chats.get(int(chat_id)) if re.fullmatch(r"-?\d+", str(chat_id)) else None
    if chat is None or not chat.started:
        raise bad("chat not found")
    return chat


METHODS: dict[str, Callable[[State, Asked], Any]] = {
    name.lower(): method
    for name, method in {
        **MESSAGE_METHODS,
        "getMe": get_me,
        "logOut": agree,
        "close": agree,
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook_info,
        "setMyCommands": set_my_commands,
        "getMyCommands": get_my_commands,
        "deleteMyCommands": delete_my_commands,
        "setMyName": set_text("name"),
        "getMyName": get_text("name"),
        "setMyDescription": set_text("description"),
        "getMyDescription": get_text("description"),
        "setMyShortDescription": set_text("short_description"),
        "getMyShortDescription": get_text("short_description"),
        "setChatMenuButton": set_chat_menu_button,
        "getChatMenuButton": get_chat_menu_button,
        "getFile": get_file,
        "getChat": get_chat,
    }.items()
}
