"""Puts what a measuring program printed into its place in benchmarks/README.md, and shows it.

    python -m benchmarks.scale | python -m benchmarks.publish scale

A place is the text between `<!-- scale -->` and `<!-- end of scale -->`. Nothing printed changes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

README = Path(__file__).resolve().parent / "README.md"


def published(readme: str, name: str, text: str) -> str:
    """`readme` with `text` in the place called `name`. Raises ValueError if there is no such place."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found_begin, rest = readme.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"{README.name} has no place called {name}")
    text = text.strip()
    shown = text if text.startswith("|") else f"```text\n{text}\n```"  # lines of a table may flow, others may not
    return f"{before}{begin}\n\n{shown}\n\n{end}{after}"


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    text = sys.stdin.read()
    if not text.strip():
        raise SystemExit("Nothing was measured, so README.md stays as it is.")
    README.write_text(published(README.read_text("utf-8"), sys.argv[1], text), "utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
