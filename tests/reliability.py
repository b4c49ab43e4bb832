"""The table of docs/reliability.md, made from the marks of the tests. `python -m tests.reliability` writes it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reliability.md"
CASES = Path(__file__).with_name("faults.yaml")
BEGIN, END = "<!-- cases -->", "<!-- end of cases -->"


def marked() -> dict[str, list[tuple[str, bool]]]:
    """Fault id -> (test as file::title, whether only `make torture` runs it)."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                slow = "pytest.mark.torture" in marks
                for mark in marks:
                    if mark.startswith("pytest.mark.fault("):
                        name = f"{file.relative_to(ROOT / 'tests')}::{node.name.removeprefix('test_')}"
                        found[ast.literal_eval(mark[len("pytest.mark.fault(") : -1])].append((name, slow))
    return found


def cases() -> dict[str, str]:
    given: dict[str, str] = yaml.safe_load(CASES.read_text("utf-8"))
    return given


def table() -> str:
    tests = marked()
    lines = ["| case | what happens, and what must be so | proved by | run by |", "| --- | --- | --- | --- |"]
    for case, told in cases().items():
        proofs = tests.get(case, [])
        names = "<br>".join(f"`{name.split('::')[0]}` {name.split('::')[1].replace('_', ' ')}" for name, _ in proofs)
        runs = sorted({"`make torture`" if slow else "`make test`" for _, slow in proofs}, reverse=True)
        lines.append(f"| {case} | {told} | {names or 'none here'} | {' and '.join(runs) or '-'} |")
    return "\n".join(lines)


def written(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
