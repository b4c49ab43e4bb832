"""Whether words ask something: any of them, plainly, or only perhaps. A question is never kept as an answer."""

from __future__ import annotations

import re

# "..., and (c) what the pay is": a mark of a list divides as a stop does.
SENTENCE = re.compile(r"(?<=[?!.;:])\s+|\n+|\?(?=\w)|,?\s+(?:and\s+)?\(?(?<![\w-])[a-e1-5]\)\s+")
WH = "how|what|whats|where|who|which|when|why|whether|how's|what's|wats?|hw|hows"
VERBS = "is|are|am|do|does|did|can|could|will|would|should"
WHEN = r"when(?! (?:the|they|my|he|she|i|we)\b)"  # "when the kids are at school" tells a time
WHAT = rf"(?:(?!when\b)(?:{WH})|{WHEN})"
QUESTION_WORDS = f"{WH}|{VERBS}"
STATED = "that|this|the|it|there|i|my|we|our|he|his|she|her|they|their"  # before a verb they make it no question
GIVEN = "if|since|because|although|though|while|unless"  # what begins so is said for the question behind it
CLAUSE = re.compile(
    rf"(?:,\s*|,?\s+(?:and also|and|also|plus|[&+n]|then|but|so)\s+)(?=(?:{QUESTION_WORDS})\b)", re.IGNORECASE
)
OPENERS = (  # what is said before a question and is none of it
    r"(?:(?:wait|ok|okay|um|hmm?|lol|so|but|and|also|plus|hey|hi|hello|yo|oh|anyways?|sorry|actually|first|then|well|btw"
    r"|by the way|hold (?:on|up)|hang on|question|idk|dunno|not sure|no (?:idea|clue)"
    r"|i (?:dont|don['’]t|do not) know)[\s,.:]+){0,6}"
)
QUESTION = re.compile(
    rf"^(?:\w+,? ){{0,2}}(?:{WH})\b|^(?!{OPENERS}(?:{STATED}|{GIVEN})\b)(?:\w+,? ){{0,2}}(?:{VERBS})\b|\?$",
    re.IGNORECASE,
)
ASKS = re.compile(rf"^\W*{OPENERS}(?!(?:how|what) about\b){WHAT}\b", re.IGNORECASE)
ASKING = re.compile(rf"^{OPENERS}(?:{WHAT}|{VERBS}|tell me|explain)\b|\?\s*$", re.IGNORECASE)
ADVERBS = "really|just|mostly|mainly|actually|still|also"
ANNOUNCED = re.compile(  # "I guess what I'd like to know is": said before a question, and none of it
    r"(?:^|(?<=[.!?;,\n]))[^\w]{0,8}(?:(?:i guess|i suppose|and|but|so|well|ok|also|basically|honestly)[\s,]+){0,3}"
    rf"(?:(?:all |really )?what i(?:['’]?d| would| am|['’]?m|m)?(?: (?:{ADVERBS}))*"
    r" (?:want|wanna|like|love|need|trying|tryna|asking)(?: to)?(?: (?:know|find out|ask|understand|hear))?(?: about)?"
    r"|(?:my|the|one|another)(?: (?:main|only|real|big|biggest|other|next|first|last))? question"
    r"(?: (?:i have|for you|for u))?"
    r"|(?:the|one|only)(?: (?:main|only|real|big|one))? thing i (?:want|wanna|need|would like)(?: to)? (?:know|ask))"
    r" (?:is|was)\b[\s:,]*(?=\S+\s+\S)",
    re.IGNORECASE,
)
MOST_PICKED = 7  # words of a pick that is put as a question
OF_THESE = re.compile(r"\bwhich (?:of (?:these|those|them)|one) (?:is|applies|fits|would)\b[^.?!]*\?", re.IGNORECASE)
THEN_ASKS = re.compile(
    r"[.!;\n]\s*(?:how (?:much|many|long|do|does|can|hard)|what (?:is|are|do|does|would)|what'?s|why (?:do|is)"
    r"|which)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"(?:^|(?<=[.!;,]))[^\w?]{0,8}(?:(?:um|so|or|well|hmm|ok|oh) )?(?:perhaps|maybe|probably|possibly"
    r"|i guess|i think)\b"
    r"(?![^.?!]*\b(?:is|are|am|do|does|should|can|could|will|would) (?:the|a|i|it|that|there|they|you|this)\b)"
    r"[^.?!]{1,40}\?\s*$",
    re.IGNORECASE,
)
DOES = f"(?:{VERBS}|has|have)"  # before someone only: "have worked there" tells
ONE = r"(?:i|you|u|ya|we|they|he|she|it|that|this|there|these|those|the|an?|my|your|one|someone|anyone|employers?)"
PLAINLY = (
    rf"(?:(?:{WH})(?:['’]?s\b| (?:{DOES}|much|many|long|hard|often|old|about|else)\b(?! (?:does ?n.?t|dont) matter))"
    rf"|(?!do (?:it|that|this)\b){DOES} {ONE}\b)"
)
WISHES = (
    r"(?:(?:can|could|would|will) (?:you|u) |kindly |please |pls |plz |do )*"
    r"(?:(?:confirm|clarify|explain|advise)\b|(?:tell|let|show|inform) (?:me|us)\b"
    r"|(?:tell|say) (?:if|whether|what|how)\b)"
    r"|i(?:['’]d| would)? (?:also )?(?:like|want|need|wish) to know\b|i(?:['’]m| am)? (?:also )?wonder(?:ing)?\b"
    r"|wondering\b"
)
OWED = (
    r"(?:(?:can|could|would|will) (?:you|u) |kindly |please |pls |plz |do )*answer (?:me|my|that|the|it)\b"
    r"|i (?:have |had |already |just |also )*asked\b"
    r"|you (?:have |had |still |just |again )*(?:not |never |did ?n['’]?t |have ?n['’]?t )?"
    r"(?:overlook|ignor|skipp|miss|forg|answer|repl)\w*\b[^.?!]*\b(?:question|asked|point)"
)
WANTS = rf"{WISHES}|{OWED}"
WISHED = re.compile(rf"^\W*{OPENERS}(?:{WISHES})", re.IGNORECASE)
PLAIN = re.compile(
    rf"^\W*{OPENERS}(?:{PLAINLY}|{WANTS}|(?:{WH})\b(?! (?:i|we|my|he|she|they|im|ive|about|['’]?ever)\b))",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"^\W*(?:\w+ )?(?:idk|dunno|not sure|unsure|no idea|no clue|i (?:dont|don['’]t|do not) know)\b", re.IGNORECASE
)
FIGURE = re.compile(r"\d")  # "like 1100 maybe?" doubts its figure
LONG = 4  # words of what asks by its mark alone; "texas?" only doubts


def unannounced(text: str) -> str:
    """The question without the words that only say that one is coming."""
    return ANNOUNCED.sub(" ", text).strip() if "is" in text or "was" in text else text


def asks(text: str) -> bool:
    """Whether any clause of it has the words of a question."""
    return any(QUESTION.search(clause.strip()) for s in SENTENCE.split(text) for clause in CLAUSE.split(s))


def asks_plainly(part: str) -> bool:
    """Whether one sentence or clause asks something, or for an answer that is still owed."""
    said = unhedged(part)
    marked = said.rstrip().endswith("?")
    if UNSURE.match(said) and not marked:
        return False
    return PLAIN.match(said) is not None or (marked and len(said.split()) >= LONG and not FIGURE.search(said))


def may_ask(text: str) -> bool:
    """Whether it may ask something: `asks_what`, a wish to know, or what begins like a question or ends in its mark."""
    said = unhedged(text).strip()
    return bool(ASKING.search(said) or WISHED.match(said)) or asks_what(text)


def asks_what(text: str) -> bool:
    """Whether it, or a later sentence of it, begins with a question word, behind any "idk" or "no idea".

    "Is hybrid ok" may be a choice as well.
    """
    text = OF_THESE.sub("", text)
    return ASKS.match(text) is not None or THEN_ASKS.search(text) is not None


def asks_beside(text: str) -> bool:
    """A whole question with more said to it, "could my wife do it? she's a cashier"; "is hybrid ok?" picks."""
    text = unhedged(OF_THESE.sub("", text))
    return "?" in text and ASKING.search(text.strip()) is not None and len(text.split()) > MOST_PICKED


def unhedged(text: str) -> str:
    """ "Perhaps the CCA?" without its mark: it answers, and only says that it is not sure."""
    return HEDGED.sub(lambda found: found[0].rstrip().rstrip("?"), text)
