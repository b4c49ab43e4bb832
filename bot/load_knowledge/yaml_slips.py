"""Why a file can't be read, in words for somebody who writes YAML now and then, and the line where it began."""

from __future__ import annotations

import re
from itertools import pairwise

import yaml

TAB = re.compile(r"^ *\t")
OPENED = re.compile(r"""^\s*(?:- +)?(?:[\w.]+: +)?(["'])(.*)$""")
BEGINS = re.compile(r"^\s*(?:-|[\w.]+:)")
APOSTROPHE = re.compile(r"^\s*(?:- +)?(?:[\w.]+: +)?'(?:[^']|'')*\w'\w")
DASH = re.compile(r"^\s*-[^\s-]")
FIRST = re.compile(r"^\s*(?:- +)?(?:[\w.]+: +)?([%@`])")
COLON = re.compile(r"^\s*(?:- +)?[\w.]+: +[^\s\"'\[{|>].*: ")


def unread(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "can't be read: it is not in UTF-8; save it anew with the encoding UTF-8"
    if isinstance(error, FileNotFoundError):
        return "can't be read: it is not there"
    return f"can't be read ({error.strerror})"


def yaml_slip(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line and what is wrong with it. A reader stumbles late, so the usual slips are looked for above its line."""
    mark = error.problem_mark or error.context_mark
    at = mark.line + 1 if mark else 1
    lines = text.splitlines()
    told = lines[at - 1] if at <= len(lines) else ""
    if TAB.match(told):
        return at, "it is indented with a tab; use spaces"
    if begins := FIRST.match(told):
        return at, f"a text can't begin with {begins[1]}; put it in quotes"
    for number in (at, at - 1):
        if 0 < number <= len(lines) and APOSTROPHE.match(lines[number - 1]):
            return number, "an apostrophe in a text in single quotes ends the text; put it in double quotes"
    if COLON.match(told):
        return at, "a colon and a space in a text; put the whole text in quotes"
    quote = _open_quote(lines[:at])
    if quote:
        return quote, "a quote is opened here and not closed on this line"
    for number in (at, at - 1):
        if 0 < number <= len(lines) and DASH.match(lines[number - 1]):
            return number, "a dash needs a space after it"
    what = error.problem or error.context or "it can't be understood"
    return at, f"{what}; look for a missing colon, quote or indent"


def _open_quote(lines: list[str]) -> int:
    """The first line with a quote that is still open when the next item or key begins; 0 if there is none."""
    for number, (line, below) in enumerate(pairwise([*lines, "-"]), start=1):
        opened = OPENED.match(line)
        if opened and opened[1] not in opened[2].replace("\\" + opened[1], "") and BEGINS.match(below):
            return number
    return 0
