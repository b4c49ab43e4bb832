"""Plain YAML data -> the frozen dataclasses of the core, with pydantic's findings turned into problems."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import pydantic

from bot.load_knowledge.problems import did_you_mean, nearest
from bot.load_knowledge.yaml_lines import Document, Path_

T = TypeVar("T")

EMPTY = "is empty"
UNKNOWN = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
OTHERWISE_SAID = {
    "$": "usd", "dollar": "usd", "dollars": "usd", "us dollars": "usd", "%": "percent", "per cent": "percent",
    "percentage": "percent", "average": "mean", "middle": "median", "number": "count", "cost": "price",
}  # fmt: skip
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
    for loc in _misspelt({tuple(one["loc"]) for one in error.errors() if one["type"] in UNKNOWN}, told, shape):
        told.pop(loc, None)
    return told


def _misspelt(unknown: Iterable[Path_], told: Collection[Path_], shape: type[Any]) -> Iterator[Path_]:
    """Keys that seem to be missing and only are written in another way beside."""
    for *above, name in unknown:
        keys = [f.name for f in _keys(shape, tuple(above))]
        if (near := nearest(str(name), keys)) and (*above, near) in told:
            yield (*above, near)


def _keys(shape: Any, at: Path_) -> tuple[Field[Any], ...]:
    """The fields that a mapping at this path in a `shape` may have, as far as that can be told."""
    for part in at:
        shape = _inside(shape, part)
    shape = _without_none(shape)
    return fields(shape) if is_dataclass(shape) else ()


def _inside(shape: Any, part: str | int) -> Any:
    """The shape of what is at the key or index `part`; where several are possible, pydantic names one as the part."""
    shape = _without_none(shape)
    if is_dataclass(shape):
        return get_type_hints(shape).get(str(part))
    choices = get_args(shape)
    if get_origin(shape) in (Union, UnionType):
        return next((one for one in choices if getattr(one, "__name__", "") == part), None)
    return next((one for one in reversed(choices) if one is not Ellipsis), None)


def _without_none(shape: Any) -> Any:
    choices = [one for one in get_args(shape) if one is not NoneType]
    return choices[0] if get_origin(shape) in (Union, UnionType) and len(choices) == 1 else shape


def _where(path: Path_, loc: Path_) -> str:
    return ".".join(str(p) for p in (*path, *loc) if not str(p).startswith("function-")) or "the file"


def _told(finding: Mapping[str, Any], loc: Path_, shape: type[Any]) -> str:
    kind, name = finding["type"], str(loc[-1]) if loc else ""
    if kind in UNKNOWN:
        return f"unknown key '{name}'{did_you_mean(name, [f.name for f in _keys(shape, loc[:-1])])}"
    if kind in {"missing", "missing_argument"}:
        return f"'{name}' is missing"
    if kind == "literal_error":
        wanted = finding["ctx"]["expected"]
        given, choices = str(finding["input"]), _choices(wanted)
        meant = OTHERWISE_SAID.get(given.lower())
        near = f"; did you mean '{meant}'?" if meant in choices else did_you_mean(given, choices)
        return f"'{given}' is not one of {wanted}{near}"
    return f"{SHOULD_BE.get(kind, finding['msg'].lower())}, got {_given(finding['input'])}"


def _given(value: Any) -> str:
    return "something with keys below it" if isinstance(value, dict) else repr(str(value)[:60])


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
