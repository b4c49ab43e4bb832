"""Why an edit was not kept, short enough to be read: a failed test tells whole answers."""

from __future__ import annotations

PROBLEMS_TOLD = 6
LONGEST_LINE = 120
TOLD_OF_A_TEST = ("expected", "came")


def refusal(problems: tuple[str, ...]) -> str:
    """Why an edit was not kept: three lines at most for each problem, for of a failed test whole answers are told."""
    listed = "\n".join(shortened(problem) for problem in problems[:PROBLEMS_TOLD])
    more = f"\n... and {len(problems) - PROBLEMS_TOLD} more" if len(problems) > PROBLEMS_TOLD else ""
    return f"Not kept, because the content would not be sound:\n{listed}{more}"


def shortened(problem: str) -> str:
    """File, line and name as they are; of what was expected and what came the first line each."""
    where, *rest = problem.splitlines() or [""]
    told = [line for line in rest if line.strip().startswith(TOLD_OF_A_TEST)]
    return "\n".join([where, *(line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…" for line in told)])
