"""What a flow is, as its author writes it in `knowledge/flows/<id>.yaml` (`docs/flows.md` explains every key)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Literal

StepKind = Literal[
    "choice", "several", "money", "hours", "number", "months", "percent", "place", "date", "yes_no", "scale", "text"
]  # fmt: skip
Per = Literal["", "month", "year"]
AMOUNTS = frozenset({"money", "hours", "number", "months", "percent"})
STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a step. `also` are other words for it; `value` is what it stands for at a step that reads amounts.

    `loosely` are words that count only where no label and no `also` of any option is said: "i work" beside a "nurse";
    `because` tells why the option was taken for them.

    `same_as` names the option that counts the same: a button for people that no sum tells apart. A length of time
    said in figures picks the option in whose `span`, from and below so many months, it lies.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    also: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()
    because: str = ""
    value: str = ""
    same_as: str = ""
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One question. `name` is what summaries call it; `default` what is taken when it is skipped, `assume` in words.

    `likely` and `possible` are bounds, low and high: outside the first we ask once, outside the second we explain.
    `also` are other words for what is asked, `unlike` words by which a sum of money is of something else,
    `parts` things that are each a part of it, whose sums are added up, `gone` words by which a sum is no longer to be
    had. With `over` money given by the week or month is taken for that long. `help` tells what the options are, to who
    asks. Where a choice is `rising` the last of several options named counts: "a GED and some college". Money by the
    month that is said to end is added up into the step named by `until`. What is `unasked` is never put as a question:
    it counts once somebody says it by themselves. `unclear` are words that leave open which option is meant, each with
    what is said to them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: StepKind
    name: str
    ask: str
    why: str = ""
    hint: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)
    when: str = ""
    skip: bool = True
    default: str = ""
    assume: str = ""
    per: Per = ""
    likely: tuple[float, float] | None = None
    possible: tuple[float, float] | None = None
    impossible: str = ""
    most: int = 0
    also: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    over: Per = ""
    help: str = ""
    unasked: bool = False
    rising: bool = False
    until: str = ""
    unclear: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sum:
    """A named value of a flow that an estimate works out from `inputs` (expressions). Others are plain expressions."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    run: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    when: str = ""


@dataclass(frozen=True, slots=True)
class PictureWish:
    """A chart that follows a card: `kind` as charts know it; `role` is an expression for one role or a list of them,
    `amount` one for the pay to mark. Without `role` the career's own are shown."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: str
    role: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar file. `day` is an expression that gives a date or None (then it is left out)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    day: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the result; `button` opens it (the first card opens by itself), and so does whatever holds one of
    `also`: "what hours did you use" the sums. The one that `explains` is opened by "why" and by figures of the result.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str
    button: str = ""
    also: tuple[str, ...] = ()
    explains: bool = False
    when: str = ""
    cites: tuple[str, ...] = ()
    picture: PictureWish | None = None
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a comparison of saved results: `value` is a template."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    label: str
    value: str


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that its hash can be kept
class Flow:
    """A whole flow. `verdict` is an expression that gives one of the ids of `verdicts`; flows without one have none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str
    about: str
    intro: str
    steps: Mapping[str, Step]
    result: Mapping[str, Card]
    command: str = ""
    also: tuple[str, ...] = ()
    sums: Mapping[str, str | Sum] = field(default_factory=dict)
    verdict: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    compare: tuple[Row, ...] = ()
    next: tuple[str, ...] = ()

    @property
    def first_card(self) -> str:
        """The card that the result opens with."""
        return next(iter(self.result))

    @property
    def explaining_card(self) -> str:
        """The card that says where the result comes from; "" where there is none."""
        return next((name for name, card in self.result.items() if card.explains), "")


def by_command(flows: Mapping[str, Flow]) -> dict[str, str]:
    """The flow that each command begins."""
    return {flow.command or flow_id: flow_id for flow_id, flow in flows.items()}


@lru_cache(maxsize=64)
def shape_hash(flow: Flow) -> str:
    """Four hex digits that change when answers given before may no longer fit: steps, kinds or options."""
    parts = [f"{name}:{step.kind}:{','.join(step.options)}" for name, step in flow.steps.items()]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:4]
