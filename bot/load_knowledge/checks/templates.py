"""What the templates of answers and parts hold: names of facts, typed figures, markup. Found by `inspect_template`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.load_knowledge.checks.content import Content
from bot.load_knowledge.checks.rules import Found, rule


def _flaws(name: str) -> Callable[[Content], Iterator[Found]]:
    def look(content: Content) -> Iterator[Found]:
        for item, path, report in content.templates():
            told = "part" if item == "parts.yaml" else "answer"
            for flaw in report.flaws:
                if flaw.rule == name:
                    what = f"line {flaw.line} of the {told}: {flaw.what}" if flaw.line else flaw.what
                    yield Found(item, what, path, flaw.fix, flaw.line)

    return look


rule(
    "template",
    why="An answer that can't be filled in would leave the person with an apology instead.",
    fix="Every {{ needs its }}, every {% if %} its {% endif %} and every {% for %} its {% endfor %}. "
    "A range has .low and .high, a single figure has not.",
)(_flaws("template"))
rule(
    "unknown-fact",
    why="An answer may only say what a dated fact says; this name has none behind it.",
    fix="Add the fact to a file under facts/, or name one that is there.",
)(_flaws("unknown-fact"))
rule(
    "typed-figure",
    why="A typed figure has no source and no date, and stays when everything else is renewed.",
    fix="Make it a fact and name that in the answer.",
)(_flaws("typed-figure"))
rule(
    "markup",
    why="Telegram refuses a message with a broken tag, so it would go out without any bold or links.",
    fix="Close every tag in the reverse order of opening: <b>like <i>this</i></b>. "
    "Known are <b>, <i>, <u>, <s>, <a>, <code> and <blockquote>; a lone < is written &lt;.",
)(_flaws("markup"))
