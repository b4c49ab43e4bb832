"""Every call is held against Telegram's published schema: names, types, nesting. What passes comes out with real types.

Stricter than Telegram in one way, on purpose: Telegram ignores a parameter or field it does not know, here it is
refused, because it is nearly always a slip.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from bot.preview.refusal import Refused, bad

Json = dict[str, Any]

TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no", "")
MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
}
MISTYPED = {
    "chat_id": "chat not found",
    "message_id": "message identifier is not specified",
    "reply_markup": "object expected as reply markup",
}
SPOKEN = {"InlineKeyboardMarkup": "reply keyboard markup"}
NUMBERS = {"Integer": r"-?\d+", "Float": r"-?\d+(\.\d+)?"}


class Misfit(Exception):
    """A value is not of the type asked for; turned into a refusal at the top."""


@cache
def schema() -> Json:
    """Read once; made by `extract_schema.py`."""
    text = Path(__file__).with_name("bot_api_methods.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


def checked(method: str, given: Json, uploads: frozenset[str] = frozenset()) -> Json:
    """The parameters with their real types, or a refusal in Telegram's words."""
    fields = known_method(method)
    values = {name: value for name, value in given.items() if name in fields}
    if unknown := given.keys() - values.keys() - uploads:
        raise bad(f'unknown parameter "{min(unknown)}" of {method}')
    for name, field in fields.items():
        if name in uploads and name not in values and "InputFile" in field["types"]:
            values[name] = f"attach://{name}"
        if field.get("required") and values.get(name, "") == "":
            raise bad(MISSING.get(name, f'parameter "{name}" is required'))
    return {name: parameter(name, value, fields[name]) for name, value in values.items()}


def known_method(method: str) -> Json:
    for name, fields in schema()["methods"].items():
        if name.lower() == method.lower():  # Telegram does not mind the case
            found: Json = fields
            return found
    if method.lower() in (name.lower() for name in schema()["elsewhere"]):
        raise bad(f"{method} is not part of the local preview")
    raise Refused(404, "Not Found: method not found")


def parameter(name: str, value: Any, field: Json) -> Any:
    """One parameter as it came in a form or in JSON."""
    try:
        fitting = fit(from_form(value, field["types"]), field["types"])
    except Misfit as problem:
        raise bad(str(problem) or MISTYPED.get(name) or f'parameter "{name}" is of a wrong type') from None
    keep_limit(name, fitting, field)
    return fitting


def from_form(value: Any, types: list[str]) -> Any:
    """A form holds only text: read numbers, booleans and JSON where the schema asks for them."""
    if not isinstance(value, str):
        return value
    for kind, pattern in NUMBERS.items():
        if kind in types and re.fullmatch(pattern, value):
            return int(value) if kind == "Integer" else float(value)
    if types[0] in ("Boolean", "True"):
        return True if value.lower() in TRUE else False if value.lower() in FALSE else value
    if any(kind not in ("String", "InputFile") for kind in types) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            raise Misfit(f"can't parse {spoken(types[0])} JSON object") from None
    return value


def fit(value: Any, types: list[str]) -> Any:
    """The value, if it is of one of these types; else the most telling problem."""
    if len(types) > 1 and isinstance(value, dict):
        types = [name for name in types if resembles(value, name)][:1] or types
    problems = []
    for name in types:
        try:
            return fit_one(value, name)
        except Misfit as problem:
            problems.append(problem)
    raise max(problems, key=lambda problem: len(str(problem)))


def fit_one(value: Any, name: str) -> Any:
    if name.startswith("Array of "):
        if not isinstance(value, list):
            raise Misfit("")
        return [fit(item, [name.removeprefix("Array of ")]) for item in value]
    if name in PLAIN:
        if not PLAIN[name](value):
            raise Misfit("")
        return value
    return fit_object(value, name)


PLAIN = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "InputFile": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
}


def fit_object(value: Any, name: str) -> Any:
    kind = schema()["types"].get(name)
    if kind is None:
        return value  # a type that was left out of the small schema
    if "subtypes" in kind:
        likely = [sub for sub in kind["subtypes"] if isinstance(value, dict) and resembles(value, sub)]
        if not likely:
            raise Misfit(f"can't parse {spoken(name)}")
        return fit(value, likely[:1])
    if not isinstance(value, dict):
        raise Misfit("")
    for field_name, field in kind["fields"].items():
        if field.get("required") and field_name not in value:
            raise Misfit(f"can't parse {spoken(name)}: Can't find field \"{field_name}\"")
    return {key: fit_field(key, item, name, kind["fields"]) for key, item in value.items()}


def fit_field(key: str, value: Any, owner: str, fields: Json) -> Any:
    if key not in fields:
        raise Misfit(f'can\'t parse {spoken(owner)}: unknown field "{key}"')
    try:
        fitting = fit(value, fields[key]["types"])
    except Misfit as problem:
        wanted = fields[key]["types"][0]
        words = f'can\'t parse {spoken(owner)}: Field "{key}" must be of type {wanted}'
        raise Misfit(str(problem) or words) from None
    keep_limit(key, fitting, fields[key])
    return fitting


def resembles(value: Json, name: str) -> bool:
    """Does this object have what makes it this type: its fixed words and its required fields?"""
    kind = schema()["types"].get(name, {})
    if "subtypes" in kind:
        return any(resembles(value, sub) for sub in kind["subtypes"])
    for key, field in kind.get("fields", {}).items():
        if field.get("required") and key not in value:
            return False
        if "const" in field and value.get(key) != field["const"]:
            return False
    return True


def keep_limit(name: str, value: Any, field: Json) -> None:
    """Limits on counts and sizes. Text with markup is measured later, when the markup is gone."""
    if "limit" not in field or name in ("text", "caption", "message_text"):
        return
    low, high, unit = field["limit"]
    if unit == "value":
        return  # Telegram brings such numbers into range by itself
    size = len(value.encode()) if unit == "bytes" else len(value)
    if not low <= size <= high:
        raise bad(OUT_OF_RANGE.get(name, f"{name} has {size} {unit}, {low}-{high} are allowed"))


OUT_OF_RANGE = {
    "callback_data": "BUTTON_DATA_INVALID",
    "commands": "BOT_COMMANDS_TOO_MUCH",
    "command": "BOT_COMMAND_INVALID",
}


def spoken(name: str) -> str:
    """How Telegram calls a type in its messages."""
    bare = name.replace("Array of ", "")
    return SPOKEN.get(bare) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).lower()
