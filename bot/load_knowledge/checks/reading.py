"""What is found while the files are read, before any rule can look at the whole: why it matters and how to mend it."""

from __future__ import annotations

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule


def _while_reading(content: Content) -> tuple[Found, ...]:
    """Nothing more to find: the reader has reported it."""
    return ()


rule(
    "unreadable",
    why="Without this file or folder there is nothing to answer from.",
    fix="Put the file back, or set KNOWLEDGE_DIR in .env to the folder that holds career.yaml.",
)(_while_reading)
rule(
    "yaml",
    why="A file that can't be read as YAML is as good as empty.",
    fix="Look at that line and the one above it: a colon or quote missing, or a line too far left or right. "
    'Put a text that holds a colon in quotes: title: "Pay: what to expect"',
)(_while_reading)
rule(
    "twice",
    why="Of two entries with one name only one would count, and nobody could tell which.",
    fix="Rename one of the two, or put both together and delete the other.",
)(_while_reading)
rule(
    "not-read",
    severity="warning",
    why="Only files that end in .yaml are read, so nobody is told what stands in this one.",
    fix="Give it a name that ends in .yaml, right in its folder, or move it elsewhere.",
)(_while_reading)
rule(
    "shape",
    why="The program can only use what is named and built as it expects; anything else would silently be left out.",
    fix="Compare with an entry of the same kind nearby, which has every name it needs; docs/recipes.md shows each.",
)(_while_reading)
rule(
    "flow",
    why="Someone in the middle of this guided plan would be asked in vain, be told something wrong, or get stuck.",
    fix="docs/flows.md shows every key of a flow with an example.",
)(_while_reading)
