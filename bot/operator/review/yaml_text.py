"""Edits of YAML as text: lines are added, and no other line changes. Comments, order, quotes and indents stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

PLAIN = re.compile(r"[A-Za-z][\w ,.?!'()/&$%+;-]*", re.ASCII)
MEANS_SOMETHING_ELSE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
BOM = "\ufeff"
EMPTY = MappingNode("", [])


Value = str | Sequence[str] | bool


class CannotEdit(Exception):
    """Why an edit can't be made safely, in a sentence for whoever asked for it."""


def with_items(text: str, entry: str, field: str, items: Sequence[str]) -> str:
    """`text` with `items` at the end of the list `field` of `entry`. Raises CannotEdit."""
    bom, text = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    before = parsed(text)
    listed = _child(_child(before, entry), field)
    if not isinstance(listed, SequenceNode) or not listed.value:
        raise CannotEdit(f"'{entry}' has no list '{field}' to add to; add it by hand")
    edited = _in_brackets(text, listed, items) if listed.flow_style else _in_lines(text, listed, items)
    wanted = plain(before or EMPTY)
    wanted[entry][field] += [one_line(item) for item in items]
    return bom + checked(edited, wanted)


def with_entry(text: str, entry: str, fields: Mapping[str, Value]) -> str:
    """`text` with a new entry at its end, values that end with a line break as blocks. Raises CannotEdit."""
    before = entries(text)
    if entry in before:
        raise CannotEdit(f"there is a '{entry}' already")
    end = _line_end(text)
    lines = [f"{entry}:"]
    for name, value in fields.items():
        lines += _field(name, value)
    space = "" if not text else end if text.endswith("\n") else end * 2
    wanted = before | {entry: {name: _as_read(value) for name, value in fields.items()}}
    return checked(text + space + end.join(lines) + end, wanted)


def parsed(text: str) -> MappingNode | None:
    """The tree of a file, None if there is nothing in it. Raises CannotEdit."""
    try:
        node = YAML().compose(text)
    except YAMLError as error:
        raise CannotEdit(f"the file is not readable YAML: {str(error).splitlines()[0]}") from None
    if node is not None and not isinstance(node, MappingNode):
        raise CannotEdit("the file does not hold named entries")
    return node


def entries(text: str) -> dict[str, Any]:
    """The entries of a file as plain data. Raises CannotEdit."""
    return dict(plain(parsed(text) or EMPTY))


def plain(node: Node) -> Any:
    """Plain data, every scalar a string, as the content is read."""
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return [plain(item) for item in node.value] if isinstance(node, SequenceNode) else node.value


def checked(edited: str, wanted: Mapping[str, Any]) -> str:
    """`edited`, if it reads as `wanted`."""
    if entries(edited) != wanted:
        raise CannotEdit("the file is written in a way that can't be edited safely; edit it by hand")
    return edited


def scalar(value: str, quoted: bool = False) -> str:
    """`value` as it is written in one line of YAML, in double quotes where it needs or others like it have them."""
    value = one_line(value)
    bare = PLAIN.fullmatch(value) and not value.endswith(":") and value.lower() not in MEANS_SOMETHING_ELSE
    return value if bare and not quoted else json.dumps(value, ensure_ascii=False)


def one_line(value: str) -> str:
    """Without line breaks and what can't be seen."""
    return " ".join("".join(c for c in value if c.isprintable() or c.isspace()).split())


def _child(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _in_lines(text: str, listed: SequenceNode, items: Sequence[str]) -> str:
    last = listed.value[-1]
    start = text.rfind("\n", 0, last.start_mark.index) + 1
    dash = text[start : last.start_mark.index]
    if not re.fullmatch(r"[ ]*- +", dash) or not isinstance(last, ScalarNode) or last.style in ("|", ">"):
        raise CannotEdit("the list's last item is written in a way that can't be followed; add to it by hand")
    quoted = sum(item.style == '"' for item in listed.value) * 2 > len(listed.value)
    end = _line_end(text)
    at = text.find("\n", last.end_mark.index) + 1
    added = "".join(f"{dash}{scalar(item, quoted)}{end}" for item in items)
    return text[:at] + added + text[at:] if at else text + end + added


def _in_brackets(text: str, listed: SequenceNode, items: Sequence[str]) -> str:
    at = listed.value[-1].end_mark.index
    return text[:at] + "".join(f", {scalar(item, quoted=True)}" for item in items) + text[at:]


def _field(name: str, value: Value) -> list[str]:
    read = _as_read(value)
    if isinstance(value, bool):
        return [f"  {name}: {read}"]
    if not isinstance(read, str):
        return [f"  {name}:", *(f"    - {scalar(item)}" for item in read)]
    if not read.endswith("\n"):
        return [f"  {name}: {scalar(read)}"]
    return [f"  {name}: |", *(f"    {line}".rstrip() for line in read.splitlines())]


def _as_read(value: Value) -> str | list[str]:
    """What a reader will find: one line, or a block that ends with a line break where the value does."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return [one_line(item) for item in value]
    if not value.endswith("\n"):
        return one_line(value)
    lines = ("".join(c for c in line.rstrip() if c.isprintable()) for line in value.strip().splitlines())
    return "\n".join(lines) + "\n"


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
