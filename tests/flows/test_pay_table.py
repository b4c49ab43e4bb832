"""Whose pay a flow reckons with: the place asked for where it has figures, else the nearest larger one, said so."""

from __future__ import annotations

import dataclasses

import pytest

from bot.conversation.flows.names import Scope
from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY


def scope(place: str | None, knowledge: Knowledge) -> Scope:
    return Scope(knowledge.flows["pay"], {"place": place}, knowledge, TODAY)


@pytest.mark.parametrize(
    ("place", "name", "fell_back"),
    [("39", "Ohio", False), ("26420", "Houston", False), (None, "U.S.", False)],
)
def test_a_place_with_figures_is_taken_as_it_is(
    place: str | None, name: str, fell_back: bool, with_laptop: Knowledge
) -> None:
    found = scope(place, with_laptop)
    assert found.evaluate("table.name", "name").startswith(name)
    assert found.evaluate("table.fell_back", "fell back") is fell_back


def test_nine_in_ten_areas_speak_for_themselves(with_laptop: Knowledge) -> None:
    own = [not scope(code, with_laptop).evaluate("table.fell_back", "") for code in with_laptop.areas]
    assert sum(own) / len(own) > 0.9


def test_an_area_without_figures_takes_those_of_its_state_and_says_so(with_laptop: Knowledge) -> None:
    houston = with_laptop.areas["26420"]
    silent = {role: dataclasses.replace(pay, median=None) for role, pay in houston.pay.items()}
    areas = {**with_laptop.areas, "26420": dataclasses.replace(houston, pay=silent)}
    found = scope("26420", dataclasses.replace(with_laptop, areas=areas))
    assert found.evaluate("table.name", "name") == "Texas"
    assert found.evaluate("table.fell_back", "fell back") is True
    role = next(iter(with_laptop.career.occupations))
    assert found.evaluate(f"table.{role}.median", "pay") == with_laptop.areas["48"].pay[role].median


def test_what_a_sum_used_stands_in_the_source_line(with_laptop: Knowledge) -> None:
    found = scope("39", with_laptop)
    found.evaluate("table.rpp + facts.exam.cpc.fee.one", "sum")
    assert found.notes.used == ["prices", "exam.cpc.fee"]
