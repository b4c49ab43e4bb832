"""The words that move about in a flow: "back", "stop", "start over", alone or with small words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOVES: dict[str, str] = {
    "back": "back|go back|previous|last question|one back|undo|go back one|previous question|oops go back",
    "again": "start over|start again|restart|begin again|from the beginning|start from the beginning|reset",
    "stop": "stop|cancel|quit|exit|end|stop this|leave|nevermind|never mind|nvm|forget it|enough|i want to stop|no more"
    "|bye|goodbye|bye bye|good night|goodnight|gotta go|ttyl|talk later|see you|see ya",
    "sum": "summary|my answers|show my answers|change|change an answer|change my answer|change answer|change something",
    "done": "done|thats all|that is all|thats it|finished|im done|ready",
    "go": "go on|continue|resume|keep going|carry on|repeat|say that again|come again|repeat the question",
    "skip": "skip|skip it|skip this|next|pass|skip this one",
}
WANTS_SKIP = re.compile(
    r"(?<!not )(?<!dont )(?<!cant )\bskip(?: (?:it|this|that|one|question|for|now|please|then|over|thanks))*$"
)
MOST_SAID = 16  # words around a wish to skip; more is a story
SAYS = {phrase: move for move, phrases in MOVES.items() for phrase in phrases.split("|")}
AROUND = frozenset([
    "ok", "okay", "oh", "um", "no", "wait", "lol", "actually", "please", "pls", "sorry", "just", "now", "can", "could",
    "i", "we", "you", "want", "wanna", "need", "to", "lets", "the", "it", "one", "this", "and", "quiz", "here",
    "press", "pressed", "tap", "tapped", "click", "clicked", "hit", "button",
])  # fmt: skip


def wants_skip(said: Sequence[str]) -> bool:
    """ "She hasn't picked one yet, could you please just skip it"."""
    return len(said) <= MOST_SAID and WANTS_SKIP.search(" ".join(said)) is not None


def move_in(said: Sequence[str]) -> str | None:
    """The one move that the words name: "stop", "i want to go back please", "nvm stop"."""
    bare = [word for word in said if word not in AROUND]
    exact = SAYS.get(" ".join(said)) or SAYS.get(" ".join(bare))
    each = {SAYS.get(word) for word in bare}
    return exact or (each.pop() if len(each) == 1 else None)
