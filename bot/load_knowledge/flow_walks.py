"""Walks through a flow by seeded chance: which answers someone might give, and what comes out."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from typing import Any

from bot.conversation.amounts import Amount
from bot.conversation.flows.answers import read_amount
from bot.conversation.flows.moving import Setting, path
from bot.conversation.flows.names import RAISES, FlowError, Scope
from bot.conversation.flows.progress import Progress, begun
from bot.conversation.flows.results import result_text, shown
from bot.conversation.flows.shape import AMOUNTS, Step

SKIPS = 0.15
DAY = dt.date(2026, 6, 1)  # any day will do, as long as it is always the same


def an_answer(step: Step, at: Setting, chance: random.Random) -> Any:
    """One answer that a person might give, None for a skip."""
    if step.skip and chance.random() < SKIPS:
        return None
    if step.kind in AMOUNTS:
        return _an_amount(step, chance)
    ids = list(step.options)
    if step.kind == "several":
        return [option for option in ids if chance.random() < 0.35][: step.most or None]
    if step.kind == "yes_no":
        return chance.random() < 0.5
    if step.kind == "date":
        return (at.today + dt.timedelta(days=chance.randrange(0, 400))).isoformat()
    if step.kind == "place":
        bare = [option for option in ids if not step.options[option].value]
        areas = sorted(at.knowledge.areas)
        return chance.choice([*bare, *chance.sample(areas, min(len(areas), 6))])
    return chance.choice(ids) if ids else "some words"


def _an_amount(step: Step, chance: random.Random) -> Any:
    """A quick answer or, as often, a figure between the likely bounds."""
    values = [read_amount(step.kind, step.per, option.value) for option in step.options.values()]
    quick = [[amount.low, amount.high] for amount in values if isinstance(amount, Amount)]
    if quick and chance.random() < 0.5:
        return chance.choice(quick)
    low, high = step.likely or (0.0, 100.0)
    figure = round(low + (high - low) * chance.random() ** 2)
    return [float(figure), float(figure)]


def walk(at: Setting, chance: random.Random) -> dict[str, Any]:
    """The answers of one whole walk, in the order asked."""
    given: list[Any] = []

    def fill(step: Step) -> Any:
        given.append(an_answer(step, at, chance))
        return given[-1]

    return {step_id: given[-1] for step_id, _ in path({}, at, fill)}


def walks(at: Setting, count: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    chance = random.Random(seed)
    return (walk(at, chance) for _ in range(count))


def verdict_of(answers: Mapping[str, Any], at: Setting) -> str:
    """Empty for a flow without verdicts. Raises FlowError."""
    return Scope(at.flow, answers, at.knowledge, at.today).verdict()


def outcome(answers: Mapping[str, Any], at: Setting) -> dict[str, str]:
    """The text of every card that is shown for these answers. Raises FlowError."""
    progress: Progress = begun("flow", at.flow, 1, at.today.isoformat(), answers)
    texts = {}
    for card_id, card in at.flow.result.items():
        try:
            if shown(card, Scope(at.flow, answers, at.knowledge, at.today)):
                texts[card_id] = result_text(progress, card_id, at)
        except RAISES as error:
            raise FlowError(f"card '{card_id}': {error}") from error
    return texts
