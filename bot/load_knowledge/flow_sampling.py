"""What a few hundred walks through a flow show: sums that fail, texts too long, steps and verdicts never reached."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.flows.cards import step_card
from bot.conversation.flows.moving import Setting, asked, path
from bot.conversation.flows.names import FlowError
from bot.conversation.flows.progress import begun
from bot.conversation.flows.shape import Flow, Step
from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.flow_walks import DAY, an_answer, outcome, verdict_of, walks
from bot.load_knowledge.templates import Markup

Say = Callable[..., None]
WALKS, RENDERED = 300, 40
TRIES = 40  # walks on which another answer is tried, before it is said to change nothing
MOST_SHARE = 0.70
MESSAGE, CARD_ROOM = 4096, 300


def check_walks(flow: Flow, knowledge: Knowledge, say: Say, today: dt.date = DAY) -> None:
    at = Setting(flow, knowledge, today)
    sample = list(walks(at, WALKS))
    try:
        shares = verdict_shares(sample, at)
        _check_verdicts(shares, flow, say)
        if flow.verdicts and shares.keys() - flow.verdicts.keys():
            return
        for answers in [
            {},
            *({name: None} for name, step in flow.steps.items() if not step.unasked),
            *sample[:RENDERED],
        ]:
            _check_texts(asked(answers, at), at, say)
    except FlowError as error:
        say(f"can't be worked out for some answers: {error}", "sums")
        return
    reached = {name for answers in sample for name in answers}
    for name in {name for name, step in flow.steps.items() if not step.unasked} - reached:
        say("is never asked: no answers before it make its condition hold", "steps", name, "when")
    for name in sorted(reached):
        _check_use(name, sample, at, say)
    _check_questions(sample[:RENDERED], at, say)


def _check_use(name: str, sample: list[dict[str, Any]], at: Setting, say: Say) -> None:
    if changes_nothing(name, sample, at):
        say("whatever is answered here, the result is the same; use the answer or don't ask", "steps", name)
        return
    for one, other in same_options(name, sample, at):
        say(
            f"does the same as '{one}' in every result; use the difference, or say 'same_as'",
            "steps",
            name,
            "options",
            other,
        )


def _check_texts(answers: Mapping[str, Any], at: Setting, say: Say) -> None:
    for card_id, text in outcome(answers, at).items():
        if len(text) > MESSAGE:
            say(f"comes to {len(text)} characters; a message takes {MESSAGE}", "result", card_id, "text")
        markup = Markup()
        markup.feed(text)
        markup.close()
        for what in markup.finish():
            say(what, "result", card_id, "text")


def _check_questions(sample: list[dict[str, Any]], at: Setting, say: Say) -> None:
    seen: set[str] = set()
    for answers in sample:
        for name in answers:
            if name not in seen:
                seen.add(name)
                so_far = {k: v for k, v in answers.items() if list(answers).index(k) < list(answers).index(name)}
                progress = begun("flow", at.flow, 1, at.today.isoformat(), so_far).but(step=name)
                card = step_card(progress, at)
                if len(card.text) > MESSAGE - CARD_ROOM:
                    say("the question is too long for a message", "steps", name, "ask")


def verdict_shares(sample: list[dict[str, Any]], at: Setting) -> Counter[str]:
    """How often each verdict comes out. Raises FlowError."""
    return Counter(verdict_of(answers, at) for answers in sample)


def _check_verdicts(shares: Counter[str], flow: Flow, say: Say) -> None:
    total = sum(shares.values())
    if not flow.verdicts:
        return
    for name, count in shares.items():
        if name not in flow.verdicts:
            say(f"comes to '{name}', which is not among 'verdicts'", "verdict")
        if count / total > MOST_SHARE:
            say(
                f"'{name}' comes out in {count / total:.0%} of all walks; above {MOST_SHARE:.0%} nobody learns",
                "verdict",
            )
    for name in flow.verdicts.keys() - shares.keys():
        say(f"'{name}' never comes out in {total} walks", "verdicts", name)


def changes_nothing(name: str, sample: list[dict[str, Any]], at: Setting, tries: int = TRIES) -> bool:
    """Whether no other answer at this step changed any card on any walk tried. Raises FlowError."""
    chance = random.Random(name)
    step = at.flow.steps[name]
    through = [answers for answers in sample if name in answers][:tries]
    return all(_same(answers, _with(answers, name, an_answer(step, at, chance), at, chance), at) for answers in through)


def same_options(name: str, sample: list[dict[str, Any]], at: Setting, tries: int = TRIES) -> list[tuple[str, str]]:
    """Pairs of neighbouring options of a choice that gave the same cards and path on every walk tried."""
    step = at.flow.steps[name]
    if step.kind != "choice":
        return []
    chance, ids = random.Random(name), list(step.options)
    through = [answers for answers in sample if name in answers][:tries]

    def alike(one: str, other: str) -> bool:
        return all(_same(_with(a, name, one, at, chance), _with(a, name, other, at, chance), at) for a in through)

    pairs = [(one, other) for i, one in enumerate(ids) for other in ids[i + 1 :]]
    return [(one, other) for one, other in pairs if step.options[other].same_as != one and alike(one, other)]


def _with(answers: Mapping[str, Any], name: str, value: Any, at: Setting, chance: random.Random) -> dict[str, Any]:
    """The walk with one answer changed; steps that come up by it are answered, those that fall away left out."""
    changed = {**answers, name: value}

    def fill(step: Step) -> Any:
        return an_answer(step, at, chance)

    for step_id, done in list(path(changed, at, fill)):
        if not done:
            changed[step_id] = None
    return asked(changed, at)


def _same(one: Mapping[str, Any], other: Mapping[str, Any], at: Setting) -> bool:
    return one.keys() == other.keys() and outcome(one, at) == outcome(other, at)
