"""`calibrate`: measure how well held-out phrasings are found, fit the probabilities on them, write both as a lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.calibration import Calibration, Observation, fit
from bot.conversation.matching.matcher import Match
from bot.conversation.matching.text import PLACE
from bot.conversation.meaning import certain, may_be_guessed
from bot.load_knowledge.lock import CALIBRATION, Lock, phrasings_hash
from bot.operator.confusions import HeldOut, confused_pairs, entries_not_found

FOLDS = 5
Say = Callable[[str], None]
OFFERED = 4
GUARDS = tuple(hundredths / 100 for hundredths in range(85, 100))
GUESSED_IN_VAIN = 15  # right guesses that one at what is not ours costs us
ENOUGH = 1000  # off-topic lines; fewer don't tell how many in a thousand would be guessed at
HEAD = """# Written by `python run_bot.py calibrate`; run it again after larger changes of phrasings.
# Every phrasing was held out once and matched against the rest: `calibration` turns shares into probabilities, `guard`
# in it is how likely ours a message has to be before its meaning is guessed at; `right` is the share of our questions
# found first, `among_four` among the best four, `others_taken_for_ours` the share of off-topic lines held to be ours
# (at one half), `found` the share of each question's own phrasings. `check` compares with these when phrasings changed.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A new lock, and advice for whoever edits the phrasings."""

    lock: Lock
    advice: tuple[str, ...]


def calibrate(knowledge: Knowledge, folder: Path, say: Say) -> Measured:
    """Measure, fit and write the lock of the knowledge in `folder`."""
    measured = measure(knowledge, say)
    (folder / CALIBRATION).write_text(HEAD + "\n".join(_lines(measured.lock)) + "\n", "utf-8")
    return measured


def measure(knowledge: Knowledge, say: Say) -> Measured:
    """Hold out a fifth of the phrasings at a time; takes about as long as learning them five times."""
    held_out = knowledge.matcher.held_out(FOLDS, lambda done: say(f"  {done} of {FOLDS} fifths of the phrasings done"))
    seen = [HeldOut(intent, match) for intent, match in held_out if match.questions]
    ours = [each for each in seen if knowledge.is_ours(each.intent)]
    asking = [each for each in seen if knowledge.kind_of(each.intent) == "out_of_scope"]
    curve = fit(
        Observation(m.questions[0].share, m.ours, len(m.words), _found(each, knowledge))
        for each in seen
        for m in [each.match]
    )
    lock = Lock(
        calibration=replace(curve, guard=guard(ours, asking, curve, knowledge)),
        phrasings=len(seen),
        right=_share(_found(each, knowledge) for each in ours),
        among_four=_share(each.intent in _offered(each.match) for each in ours),
        others_taken_for_ours=_share(each.match.ours > 0.5 for each in asking),
        content=phrasings_hash(knowledge),
        found=_found_by_entry(ours, knowledge),
    )
    return Measured(lock, (*entries_not_found(seen), *confused_pairs(seen)))


def guard(ours: Sequence[HeldOut], asking: Sequence[HeldOut], curve: Calibration, knowledge: Knowledge) -> float:
    """The least chance of being ours from which guesses help most, those at what is not ours counted against them."""
    if len(asking) < ENOUGH:
        return curve.guard
    right = [m.ours for m in _guesses([each for each in ours if _found(each, knowledge)], curve)]
    vain = [m.ours for m in _guesses(asking, curve)]

    def worth(least: float) -> float:
        helped = sum(chance >= least for chance in right) / max(len(ours), 1)
        return helped - GUESSED_IN_VAIN * sum(chance >= least for chance in vain) / max(len(asking), 1)

    return max(GUARDS, key=worth)


def _guesses(held_out: Iterable[HeldOut], curve: Calibration) -> list[Match]:
    """What would be told as a guess, were all of it ours."""
    fitted = [
        replace(m, probability=curve.probability(m.questions[0].share, m.ours, len(m.words)))
        for m in (each.match for each in held_out)
    ]
    return [match for match in fitted if may_be_guessed(match, 0.0) and not certain(match)]


def _found(each: HeldOut, knowledge: Knowledge) -> bool:
    """Whether the right question came first, or the one that becomes it in a place that was named."""
    best = each.match.questions[0].intent
    if best == each.intent or not knowledge.is_ours(each.intent) or PLACE not in each.match.words:
        return best == each.intent
    return each.intent in knowledge.entries[best].in_place.values()


def _found_by_entry(ours: Sequence[HeldOut], knowledge: Knowledge) -> dict[str, float]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for each in ours:
        hits[each.intent].append(_found(each, knowledge))
    return {intent: round(sum(found) / len(found), 2) for intent, found in sorted(hits.items())}


def _offered(match: Match) -> list[str]:
    return [candidate.intent for candidate in match.questions[:OFFERED]]


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def _lines(lock: Lock) -> list[str]:
    return [
        "calibration:",
        *(f"  {name}: {getattr(lock.calibration, name)}" for name in ("share", "ours", "length", "offset", "guard")),
        *(f"{name}: {getattr(lock, name)}" for name in ("phrasings", "right", "among_four", "others_taken_for_ours")),
        f'content: "{lock.content}"',
        "found:",
        *(f"  {intent}: {share}" for intent, share in lock.found.items()),
    ]
