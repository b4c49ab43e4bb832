"""Two questions in one message: how often both, one or neither is answered, by what stands between: a Markdown table.

    python -m benchmarks.two_in_one FILE.jsonl [--seed 1]

Messages in scope that are answered rightly by themselves and have a question word are put together in pairs by the
seed, never two of one intent. "In turn" counts a pair where an answer to each came, in any order; "offered" a pair
that was asked back about with at least one of the two among what was offered.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections import Counter
from pathlib import Path

from benchmarks.common import OURS, Labelled, about, known, read_labelled, table
from bot.conversation.asks import QUESTION
from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import State, Turn

BETWEEN = {"two sentences": "? ", "and": " and ", "and also": ", and also ", "a new line": "\n", "only a comma": ", "}
LONGEST = 12  # words of one question
PAIRS = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="of the pairs")
    options = parser.parse_args()
    knowledge, today = known(), dt.date.today()
    alone = [m for m in read_labelled(options.file) if _fit(m, knowledge, today)]
    pairs = _pairs(alone, random.Random(options.seed))
    rows = [[name, *_shares(pairs, joined, knowledge, today)] for name, joined in BETWEEN.items()]
    print(table(("between them", "both in turn", "one of them", "offered", "neither"), rows) + "\n")
    print(f"{about(knowledge)} {len(pairs)} pairs of {len(alone)} messages. Seed {options.seed}.")


def _fit(message: Labelled, knowledge: Knowledge, today: dt.date) -> bool:
    text = message.text.strip()
    if message.kind != OURS or len(text.split()) > LONGEST or not QUESTION.search(text):
        return False
    turn = respond(State(), Said(text, today), knowledge)
    return turn.kind == "answer" and len(turn.intents) == 1 and turn.intents[0] in message.accepted


def _pairs(messages: list[Labelled], chance: random.Random) -> list[tuple[Labelled, Labelled]]:
    drawn = (chance.sample(messages, 2) for _ in range(PAIRS * 10))
    return [(one, other) for one, other in drawn if not one.accepted & other.accepted][:PAIRS]


def _shares(pairs: list[tuple[Labelled, Labelled]], joined: str, knowledge: Knowledge, today: dt.date) -> list[str]:
    told: Counter[str] = Counter()
    for one, other in pairs:
        text = one.text.strip().rstrip("?.! ") + joined + other.text.strip()
        told[_came(respond(State(), Said(text, today), knowledge), one, other)] += 1
    return [f"{told[name] / len(pairs):.1%}" for name in ("both", "one", "offered", "neither")]


def _came(turn: Turn, one: Labelled, other: Labelled) -> str:
    hits = sum(any(intent in message.accepted for intent in turn.intents) for message in (one, other))
    if turn.kind == "clarify":
        return "offered" if hits else "neither"
    return ("neither", "one", "both")[hits] if turn.kind == "answer" else "neither"


if __name__ == "__main__":
    main()
