"""How people really type: one clean message in, the same message badly typed, texted, shouted, dictated or padded out.

Every kind is a function of a message and a source of chance. The chance is drawn anew for each message from the seed,
the kind and the message itself, so adding a message changes no other one.

    python -m benchmarks.noise "How long does it take to get certified?"
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from itertools import pairwise

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
VOWELS = frozenset("aeiou")
LONG_WORD = 5  # letters from which people begin to leave out vowels
SHORTEST_TYPO = 4  # nobody would know a shorter word again
VOWELS_DROPPED, SHORT_FORM, HOMOPHONE, UM, CLOSING, SECOND_OPENING = 0.3, 0.8, 0.35, 0.6, 0.5, 0.3

TEXTING = {
    "you": "u", "your": "ur", "are": "r", "why": "y", "what": "wat", "whats": "wats", "how": "hw", "long": "lng",
    "to": "2", "for": "4", "and": "n", "the": "da", "that": "dat", "be": "b", "with": "w", "about": "abt",
    "because": "cuz", "before": "b4", "people": "ppl", "please": "plz", "thanks": "thx", "know": "kno", "much": "mch",
    "would": "wud", "could": "cud", "should": "shud", "have": "hav", "going": "goin", "want": "wanna", "need": "nd",
    "good": "gud", "really": "rly", "money": "mny", "job": "jb", "work": "wrk", "year": "yr", "years": "yrs",
    "month": "mo", "months": "mos", "week": "wk", "weeks": "wks", "hour": "hr", "hours": "hrs", "is": "iz",
    "does": "duz", "get": "gt", "though": "tho", "through": "thru", "someone": "sum1", "today": "2day",
}  # fmt: skip
HOMOPHONES = {
    "to": "two", "too": "to", "for": "four", "there": "their", "their": "there", "your": "you're", "you": "ewe",
    "know": "no", "right": "write", "write": "right", "by": "buy", "new": "knew", "one": "won", "hour": "our",
    "hours": "ours", "week": "weak", "weeks": "weeks", "where": "wear", "would": "wood", "some": "sum", "here": "hear",
    "which": "witch", "whether": "weather", "need": "knead", "do": "due", "be": "bee", "see": "sea", "pass": "past",
    "course": "coarse", "higher": "hire", "hire": "higher", "made": "maid", "mail": "male", "coding": "coating",
    "coder": "quarter", "coders": "quarters", "code": "coat", "billing": "building", "bill": "build", "wage": "wades",
    "exam": "eggs am", "exams": "eggs ams", "cost": "coast", "than": "then", "are": "our", "principal": "principle",
    "career": "carrier", "test": "text", "pay": "pave", "salary": "celery", "earn": "urn", "cert": "shirt",
}  # fmt: skip
SPOKEN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
OPENINGS = (
    "hi sorry to bother but", "hello there, hope your day is going well.", "good evening,", "so basically",
    "ok this might sound silly but", "my sister in law said you could help me,", "not sure this is the right place but",
    "hey hope its ok to ask here,", "been thinking about this for a while now.", "quick one for you:",
    "i dont usually do this but", "honestly i just want to understand,", "um ok so",
)  # fmt: skip
CLOSINGS = (
    "thanks a bunch", "any help would be great", "sorry for the long message", "no rush tho", "cheers", "lol",
    "i would really appreciate it", "thank you and god bless", "ok that was my question", "if that makes sense",
)  # fmt: skip

Noise = Callable[[str, random.Random], str]


def _neighbours() -> dict[str, str]:
    """Letter -> the letters beside it, and those above and below as the rows are set off."""
    found = {letter: "" for row in ROWS for letter in row}
    pairs = [pair for row in ROWS for pair in pairwise(row)]
    for upper, lower in pairwise(ROWS):
        pairs += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    for a, b in pairs:
        found[a] += b
        found[b] += a
    return found


NEIGHBOURS = _neighbours()


def typo(text: str, chance: random.Random) -> str:
    """One slip of a finger: a neighbouring key, two letters swapped, one dropped, one doubled, a space missed."""
    words = text.split(" ")
    long_enough = [i for i, word in enumerate(words) if word.isalpha() and len(word) >= SHORTEST_TYPO]
    if not long_enough:
        return text
    at = chance.choices(long_enough, [len(words[i]) for i in long_enough])[0]
    slip = chance.choices((_neighbour, _swap, _drop, _double, None), (30, 20, 25, 15, 10))[0]
    if slip is None:
        first = min(at, len(words) - 2) if len(words) > 1 else at
        return " ".join([*words[:first], "".join(words[first : first + 2]), *words[first + 2 :]])
    words[at] = slip(words[at], chance)
    return " ".join(words)


def _neighbour(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(NEIGHBOURS.get(word[at].lower(), word[at])) + word[at + 1 :]


def _swap(word: str, chance: random.Random) -> str:
    places = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
    if not places:
        return _drop(word, chance)
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))  # the first letter is the one people hit
    return word[:at] + word[at + 1 :]


def _double(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def texting(text: str, chance: random.Random) -> str:
    """ "hw lng wud it tke": short forms, long words without vowels, no capitals, no punctuation."""
    return " ".join(_texted(word, chance) for word in _bare(text).split())


def _texted(word: str, chance: random.Random) -> str:
    if word in TEXTING and chance.random() < SHORT_FORM:
        return TEXTING[word]
    if len(word) >= LONG_WORD and chance.random() < VOWELS_DROPPED:
        return word[0] + "".join(c for c in word[1:] if c not in VOWELS)
    return word


def shouted(text: str, chance: random.Random) -> str:
    """ALL CAPS."""
    return text.upper()


def dictated(text: str, chance: random.Random) -> str:
    """As a telephone writes what it heard: no punctuation, words that sound alike, figures spoken, an "um"."""
    words = [_heard(word, chance) for word in _bare(text).split()]
    if chance.random() < UM:
        words.insert(chance.randint(0, len(words)), chance.choice(("um", "uh", "like um")))
    return " ".join(words)


def _heard(word: str, chance: random.Random) -> str:
    if word.isdecimal() and int(word) < len(SPOKEN):
        return SPOKEN[int(word)]
    return HOMOPHONES[word] if word in HOMOPHONES and chance.random() < HOMOPHONE else word


def padded(text: str, chance: random.Random) -> str:
    """The message in the middle of manners."""
    openings = chance.sample(OPENINGS, 2 if chance.random() < SECOND_OPENING else 1)
    closing = [chance.choice(CLOSINGS)] if chance.random() < CLOSING else []
    return " ".join([*openings, text.strip(), *closing])


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"['’]", "", text.lower())).split())


KINDS: dict[str, Noise] = {
    "one typo": typo,
    "texting": texting,
    "all caps": shouted,
    "dictated": dictated,
    "padded": padded,
}


def noisy(kind: str, text: str, seed: int) -> str:
    return KINDS[kind](text, random.Random(f"{seed} {kind} {text}"))


if __name__ == "__main__":
    for name in KINDS:
        print(f"{name:9} {noisy(name, ' '.join(sys.argv[1:]), seed=1)}")
