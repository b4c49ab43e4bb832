"""Plain YAML data -> the frozen dataclasses of the core, with pydantic's findings turned into problems."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

import pydantic

from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.yaml_lines import Document, Path_

T = TypeVar("T")

EMPTY = "is empty"
FIGURE = ("float", "tuple[float, float]")  # what pydantic calls the two that a fact's value may be
DATE = "is no date: write it like 2026-09-30"
SHOULD_BE = {
    **dict.fromkeys(("tuple_type", "sequence_str", "is_instance_of"), "should be a list, like [one, two]"),
    "string_type": "should be a text; put it in quotes",
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "bool_parsing": "should be true or false",
    "int_parsing": "should be a whole number",
    "float_parsing": "should be a number",
    "dict_type": "should have keys below it, each on a line of its own",
    "mapping_type": "should have keys below it, each on a line of its own",
    "dataclass_type": "should have keys below it, each on a line of its own",
}


@cache
def _adapter(shape: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(shape)


def shape_one(shape: type[T], data: Any, document: Document, path: Path_) -> T | None:
    """`data` at `path` of `document` as a `shape`, or None with the problems noted in the document."""
    try:
        result: T = _adapter(cast(Hashable, shape)).validate_python(data)
    except pydantic.ValidationError as error:
        for loc, what in _findings(error, shape).items():
            document.report((*path, *loc), what, where=_where(path, loc))
        return None
    return result


def shape_each(shape: type[T], document: Document) -> dict[str, T]:
    """A file that maps ids to items of one shape. Bad items are reported and left out."""
    if document.data is None:
        if not document.problems:
            document.report((), EMPTY)
        return {}
    if not isinstance(document.data, dict):
        document.report((), "should be a mapping of ids to entries")
        return {}
    shaped = {key: shape_one(shape, value, document, (key,)) for key, value in document.data.items()}
    return {key: item for key, item in shaped.items() if item is not None}


def _findings(error: pydantic.ValidationError, shape: type[Any]) -> dict[Path_, str]:
    """What is wrong by where it is. A figure that is neither a number nor a range is told of once."""
    told: dict[Path_, str] = {}
    for finding in error.errors(include_url=False):
        loc = tuple(finding["loc"])
        figure = next((at for at, part in enumerate(loc) if part in FIGURE), None)
        if figure is None:
            told[loc] = _told(finding, loc, shape)
        else:
            told[loc[:figure]] = "should be a number like 2080, without $ and commas, or a range like [6, 12]"
    return told


def _where(path: Path_, loc: Path_) -> str:
    return ".".join(str(p) for p in (*path, *loc) if not str(p).startswith("function-")) or "the file"


def _told(finding: Mapping[str, Any], loc: Path_, shape: type[Any]) -> str:
    kind, name = finding["type"], str(loc[-1]) if loc else ""
    known = [f.name for f in fields(shape)] if is_dataclass(shape) else []
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"unknown key '{name}'{did_you_mean(name, known)}"
    if kind in {"missing", "missing_argument"}:
        return f"'{name}' is missing"
    if kind == "literal_error":
        wanted = finding["ctx"]["expected"]
        return f"'{finding['input']}' is not one of {wanted}{did_you_mean(str(finding['input']), _choices(wanted))}"
    return f"{SHOULD_BE.get(kind, finding['msg'].lower())}, got {_given(finding['input'])}"


def _given(value: Any) -> str:
    return "something with keys below it" if isinstance(value, dict) else repr(str(value)[:60])


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
