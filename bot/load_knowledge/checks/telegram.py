"""What Telegram refuses or cuts: lengths and counts from the Bot API, and what fits on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.buttons import ask
from bot.conversation.pictures import KINDS, picture_of
from bot.conversation.wording import answer
from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule
from bot.load_knowledge.templates import UNFILLED, Markup, shown_length

TITLE = 26  # longer labels are cut on a phone
MESSAGE, CAPTION, DATA, BUTTONS = 4096, 1024, 64, 100
COMMANDS, COMMAND_TOLD = 100, 256
CAREER = (("bot_name", 64), ("description", 512), ("short_description", 120))
NEXT = 3
COMMAND = re.compile(r"[a-z][a-z0-9_]{0,31}")


@rule(
    "cut-label",
    severity="warning",
    why="A phone cuts a longer label in the middle, and what is cut is what tells it from the others.",
    fix="Say it in fewer words; the question itself can be as long as it needs.",
)
def cut_labels(content: Content) -> Iterator[Found]:
    for item_id, item in content.items.items():
        if len(item.title) > TITLE:
            what = f"the title has {len(item.title)} characters; {TITLE} fit on a button"
            yield Found(item_id, what, ("title",))


@rule(
    "many-buttons",
    severity="warning",
    why="More than a few buttons under an answer push the answer itself off the screen.",
    fix="Keep the questions that most people ask next.",
)
def many_buttons(content: Content) -> Iterator[Found]:
    for item_id, item in content.items.items():
        if len(item.next) > NEXT:
            what = f"offers {len(item.next)} next questions; {NEXT} are enough"
            yield Found(item_id, what, ("next",))


@rule(
    "telegram-limit",
    why="Telegram refuses what is over its limits, and the person would see nothing at all.",
    fix="Make it shorter.",
)
def telegram_limits(content: Content) -> Iterator[Found]:
    yield from _messages(content)
    yield from _buttons(content)
    yield from _profile(content)
    yield from _captions(content)


def _messages(content: Content) -> Iterator[Found]:
    for item_id, report in content.answers.items():
        if report.flaws:
            continue
        try:
            whole = _length(answer(item_id, content.knowledge, content.today)[0].text)
        except UNFILLED:
            continue  # what is missing has a rule of its own
        longest = max(whole, report.longest)
        if longest > MESSAGE:
            what = f"comes to {longest} characters with its sources; a message takes {MESSAGE}"
            yield Found(item_id, what, ("answer",))
    for key, line in content.knowledge.voice.items():
        if len(line) > MESSAGE:
            yield Found("voice.yaml", f"has {len(line)} characters; a message takes {MESSAGE}", (key,))


def _length(html: str) -> int:
    """Characters that Telegram counts: those that remain when tags are taken for formatting."""
    markup = Markup()
    markup.feed(html)
    markup.close()
    return shown_length(markup.text)


def _buttons(content: Content) -> Iterator[Found]:
    knowledge = content.knowledge
    place = max(knowledge.areas, key=len, default="")
    for entry_id in knowledge.entries:
        size = len(ask(entry_id, knowledge, place).data.encode())
        if size > DATA:
            what = f"the id is too long: with a place its button takes {size} bytes of {DATA}"
            yield Found(
                entry_id,
                what,
                (),
                f"Rename it to at most {len(entry_id) - (size - DATA)} letters, also where 'next' names it.",
            )
    for index, section in enumerate(knowledge.career.menu):
        if len(section.entries) >= BUTTONS:
            what = f"has {len(section.entries)} questions; a message takes {BUTTONS} buttons, one leads back"
            yield Found("career.yaml", what, ("menu", index, "entries"), "Make two sections of it.")


def _profile(content: Content) -> Iterator[Found]:
    career, file = content.knowledge.career, "career.yaml"
    for key, most in CAREER:
        text = getattr(career, key)
        if shown_length(text) > most:
            yield Found(file, f"'{text[:30]}...' has {len(text)} characters; Telegram takes {most}", (key,))
    if len(career.commands) > COMMANDS:
        yield Found(file, f"has {len(career.commands)} commands; Telegram takes {COMMANDS}", ("commands",))
    for command, told in career.commands.items():
        if not COMMAND.fullmatch(command):
            what = f"'/{command}' is no command name: lower-case letters, digits, _"
            fix = f"  {re.sub(r'[^a-z0-9_]+', '_', command.lower()).strip('_')[:32]}: {told}"
            yield Found(file, what, ("commands", command), fix)
        if not 1 <= len(told) <= COMMAND_TOLD:
            yield Found(file, f"a command's description has 1 to {COMMAND_TOLD} characters", ("commands", command))


def _captions(content: Content) -> Iterator[Found]:
    """The caption for the whole country, for each kind that an answer shows."""
    shown: dict[str, str] = {}
    for entry_id, entry in content.knowledge.entries.items():
        if entry.picture in KINDS:
            shown.setdefault(entry.picture, entry_id)
    for kind, entry_id in shown.items():
        try:
            picture = picture_of(kind, content.knowledge)
        except UNFILLED:
            continue  # a missing word has a rule of its own
        if picture and _length(picture.caption) > CAPTION:
            what = f"the caption under its picture has {_length(picture.caption)} characters; {CAPTION} fit"
            yield Found(entry_id, what, ("picture",), "Shorten the words for it in pictures.yaml.")
