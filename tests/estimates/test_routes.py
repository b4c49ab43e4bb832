"""Which way into the job suits whom."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.estimates import ESTIMATES

ROUTES: dict[str, dict[str, Any]] = {
    "alone": {"hours_low": 100, "hours_high": 400, "cost_low": 900, "cost_high": 1000, "alone": True, "base": 0.4},
    "taught": {
        "hours_low": 160,
        "hours_high": 240,
        "cost_low": 2600,
        "cost_high": 4400,
        "least_weeks": 16,
        "modes": ("online",),
        "base": 1.2,
    },
    "degree": {"hours_low": 2700, "hours_high": 3100, "needs_diploma": True, "goals": ("both",)},
    "job": {"hours_low": 0, "hours_high": 60, "cost_low": 0, "cost_high": 0, "goals": ("desk", "both"), "base": 0.6},
}


def choose(**wishes: Any) -> dict[str, Any]:
    return ESTIMATES["choose_route"]({"routes": ROUTES, **wishes})


def test_the_best_route_comes_with_a_runner_up_and_reasons_against_the_others() -> None:
    choice = choose(goal="codes", mode="online", hours_a_week=12, budget=5000)
    assert (choice["best"], choice["runner_up"]) == ("taught", "alone")
    assert choice["against"]["job"] == ("goal",)
    assert set(choice["against"]["degree"]) == {"goal", "too_long"}
    assert choice["against"]["taught"] == ()
    assert (choice["hours"], choice["weeks"]) == (240, 20)


def test_a_price_that_may_exceed_the_budget_is_said_and_what_surely_fits_is_named() -> None:
    dear = {**ROUTES, "taught": {**ROUTES["taught"], "cost_low": 2000, "cost_high": 4000}}
    choice = ESTIMATES["choose_route"]({"routes": dear, "goal": "codes", "hours_a_week": 12, "budget": 3000})
    assert choice["against"]["taught"] == ("top_over",)
    assert (choice["best"], choice["within"]) == ("taught", "alone")
    assert choose(goal="codes", budget=1)["within"] == ""


def test_a_small_budget_moves_the_choice() -> None:
    assert choose(goal="codes", budget=1000)["best"] == "alone"
    assert choose(goal="both", budget=0)["best"] == "job"


def test_a_background_saves_hours_and_makes_studying_alone_less_of_a_worry() -> None:
    choice = choose(goal="codes", budget=1500, has_background=True, hours_a_week=10)
    assert (choice["best"], choice["hours"], choice["weeks"]) == ("alone", 100, 10)


def test_what_needs_a_diploma_is_last_without_one() -> None:
    assert choose(has_diploma=False)["order"][-1] == "degree"


def test_without_routes_there_is_nothing_to_choose() -> None:
    with pytest.raises(ValueError, match="no routes"):
        ESTIMATES["choose_route"]({"routes": {}})
