"""Cut a full Bot API schema down to the methods this preview answers: `python -m bot.preview.extract_schema FULL.json`.

Writes `bot_api_methods.json` beside this file. The full schema is the one in aiogram's source distribution on PyPI
(3.31.0, `.butcher/schema/schema.json`, MIT; Bot API 10.3), rearranged so that `methods` and `types` map a name to its
`fields`, each with `name`, `types`, `required` and, where the documentation states one, `limit` and `const`.
Run it again after adding a method to METHODS; the names of all other methods are kept, so that the preview can tell
"exists in Telegram, but not here" from "no such method".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

METHODS = [
    "getMe",
    "logOut",
    "close",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendMediaGroup",
    "sendChatAction",
    "setMessageReaction",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "editMessageMedia",
    "deleteMessage",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getFile",
    "getChat",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "setChatMenuButton",
    "getChatMenuButton",
]

Json = dict[str, Any]


def compact_field(field: Json) -> Json:
    """Only what checking needs; the documentation's sentences stay behind."""
    short: Json = {"types": field["types"]}
    if field["required"]:
        short["required"] = True
    if "const" in field:
        short["const"] = field["const"]
    if "limit" in field:
        short["limit"] = [field["limit"]["min"], field["limit"]["max"], field["limit"]["unit"]]
    return short


def compact(fields: Iterable[Json]) -> Json:
    return {field["name"]: compact_field(field) for field in fields}


def named_types(fields: Json) -> set[str]:
    return {name.removeprefix("Array of ").removeprefix("Array of ") for f in fields.values() for name in f["types"]}


def reachable(full_types: Json, wanted: set[str]) -> Json:
    """Every object type that a parameter of ours can contain, however deep."""
    found: Json = {}
    while wanted:
        name = wanted.pop()
        if name in found or name not in full_types or "Rich" in name:  # rich messages are not part of this
            continue
        fields = compact(full_types[name].get("fields", []))
        subtypes = full_types[name].get("subtypes", [])
        found[name] = {"subtypes": subtypes} if subtypes else {"fields": fields}
        wanted |= named_types(fields) | set(subtypes)
    return dict(sorted(found.items()))


def extract(full: Json) -> Json:
    methods = {name: compact(full["methods"][name]["fields"]) for name in METHODS}
    wanted = set().union(*(named_types(fields) for fields in methods.values()))
    return {
        "source": full["source"],
        "version": full["version"],
        "methods": methods,
        "types": reachable(full["types"], wanted),
        "elsewhere": sorted(set(full["methods"]) - set(METHODS)),
    }


def one_line_each(schema: Json) -> str:
    """JSON with one method or type to a line: small, and still readable in a diff."""
    parts = []
    for key, value in schema.items():
        if not isinstance(value, dict):
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
            continue
        lines = [f"  {json.dumps(name)}: {json.dumps(body)}" for name, body in value.items()]
        parts.append(f"{json.dumps(key)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    full_schema = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = Path(__file__).with_name("bot_api_methods.json")
    target.write_text(one_line_each(extract(full_schema)), encoding="utf-8")
    print(f"{target.name}: {len(METHODS)} methods of Bot API {full_schema['version']}")
