"""Takes out of a question what could name a person: addresses, phone, card and identity numbers."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
HANDLE = re.compile(r"(?<![\w@])@\w{3,32}\b|(?:https?://)?t\.me/\S{1,64}", re.IGNORECASE)
CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]?\d)")
IDENTITY = re.compile(r"(?<![\d-])\d{3}[ -]\d{2}[ -]\d{4}(?![\d-])|(?<=ssn )\d{9}\b|(?<=ssn: )\d{9}\b", re.IGNORECASE)
PHONE = re.compile(
    r"""(?<![\w$])
    (?: \+\d{1,3}[ .()-]{0,2}(?:\d{1,4}[ .()-]{0,2}){2,5}\d{2,4}   # +44 20 7946 0958
      | (?:1[ .-]?)?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}          # (713) 555-0100, 7135550100
      | \d{3}[.-]\d{4}                                             # 555-0100
    )(?![\w-])""",
    re.VERBOSE,
)
MASKS = ((EMAIL, "[email]"), (HANDLE, "[name]"), (CARD, "[card]"), (IDENTITY, "[number]"), (PHONE, "[phone]"))
LONGEST = 1000  # characters; a question is shorter, and a story is not for us to keep


def masked(text: str) -> str:
    """`text` without e-mail addresses, names of accounts, card, identity and phone numbers."""
    text = text[:LONGEST].translate(DIGITS)
    for pattern, stand_in in MASKS:
        text = pattern.sub(stand_in, text)
    return text


# A number does not get past the masks by other digits or by spaces and dashes of another width.
DIGITS = {0xFF10 + n: str(n) for n in range(10)} | {0x0660 + n: str(n) for n in range(10)}
DIGITS |= dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F), " ") | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013), "-")
DIGITS |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
