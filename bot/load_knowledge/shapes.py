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


@cache
def _adapter(shape: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(shape)


def shape_one(shape: type[T], data: Any, document: Document, path: Path_) -> T | None:
    """`data` at `path` of `document` as a `shape`, or None with the problems noted in the document."""
    try:
        result: T = _adapter(cast(Hashable, shape)).validate_python(data)
    except pydantic.ValidationError as error:
        for finding in error.errors(include_url=False):
            loc = tuple(part for part in finding["loc"])
            document.report((*path, *loc), _told(finding, loc, shape), where=_where(path, loc))
        return None
    return result


def shape_each(shape: type[T], document: Document) -> dict[str, T]:
    """A file that maps ids to items of one shape. Bad items are reported and left out."""
    if document.data is None:
        return {}
    if not isinstance(document.data, dict):
        document.report((), "should be a mapping of ids to entries")
        return {}
    shaped = {key: shape_one(shape, value, document, (key,)) for key, value in document.data.items()}
    return {key: item for key, item in shaped.items() if item is not None}


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
    return f"{finding['msg'].lower()}, got {str(finding['input'])[:60]!r}"


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
