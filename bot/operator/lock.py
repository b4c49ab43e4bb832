"""For `check`: whether a change of phrasings made people worse understood than when the lock was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.load import Checked, taught
from bot.load_knowledge.lock import CALIBRATION, Lock, phrasings_hash, read_lock
from bot.load_knowledge.memory import LearntFiles
from bot.load_knowledge.problems import Problem
from bot.operator.calibrate import measure

TOLERATED = {"right": 0.01, "among_four": 0.01, "others_taken_for_ours": 0.02}  # change for the worse
TOLERATED_OF_ENTRY = 0.15
LOST = 0.25  # of its own phrasings, below which a question can't be found at all
WHY = "A change of phrasings for one question can take messages away from another."
FIX = "Say in the phrasings what sets the question apart; or accept it with `python run_bot.py calibrate`."
GROWS = frozenset({"others_taken_for_ours"})  # worse when it grows


def held_to_lock(checked: Checked, folder: Path, learnt: Path, say: Callable[[str], None]) -> Checked:
    """What the check found, and where sound content is understood worse than before. See `worse_than_lock`."""
    if checked.knowledge is None or checked.errors:
        return checked
    lines = worse_than_lock(checked.knowledge, folder, learnt, say)
    file = f"{folder.name}/{CALIBRATION}"
    return replace(checked, problems=[*checked.problems, *(_problem(file, line) for line in lines)])


def _problem(file: str, line: str) -> Problem:
    where, _, what = line.partition(": ")
    return Problem(file, 1, where, what, "understood", "error", WHY, FIX)


def worse_than_lock(knowledge: Knowledge, folder: Path, learnt: Path, say: Callable[[str], None]) -> list[str]:
    """A sentence for each measure that became worse than the lock allows. `say` hears what is done and advice.

    Instant while the phrasings are those of the lock, or were found no worse before (noted in `learnt`); otherwise
    everything is learnt five times, each time without a fifth of the phrasings.
    """
    lock = read_lock(folder)
    content = phrasings_hash(knowledge)
    passed = learnt / f"no-worse-{content}"
    if lock is None or lock.content == content or passed.exists():
        return []
    say("The phrasings changed since `calibrate`: holding each out once to see whether people are understood as well.")
    say(
        "That takes about five minutes, ten on a busy machine, and once it finds nothing worse it is not done again ..."
    )
    measured = measure(replace(knowledge, matcher=taught(knowledge, LearntFiles(learnt))), say)
    for line in measured.advice:
        say(line)
    worse = list(compared(lock, measured.lock))
    if not worse:
        learnt.mkdir(parents=True, exist_ok=True)
        passed.touch()
    return worse


def compared(before: Lock, now: Lock) -> Iterator[str]:
    """What is worse now, beyond what is tolerated."""
    for name, tolerated in TOLERATED.items():
        was, is_ = getattr(before, name), getattr(now, name)
        if (is_ - was if name in GROWS else was - is_) > tolerated:
            told = f"held-out phrasings, {name.replace('_', ' ')}"
            yield f"{told}: {is_:.1%}, was {was:.1%} ({tolerated:.0%} is tolerated)"
    for intent, share in now.found.items():
        if share < LOST:
            yield f"{intent}: is found by only {share:.0%} of its own phrasings; say in them what sets it apart"
        elif before.found.get(intent, 0.0) - share > TOLERATED_OF_ENTRY:
            yield f"{intent}: is found by {share:.0%} of its own phrasings, was {before.found[intent]:.0%}"
