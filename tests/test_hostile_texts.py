"""No text takes long to answer: every pattern of the core is linear, and so is all that is done with a message.

Counted is the time of the processor, so that a busy machine makes nothing slower.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import bot.conversation
from bot.conversation.events import Commanded, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.spaces import squeezed
from bot.conversation.state import State
from tests.conftest import TODAY

LONGEST = 4096  # what Telegram lets people send
SEARCHED = 2000
MOST_SEARCHING = 1.5  # seconds for one pattern in all texts; usually a hundredth of one, and never half of one
MOST_FOR_A_TURN = 2.0  # usually a fifth of one
PIECES = (
    ", ", ". ", "? ", "- ", "\n", "\t ", " ", "(", "'", "1", "1 ", "1,", "1.", "$1,", "5k+", "x", "x y. ", "so ", "no ",
    "no, ", "and ", "is ", "the one ", "i mean ", "what ", "how much is it? ", "$5 or ", "an hour ", "ohio, ", "x.y@",
)  # fmt: skip
AROUND = (("", ""), ("", " claim mean x"), ("what is ", " x 5"), ("so my result is ", " x?"))


def text_of(piece: str, length: int, before: str = "", behind: str = "") -> str:
    return before + (piece * length)[: length - len(before + behind)] + behind


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ():
        yield from patterns_in(inner)


def patterns() -> set[re.Pattern[str]]:
    """Every pattern that a module of the core holds."""
    names = [module.name for module in pkgutil.walk_packages(bot.conversation.__path__, "bot.conversation.")]
    held = (value for name in names for value in vars(importlib.import_module(name)).values())
    return {pattern for value in held for pattern in patterns_in(value)}


def seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def test_no_pattern_takes_long_in_any_text() -> None:
    found = patterns()
    assert len(found) > 200
    texts = [squeezed(text_of(piece, SEARCHED, *around)) for piece in PIECES for around in AROUND]
    for pattern in found:
        taken = seconds(lambda pattern=pattern: [(pattern.search(text), pattern.match(text)) for text in texts])  # type: ignore[misc]
        assert taken < MOST_SEARCHING, f"{taken:.1f} s for {pattern.pattern}"


@pytest.fixture(scope="module")
def states(knowledge: Knowledge) -> tuple[State, State]:
    """At a question for a sum, where most is tried, and with nothing begun."""
    asked = respond(State(), Commanded("enroll", "", TODAY), knowledge)
    return respond(asked.state, Said("i work in a store", TODAY), knowledge).state, State()


@pytest.mark.fault("F18")
def test_no_text_takes_long_to_answer(states: tuple[State, State], knowledge: Knowledge) -> None:
    assert states[0].flow["step"] == "pay"
    for piece in PIECES:
        for state, around in zip(states, AROUND, strict=False):
            said = Said(text_of(piece, LONGEST, *around), TODAY)
            taken = seconds(lambda state=state, said=said: respond(state, said, knowledge))  # type: ignore[misc]
            assert taken < MOST_FOR_A_TURN, f"{taken:.1f} s for {said.text[:40]!r}"


def test_long_runs_of_spaces_are_made_short() -> None:
    assert squeezed("a  b\t\tc \n d\n\n \n\ne f\r\ng") == "a b c\nd\n\ne f\ng"
