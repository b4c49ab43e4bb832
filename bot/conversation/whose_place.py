"""Whose a place is: a relative's town, an office that was written to, or where somebody lived long ago is no home."""

from __future__ import annotations

import dataclasses
import re

from bot.conversation.asks import asks, may_ask
from bot.conversation.places import Found, Place

END = re.compile(r"[.!?;\n]+(?=\s|$)")
PART = re.compile(
    r"[.!?;:\n]+(?:\s+|$)|,\s+"
    r"|\s+(?:but|though|whereas|so|and)\s+(?=(?:now |me |i|i['’]?m|we|is|are|do|does|can|would)\b)",
    re.IGNORECASE,
)
PEOPLE = (
    r"(?:(?:step|half|grand|god)[- ]?)?(?:sisters?|brothers?|mom|mother|ma|dad|father|aunt(?:ie)?s?|uncles?|cousins?"
    r"|nieces?|nephews?|friends?|buddy|buddies|bff|neighbou?rs?|grandma|granny|grandpa|in[- ]?laws?|co-?workers?"
    r"|classmates?|ex|roommates?)"
)
GROWN = r"(?:son|daughter|parents|folks)(?:['’]?s)?(?: \w+)? (?:lives?|living|is|are|works?|working|moved|stays?)\b"
SOME = r"(?:an?|this|that|some|one|the) (?:\w+ )?(?:lady|ladies|guy|girl|gal|woman|man|person|recruiter|caller)"
LIVES = r"(?:he|she)(?:['’]s| is| lives| works| worked| moved| went)"
OTHERS = re.compile(
    rf"\b(?:(?:my|his|her|our|an?|some|the)(?: [\w'’]+)? {PEOPLE}|my {GROWN}|{SOME}|some(?:one|body)|{LIVES})\b",
    re.IGNORECASE,
)
SENT = re.compile(
    r"\b(?:mail|send|sent|fax|call|phon|wr[io]te?|writing|talk|spoke|speak|billed)\w*\b[^.!?;\n]*\b(?:to|with)\b",
    re.IGNORECASE,
)
ONCE = re.compile(
    r"\b(?:i|we) (?:grew up|was born|were born|used to (?:live|work|be)|once (?:lived|worked))\b"
    r"|\b(?:born and raised|originally from)\b",
    re.IGNORECASE,
)
LONG_AGO = re.compile(
    r"\b(?:back )?in (?:the )?(?:19|20)?\d0['’]?s\b|\b(?:back )?in (?:19\d|200)\d\b|\b(?:years|decades) (?:ago|back)\b"
    r"|\b(?:as|when i was) a (?:kid|child|teen\w*)\b",
    re.IGNORECASE,
)
JUDGED = re.compile(r"\b(?:ma[dk]es?|earns?|offer\w*|hir(?:e|es|ing)|pays?)\b[^.!?]*\d", re.IGNORECASE)  # pay there
STILL = re.compile(r"\b(?:still|again|back (?:home|there)|moved back)\b", re.IGNORECASE)
MINE = re.compile(  # said of oneself in the same breath: "I live with my mom in Tulsa"
    r"\b(?:i|we)(?:['’]?m|['’]?re|['’]?ve| am| are| have| both| all| just| now| currently)*"
    r" (?:live|living|stay|staying|reside|work|working|moved|moving|in|near|from|going|go|based|located|rent|own)\b"
    r"|\b(?:and|with) (?:i|me)\b",
    re.IGNORECASE,
)


def own_places(found: Found, text: str) -> Found:
    """`found` without the places that are told of others or of long ago, where nothing is asked about them."""
    own = tuple(place for place in found.places if not is_of_others(place, text))
    return found if len(own) == len(found.places) else dataclasses.replace(found, places=own)


def is_of_others(place: Place, text: str) -> bool:
    before, behind = _around(place, text)
    said = f"{before} {place.written} {behind}"
    ending = END.search(text, place.end)
    if (
        may_ask(said)
        or asks(said)
        or (ending and "?" in ending[0] and not PART.search(text[place.end : ending.start()]))
    ):
        return False
    if MINE.search(before) or JUDGED.search(said) or STILL.search(said):
        return False
    return any(sign.search(before) for sign in (OTHERS, SENT, ONCE)) or LONG_AGO.search(said) is not None


def _around(place: Place, text: str) -> tuple[str, str]:
    """What stands before and behind the place in its own part of the sentence."""
    starts = [found.end() for found in PART.finditer(text, 0, place.start)]
    ends = PART.search(text, place.end)
    return text[starts[-1] if starts else 0 : place.start], text[place.end : ends.start() if ends else len(text)]
