"""What becomes of understanding when messages are badly typed, texted, shouted, dictated or padded: a Markdown table.

    python -m benchmarks.robustness FILE.jsonl [--seed 1]

Everything goes through the product's own `respond`, each message in a fresh conversation, judged as
`python run_bot.py evaluate` judges. "Best right": the likeliest question was the right one, answered, offered first or
refused. "Wrong" is a wrong answer given with confidence; what is missing to 100 % was refused or got an offer without
the right question in it. The last columns are near and out of scope together, and small talk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.common import OURS, TALK, about, known, quantile, table
from benchmarks.noise import KINDS, noisy
from bot.operator.evaluate import Judged, evaluate

CLEAN = "as written"
HEAD = (
    "messages",
    "best right",
    "answered rightly",
    "or offered",
    "wrong",
    "not ours: refused",
    "not ours: answered",
    "small talk",
    "p50 ms",
    "p99 ms",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="of the noise")
    options = parser.parse_args()
    knowledge, today = known(), dt.date.today()
    rows = [json.loads(line) for line in options.file.read_text("utf-8").splitlines() if line.strip()]
    measured = []
    for kind in (CLEAN, *KINDS):
        print(f"measuring {kind}", file=sys.stderr)
        report = evaluate(written(rows, kind, options.seed), knowledge, today)
        measured.append(cells(kind, report.judged))
    print(table(HEAD, measured) + "\n")
    print(f"{about(knowledge)} {len(rows)} messages. Seed {options.seed}.")


def written(rows: Iterable[dict[str, object]], kind: str, seed: int) -> Iterator[str]:
    """The labelled lines with their messages typed in the manner of `kind`."""
    for row in rows:
        text = str(row["q"])
        yield json.dumps(row | {"q": text if kind == CLEAN else noisy(kind, text, seed)})


def cells(kind: str, judged: Sequence[Judged]) -> list[str]:
    ours = [j.verdict for j in judged if j.row["kind"] == OURS]
    others = [j.verdict for j in judged if j.row["kind"] not in {OURS, TALK}]
    talk = [j.verdict for j in judged if j.row["kind"] == TALK]
    likeliest = [j.likeliest_is_right for j in judged if j.row["kind"] == OURS]
    shares = (
        sum(likeliest) / max(len(likeliest), 1),
        _share(ours, "right"),
        _share(ours, "right", "offered"),
        _share(ours, "wrong"),
        _share(others, "right"),
        _share(others, "wrong"),
        _share(talk, "right"),
    )
    times = [j.ms for j in judged]
    return [kind, *(f"{share:.1%}" for share in shares), *(f"{quantile(times, q):.2f}" for q in (0.5, 0.99))]


def _share(verdicts: Sequence[str], *wanted: str) -> float:
    return sum(v in wanted for v in verdicts) / max(len(verdicts), 1)


if __name__ == "__main__":
    main()
