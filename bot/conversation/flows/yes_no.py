"""A yes or a no, however it is said: "yea", "nah", "uh huh", "I don't", "in that case, yes"."""

from __future__ import annotations

import re

from bot.conversation.amounts import is_unknown
from bot.conversation.flows.options import EMPTY, form, words

LEAD = (
    r"^(?:(?:oh|um|and|well|hmm|ok|okay|so|then|lol|haha|honestly|actually|probably|sorry|in that case"
    r"|id say|i think|i guess) )*"
)
YES_WORD = r"(?:y|ye+s*|yes+(?:sir)?|yea+h?|yep+|yup+|ya|yuh|uh huh|mhm+|aye)"
SAID_NO = r"(?:no+|nope+|nah+|naw+)"  # anywhere; by itself "n" is a no as well, among words it is "and"
NO_WORD = rf"(?:{SAID_NO}|n|na|nay|nuh uh)"
YES = re.compile(
    rf"{LEAD}(?:{YES_WORD}|sure|ok|okay|correct|right|true"
    r"|of course|definitely|absolutely|i do|i have|i am|i can|i did|i would|thats right|sounds good|si|for sure"
    r"|kind of|sort of|kinda|mostly|a little|some)\b"
)
NO = re.compile(
    rf"{LEAD}(?:{NO_WORD}|never|not|none|wrong|false|negative|hardly|im not"
    r"|(?:theres|there is|(?:i )?(?:have|got|aint got)) no(?: (?!problem|clue|idea|doubt)|$)"
    r"|(?:i )?(?:(?:dont|do not)(?! (?:understand|get (?:it|this|that|the))\b)|havent|have not|didnt|did not|cant"
    r"|cannot|wont|wouldnt|aint|am not))\b"
)
PLAIN = re.compile(rf"{LEAD}(?:{YES_WORD}|{NO_WORD})\b")
PLAIN_NO = re.compile(rf"{LEAD}{NO_WORD}\b")
BARELY = re.compile(
    rf"{LEAD}(?:(?P<yes>{YES_WORD})|{NO_WORD})(?: please| plz| pls| then| sir| maam| thanks| thank you)?$"
)
A_NO = re.compile(rf"\b(?:{SAID_NO}|wrong)\b")
DIGIT = re.compile(r"\d")
RATHER = re.compile(r"\b(?:rather than|instead of|or not)\b", re.IGNORECASE)
PART = re.compile(r"[.,;:!?\n]+")


def yes_or_no(text: str) -> bool | None:
    """By how it begins, or by a part that says nothing else: "in that case, yes, a teacher"."""
    if is_unknown(text):
        return None
    whole = form(text)
    if NO.match(whole):
        return False
    if YES.match(whole):
        return True
    parts = (BARELY.match(form(part)) for part in PART.split(text))
    said = next((found for found in parts if found), None)
    return None if said is None else said["yes"] is not None


def names_what_is_asked(ask: str, text: str) -> bool:
    """ "A teacher plz" to whether a teacher is wanted: a part that holds nothing but words of the question."""
    wanted = {word for word in words(RATHER.split(ask)[0]) if word not in EMPTY}
    parts = ({word for word in words(part) if word not in EMPTY | {"plz", "pls"}} for part in PART.split(text))
    return any(part and part <= wanted for part in parts) and not is_unknown(text)


def says_no(text: str) -> bool:
    """Whether a plain no stands anywhere in it: "lol what no"."""
    return not is_unknown(text) and A_NO.search(form(text)) is not None


def says_none(text: str) -> bool:
    """ "no just the one": there is none of what was asked after."""
    clauses = [form(part) for part in PART.split(text)]
    said = " ".join(clauses)
    return not DIGIT.search(said) and bool(any(map(NO.match, [said, *clauses])) or "none" in said.split())
