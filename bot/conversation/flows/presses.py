"""What a button of a flow carries: `f:<flow>` begins it, `f:<flow>:<run>.<card>:<step>:<act>` does something in it.

An act is `=id` an option, `+id` and `-id` tick and untick one, `@code` an area, `#id` a card of the result, or `!word`.
Nothing of a person is in it, and what it names is looked up in the state of the chat it came from, so a forged one
can at most do what its sender could do anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.buttons import FLOW
from bot.conversation.flows.progress import Progress
from bot.conversation.state import Button

MOST_BYTES = 64
LONGEST_FLOW, LONGEST_ID = 12, 16
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WRAP = 36**2  # runs and cards are told apart over this many


@dataclass(frozen=True, slots=True)
class Press:
    flow: str
    run: int = -1
    card: int = -1
    step: str = ""
    act: str = ""


def written(number: int) -> str:
    number %= WRAP
    return DIGITS[number // 36] + DIGITS[number % 36]


def act(progress: Progress, label: str, what: str, step: str | None = None) -> Button:
    """A button of this run, about the step that waits unless another is named."""
    named = progress.step if step is None else step
    run = f"{written(progress.run)}.{written(progress.card)}"
    return Button(label, f"{FLOW}:{progress.flow}:{run}:{named}:{what}")


def read_press(data: str) -> Press | None:
    """None for anything that no button of a flow carries."""
    parts = data.split(":", 4)
    if parts[0] != FLOW or len(parts) not in (2, 5) or not parts[1]:
        return None
    if len(parts) == 2:
        return Press(parts[1])
    run, _, card = parts[2].partition(".")
    numbers = [_number(run), _number(card)]
    if -1 in numbers or not parts[4]:
        return None
    return Press(parts[1], numbers[0], numbers[1], parts[3], parts[4])


def _number(text: str) -> int:
    if len(text) != 2 or any(c not in DIGITS for c in text):
        return -1
    return DIGITS.index(text[0]) * 36 + DIGITS.index(text[1])
