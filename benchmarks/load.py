"""Echo bots and the whole advisor under thousands of simulated people, over HTTP, side by side, as a Markdown table.

    python -m benchmarks.load --aiogram /tmp/aiogram/bin/python | python -m benchmarks.publish load

`benchmarks/echo_aiogram.py` says how that environment is made; without it its row is left out. Every bot meets the
same people (`benchmarks/people.py`) at the same bare Bot API in another process; all take their turn in each of three
rounds, so that a busy machine hurts all alike, and the middle of the three is shown. Then updates come at half the
advisor's own top rate, however fast they are answered.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from benchmarks.common import ROOT, machine, table

PEOPLE, ACTIVE, ROUNDS = 2000, 200, 3
NAMES = {
    "ptb": "echo, python-telegram-bot as it comes",
    "aiogram": "echo, aiogram 3.31.0",
    "ptb-ours": "echo, python-telegram-bot on our HTTP client",
    "advisor": "**the whole advisor**",
    "advisor-plain-loop": "the whole advisor without uvloop",
}
HEAD = (
    "bot",
    "updates a second",
    "to PTB echo",
    "to aiogram echo",
    "p50 ms",
    "p99 ms",
    "CPU ms an update",
    "API's core",
)
Result = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aiogram", type=Path, help="the Python of an environment with benchmarks/echo-aiogram.txt")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--bots", nargs="*", default=list(NAMES), choices=list(NAMES))
    options = parser.parse_args()
    bots = [bot for bot in options.bots if bot != "aiogram" or options.aiogram]
    rounds = [{bot: run(bot, options) for bot in bots} for _ in range(options.rounds)]
    middle = {bot: middle_of([one[bot] for one in rounds]) for bot in bots}
    print(table(HEAD, [row(bot, middle, rounds) for bot in bots]))
    if "advisor" in bots:
        half = middle["advisor"]["rate"] / 2
        steady = middle_of([run("advisor", options, half) for _ in range(options.rounds)])
        print(f"\nAt half the advisor's top rate ({half:.0f} updates a second, whatever happens): ", end="")
        print(
            f"p50 {steady['p50']:.1f} ms, p99 {steady['p99']:.1f} ms, {steady['rate']:.0f} answered a second.", end=""
        )
    print(
        f"\n\n{PEOPLE:,} people, {ACTIVE} waiting at any time, {options.rounds} rounds of {options.seconds:.0f} s. ",
        end="",
    )
    print(f"{machine()} Other work took a good part of both cores meanwhile.")


def middle_of(results: Sequence[Result]) -> Result:
    return sorted(results, key=lambda result: result["rate"])[len(results) // 2]


def row(bot: str, middle: dict[str, Result], rounds: Sequence[dict[str, Result]]) -> list[str]:
    """Ratios are taken within a round, then their middle. Those by processor time hold on a busy machine too."""

    def to(other: str, name: str) -> str:
        if other not in middle:
            return ""
        ratio = statistics.median(one[bot][name] / one[other][name] for one in rounds)
        return f"{1 / ratio if name == 'cpu' else ratio:.2f}"

    found, cpu = middle[bot], statistics.median(one[bot]["cpu"] for one in rounds)
    figures = [f"{found['rate']:.0f}", to("ptb", "rate"), to("aiogram", "rate")]
    figures += [f"{found['p50']:.0f}", f"{found['p99']:.0f}", f"{cpu:.2f}", to("ptb", "cpu"), to("aiogram", "cpu")]
    return [NAMES[bot], *figures, f"{found['server']:.0%}"]


def run(bot: str, options: argparse.Namespace, rate: float = 0.0) -> Result:
    """One bot, its own API, its own empty store; stopped in the end."""
    # Not in a memory file system: a commit has to wait for a disk.
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, api(Path(folder), options.seconds, rate) as (server, port):
        process = subprocess.Popen(command(bot, f"http://127.0.0.1:{port}", folder, options.aiogram), cwd=ROOT)
        try:
            assert server.stdout
            expect(server.stdout, "measuring")
            before = processor(process.pid)
            expect(server.stdout, "measured")
            used = processor(process.pid) - before
            result: Result = json.loads(server.stdout.readline())
        finally:
            process.terminate()
            process.wait(30)
    result["cpu"] = used * 1000 / max(1.0, result["rate"] * options.seconds)
    print(f"{bot} {json.dumps(result)}", file=sys.stderr)
    return result


@contextlib.contextmanager
def api(folder: Path, seconds: float, rate: float) -> Iterator[tuple[subprocess.Popen[str], int]]:
    from tests.test_understanding import SENTENCES

    messages = folder / "messages.json"
    said = [sentence for listed in SENTENCES.values() for sentence in listed]
    messages.write_text(json.dumps({"messages": said, "command": "/enroll"}), "utf-8")
    line = [sys.executable, "-m", "benchmarks.local_api", str(messages), "--people", str(PEOPLE)]
    line += ["--active", str(ACTIVE), "--seconds", str(seconds), "--rate", str(rate)]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout
        assert server.stdin
        try:
            yield server, int(server.stdout.readline())
        finally:
            server.stdin.close()


def command(bot: str, url: str, folder: str, aiogram: Path | None) -> list[str]:
    if bot == "aiogram":
        return [str(aiogram), "benchmarks/echo_aiogram.py", url]
    return [sys.executable, "-m", "benchmarks.load_bots", bot, url, folder]


def expect(lines: IO[str], wanted: str) -> None:
    line = lines.readline().strip()
    if line != wanted:
        raise SystemExit(f"The Bot API said {line!r} instead of {wanted!r}.")


def processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
