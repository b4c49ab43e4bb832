"""Sums that are called the price of something, or said to be no pay: they are never taken for what somebody earns."""

from __future__ import annotations

import re

BOUGHT = (
    r"(?:boot ?camps?|courses?|coarse|programs?|programme|class(?:es)?|schools?|schooling|trainings?|tuition|academy"
    r"|workshops?|packages?|bundles?|enrol?lment|registration|deposit|fees?|price|cost|diploma|certificate program"
    r"|lessons?|study kit|textbooks?|books?|exams?|tests?|vouchers?)"
)
WORKED = r"(?:job|jobs|position|role|salary|wages?|pay|paid|offer|income|shifts?)"  # behind the thing: "school job"
SUM = r"[$]?\s?$"
BEFORE = re.compile(
    rf"\b(?:{BOUGHT}(?: (?:that|they|she|he|it))?(?: (?:is|was|for|at|of|costs?|runs?|charges?|wants?|asks?(?: for)?"
    r"|would be|will be|says?|goes for|priced))?"
    r"|(?:they|school|place|recruiter|rep|she|he) (?:wants?|charges?|ask(?:s|ed)?(?: me)?(?: for)?|is asking|are asking"
    r"|quoted)"
    r"(?: me| us)?"
    r"|(?:i|we)(?:['’]?d| would| have to| need to| must|['’]?ll| will| gotta| should)? pay(?: "
    r"(?:them|it|that|out|for it|the school))?"
    r"|(?:to|gotta|must) pay(?: (?:them|for it|the school))?|paying (?:them )?|price(?: tag)?(?: is| of)?"
    r"|enroll(?:ment)? for|sign up for)"
    rf"[\s:,]*(?:(?:about|like|around|only|just|almost|maybe|me|us) )*{SUM}",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"\s*(?:dollars?|bucks)?\s*(?:for (?:the |a |an |this |that |their |her |his |my )?)?"
    rf"(?:(?!(?:in|at|as|per|from|with|and|so|to|but|a|an|is|was|doing|working|after|by|if|or)\b)[\w-]+ ){{0,3}}?"
    rf"{BOUGHT}\b(?! {WORKED}\b)",
    re.IGNORECASE,
)
PAID_OUT = re.compile(
    r"(?:^|(?P<who>[\w'’]+)[\s,]+)paid (?:(?:about|like|around|only|just|almost|maybe|over|up|out) )*[$]?\s?$",
    re.IGNORECASE,
)
PAID_THEM = frozenset({
    "get", "gets", "got", "getting", "am", "is", "are", "was", "were", "be", "been", "being", "i'm", "i’m", "im",
    "he's", "she's", "job", "jobs", "work", "position", "it", "that", "which", "company", "place", "store", "they",
    "office", "boss", "employer", "last", "first",
})  # fmt: skip  # before "paid": it is what somebody was given
A_TIME = re.compile(r"\b(?:hour|hr|week|wk|month|year|yr|annual)|/|ly\b", re.IGNORECASE)
NO_PAY = re.compile(
    r"\b(?:not|isn['’]?t|ain['’]?t|wasn['’]?t|(?:it|that|this)(?:['’]?s| is) no) "
    r"(?:my |an? |the |any |what |about )*(?:pay(?:check)?|salary"
    r"|wages?|income|earnings|i (?:make|earn|get)|offer)\b",
    re.IGNORECASE,
)
A_PRICE = re.compile(
    r"\b(?:i|we|me)(?:['’]?d| would| have to| need to| must|['’]?ll| will| gotta| am supposed to| should)? "
    r"(?:have to |need to )?pay(?:ing)? (?:them|it|that|for|the|this|\$?\d)"
    r"|\b(?:it|that|this|[$]?\d[\d,.]*)(?:['’]?s| is| was)? (?:just |only )?(?:the |a |their |what )?"
    rf"(?:it costs?|they (?:charge|want|ask)|(?:\w+ )?{BOUGHT})\b"
    r"|\b(?:they|school) (?:charges?|wants?|asks?)\b",
    re.IGNORECASE,
)


def is_price(text: str, span: tuple[int, int]) -> bool:
    """Whether the words around a sum call it what something costs."""
    before, behind = text[: span[0]], text[span[1] :]
    paid = re.match(rf"\s*(?:a year |an hour )?{WORKED}\b", behind, re.IGNORECASE)
    return not paid and bool(BEFORE.search(before) or BEHIND.match(behind) or _paid_out(text, span))


def _paid_out(text: str, span: tuple[int, int]) -> bool:
    """ "Took a course and paid 2,000", which no time stands behind; "my last job paid 40,000" is pay."""
    found = PAID_OUT.search(text[: span[0]])
    who = (found["who"] or "").lower() if found else ""
    return bool(found) and who not in PAID_THEM and not A_TIME.search(text[span[0] : span[1] + 12])


def said_to_be_price(text: str) -> bool:
    """ "No, I would pay them that, it's not pay"."""
    return bool(NO_PAY.search(text) and A_PRICE.search(text))
