"""An author of a flow who makes a mistake is told the line, what is wrong and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.load_knowledge.load import read_content
from tests.checks.small import small_content
from tests.flows.conftest import OWN

Edit = Callable[[str, str], list[str]]
FILE = OWN / "flows" / "laptop.yaml"


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Change one text of the test's flow; gives the problems, and shows that there are none without the change."""
    folder = small_content(tmp_path / "knowledge")
    (folder / "flows").mkdir()

    def change(old: str, new: str) -> list[str]:
        text = FILE.read_text("utf-8")
        assert old in text, f"the flow does not hold {old!r} any more"
        (folder / "flows" / "laptop.yaml").write_text(text.replace(old, new, 1).replace("flow:cost", "pay"))
        _, problems = read_content(folder)
        return [str(p) for p in problems if "laptop.yaml" in p.file]

    return change


MISTAKES = [
    ("answers.price or 0", "answers.prise or 0", "unknown step 'prise'; did you mean 'price'?"),
    ("sums.loan.monthly > 60", "sums.lone.monthly > 60", "unknown sum 'lone'; did you mean 'loan'?"),
    ("sums.loan.monthly > 60", "sums.loan.montly > 60", "unknown output of loan 'montly'; did you mean 'monthly'?"),
    (
        "answers.kind == 'new' and",
        "answers.kind in ['nwe', 'used'] and",
        "'nwe' is no option of 'kind'; did you mean 'new'?",
    ),
    ("run: loan", "run: lone", "unknown estimate 'lone'; did you mean 'loan'?"),
    ("principal: sums.price", "principle: sums.price", "unknown input of loan 'principle'; did you mean 'principal'?"),
    ("answers.rate or 0", "facts.exam.cpc.fees", "unknown fact 'exam.cpc.fees'"),
    ("when: answers.price\n", "when: answers.hours\n", "asks about 'hours', which is not answered by then"),
    ("when: answers.price\n", "when: answers.price and\n", "can't be read"),
    ("when: answers.price\n", "when: answers.price and not answers.price\n", "is never asked"),
    ("wish {{ answers.wish | whole }}", "wish", "no sum, condition or text uses this answer"),
    ("wish {{ answers.wish | whole }}", "{{ '' if answers.wish else '' }}", "the result is the same"),
    ("      used: {", "      toy: {label: A toy}\n      used: {", "does the same as 'toy' in every result"),
    ("buy: Buy it}", "buy: Buy it, never: Never}", "'never' never comes out"),
    ("'wait' if answers.wait else", "'wait' if answers.wait or true else", "above 70% nobody learns"),
    ("buy: Buy it}", "bye: Buy it}", "comes to 'buy', which is not among 'verdicts'"),
    ("label: A used one", "label: A used one that someone else had", "characters; 30 fit"),
    ("title: A laptop on credit", "title: A laptop on credit or for cash", "characters; 26 fit"),
    ('value: "400"', "value: some", "'some' can't be read as money"),
    ("default: 12 months", "default: soon", "'soon' can't be the answer of this step"),
    ("also: [second hand,", "also: [brand new,", "'brand new' is also said for 'new'"),
    ("much: ", "much: sums.more\n  more: ", "goes round in a circle"),
    ("For {{ labels.uses }}", "{{ 'x' * 5000 }} {{ labels.uses }}", "a message takes 4096"),
    ("<b>{{ verdicts[verdict] }}</b>", "<b>{{ verdicts[verdict] }}", "<b> is never closed"),
    ("title: A laptop on credit", "command: saved\ntitle: A laptop on credit", "the command /saved is taken"),
    ("    button: My day\n", "", "has no button, so nobody can open it"),
    ("most: 2", "moist: 2", "unknown key 'moist'; did you mean 'most'?"),
    ("    likely: [100", "    likly: [100", "unknown key 'likly'; did you mean 'likely'?"),
    ("ask: Which laptop?\n", "ask: Which laptop?\n    default: newe\n", "which is one of new, used"),
    ("wish {{ answers.wish | whole }}", "wish {{ answers.wish | hole }}", "filter 'hole'; did you mean 'whole'?"),
    ("kind: scale", "kind: scales", "did you mean 'scale'"),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES, ids=[told[:40] for _, _, told in MISTAKES])
def test_a_mistake_is_told_with_its_line(old: str, new: str, told: str, edit: Edit) -> None:
    if "circle" in told:
        old, new = "  much: ", "  round: sums.about\n  about: sums.round\n  much: sums.round or "
    problems = edit(old, new)
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("knowledge/flows/laptop.yaml:") for problem in problems)


def test_the_flow_as_it_is_has_no_problem(edit: Edit) -> None:
    assert edit("title:", "title:") == []
