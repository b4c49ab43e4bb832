"""What people type at a step, and what is taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.conversation.flows.reading import read
from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY

SAID: list[tuple[str, str, str, Any]] = [
    ("cost", "route", "the associates one", "college"),
    ("cost", "route", "2", "college"),
    ("cost", "route", "i don't have a school in mind, so by myself", "self_study"),
    ("path", "goal", "not coding, billing", "bill"),
    ("path", "goal", "billing rather than coding", "bill"),
    ("path", "have", "i was a physician back home", "degree"),
    ("enroll", "record", "no sir", "clear"),
    ("enroll", "record", "a felony, but years ago", "serious"),
    ("enroll", "record", "ticket years ago", "minor"),
    ("enroll", "schooling", "working on my ged", "none"),
    ("enroll", "remote", "i can commute", "onsite"),
    ("path", "diploma", "i dropped out of high school", False),
    ("path", "teacher", "i can study alone", False),
    ("enroll", "remote", "nah i can drive", "onsite"),
    ("enroll", "likes", "rules, puzzles. i'm bad at phone calls", ["puzzles", "rules"]),
    ("enroll", "dislikes", "i hate calls, details are fine", ["calls"]),
    ("enroll", "spend", "my wife covers it", [0, 0]),
    ("enroll", "cash", "80 a month", [960, 960]),
    ("cost", "route", "the first one", "own"),
    ("cost", "route", "i think comunity college", "college"),
    ("cost", "route", "books by myself", "self_study"),
    ("cost", "tuition", "2.5k", [2500, 2500]),
    ("cost", "tuition", "between 2 and 3 grand", [2000, 3000]),
    ("enroll", "pay", "$18/hr", [37440, 37440]),
    ("enroll", "pay", "40k a year", [40000, 40000]),
    ("enroll", "hours", "like 15 hrs a week", [15, 15]),
    ("enroll", "place", "houston", "26420"),
    ("enroll", "place", "i live in ohio", "39"),
    ("laptop", "when", "next spring", "2027-03-01"),
    ("laptop", "wait", "yeah i can", True),
    ("laptop", "wait", "not really", False),
    ("laptop", "wait", "naw", False),
    ("laptop", "wait", "well then, yessir", True),
    ("laptop", "uses", "games, work", ["games", "work"]),
    ("laptop", "uses", "none", []),
    ("laptop", "uses", "nah none of those", []),
    ("laptop", "wish", "3", "3"),
    ("laptop", "town", "another country", "abroad"),
]


@pytest.mark.parametrize(("flow", "step", "said", "kept"), SAID)
def test_an_answer_is_read_as_people_write_it(
    flow: str, step: str, said: str, kept: Any, with_laptop: Knowledge
) -> None:
    found = read(with_laptop.flows[flow].steps[step], said, with_laptop, TODAY)
    assert found
    assert (found.outcome, found.value) == ("answer", kept)


@pytest.mark.parametrize(
    ("step", "said", "outcome"),
    [
        ("price", "dunno", "skip"),
        ("kind", "no idea", "skip"),
        ("wait", "not sure", "skip"),
        ("price", "9000", "unlikely"),
        ("price", "$80,000", "impossible"),
        ("price", "-5", "impossible"),
        ("price", "800 euros", "foreign"),
        ("when", "2020-01-01", None),
        ("kind", "purple", None),
        ("price", "purple", None),
        ("town", "purple", None),
    ],
)
def test_what_is_no_plain_answer_is_told_apart(
    step: str, said: str, outcome: str | None, with_laptop: Knowledge
) -> None:
    found = read(with_laptop.flows["laptop"].steps[step], said, with_laptop, TODAY)
    assert (found.outcome if found else None) == outcome


def test_the_cheapest_one_picks_what_is_cheapest_by_the_facts(with_laptop: Knowledge) -> None:
    facts, steps = with_laptop.facts, with_laptop.flows["cost"].steps
    routes = {route: cost for route, cost in facts["route.cost"].values.items() if route in steps["route"].options}
    fees = {"cbcs": facts["exam.cbcs.fee"].value, "cca": facts["exam.cca.fee"].values["member"]}
    fees |= {exam: facts[f"exam.{exam}.fee"].values["one"] for exam in ("cpc", "cpb")}
    by_step: Mapping[str, Mapping[str, float | tuple[float, float] | None]] = {"route": routes, "exam": fees}
    for step, prices in by_step.items():
        found = read(steps[step], "the cheapest one", with_laptop, TODAY)
        assert found
        lowest = {name: price[0] if isinstance(price, tuple) else price for name, price in prices.items()}
        assert found.value == min(lowest, key=lambda name: lowest[name] or 0), step
