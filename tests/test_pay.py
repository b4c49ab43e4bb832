"""Pay as arithmetic, against values worked out by hand, and every area's answer against the table."""

from __future__ import annotations

import csv

import pytest

from bot.conversation import pay as sums
from bot.conversation.area import Area, Pay
from bot.conversation.events import Pressed
from bot.conversation.knowledge import Knowledge
from bot.conversation.pay_views import PAY_NAMES, pay_context
from bot.conversation.respond import respond
from bot.conversation.slots import Slots, find_slots
from bot.conversation.state import State
from bot.conversation.views import Notes
from tests.conftest import ROOT, TODAY

FULL = Pay(p10=30_000, p25=40_000, median=50_000, p75=70_000, p90=90_000, hourly=24.04, jobs=500, lq=1.0)
GAPS = Pay(p10=None, p25=40_000, median=50_000, p75=None, p90=90_000, hourly=24.04, jobs=60, lq=2.5)
NOTHING = Pay(None, None, None, None, None, None, None)


def area(code: str, kind: str, state: str, pay: Pay, rpp: float | None = None) -> Area:
    return Area(code, f"{code}, {state}", kind, (state,), rpp, {"role": pay})


def test_a_published_point_is_exact() -> None:
    assert sums.standing(50_000, FULL) == sums.Standing("between", 50, exact=True)
    assert sums.standing(90_000, FULL) == sums.Standing("between", 90, exact=True)


@pytest.mark.parametrize(("amount", "percent"), [(35_000, 17.5), (45_000, 37.5), (60_000, 62.5), (85_000, 86.25)])
def test_between_points_the_percentile_is_linear(amount: float, percent: float) -> None:
    found = sums.standing(amount, FULL)
    assert found
    assert (found.side, found.exact) == ("between", False)
    assert found.percent == pytest.approx(percent)


def test_a_missing_point_is_bridged_by_its_neighbours() -> None:
    found = sums.standing(70_000, GAPS)  # half way from 50 to 90
    assert found
    assert found.percent == pytest.approx(70)


def test_outside_the_published_points_only_the_side_is_said() -> None:
    assert sums.standing(29_999, FULL) == sums.Standing("below", 10, 30_000)
    assert sums.standing(90_001, FULL) == sums.Standing("above", 90, 90_000)
    assert sums.standing(39_000, GAPS) == sums.Standing("below", 25, 40_000)


def test_where_nothing_is_published_nothing_is_said() -> None:
    assert sums.standing(50_000, NOTHING) is None


def test_figures_fall_back_from_metro_to_state_to_nation() -> None:
    metro, state, nation = (
        area("m", "metro", "XX", NOTHING),
        area("s", "state", "XX", FULL),
        area("n", "nation", "US", FULL),
    )
    with_state = {a.code: a for a in (metro, state, nation)}
    assert sums.nearest(metro, "role", with_state) is state
    assert sums.nearest(metro, "role", {"m": metro, "n": nation}) is nation
    assert sums.nearest(metro, "role", {"m": metro}) is metro
    assert sums.nearest(state, "role", with_state) is state


def test_pay_at_average_prices_is_rounded_to_a_hundred() -> None:
    assert sums.at_average_prices(48_900, 100.8) == 48_500  # 48,511.90
    assert sums.at_average_prices(50_990, 92.8) == 54_900  # 54,946.12


def test_an_hour_is_a_2080th_of_a_year() -> None:
    assert sums.hourly(37_000) == 17.79
    assert sums.hourly(81_150) == 39.01


def test_a_small_sample_is_fewer_jobs_than_asked_for() -> None:
    assert sums.is_small(GAPS, 200)
    assert not sums.is_small(FULL, 200)
    assert not sums.is_small(NOTHING, 200)


def test_how_common_the_work_is_comes_from_the_location_quotient() -> None:
    assert sums.commonness(GAPS) == "more"
    assert sums.commonness(FULL) == "usual"
    assert sums.commonness(NOTHING) == ""


def test_a_ranking_leaves_out_small_places_and_other_states() -> None:
    rich_but_tiny = area("t", "metro", "XX", GAPS, 90)
    cheap, dear = area("c", "metro", "XX", FULL, 80), area("d", "metro", "XX", FULL, 120)
    elsewhere = area("e", "metro", "YY", FULL, 70)
    places = [rich_but_tiny, cheap, dear, elsewhere]
    ranked = sums.ranked(places, "role", "real", kind="metro", least_jobs=200, state="XX")
    assert ranked == [(cheap, 62_500), (dear, 41_700)]


def test_a_winner_needs_a_figure_from_everyone_and_no_tie() -> None:
    one, same, none = (
        area("a", "metro", "XX", FULL, 80),
        area("b", "metro", "XX", FULL, 90),
        area("c", "metro", "XX", NOTHING),
    )
    assert sums.leader([one, same], "role", "real") == (one, 62_500)
    assert sums.leader([one, same], "role", "median") is None
    assert sums.leader([one, none], "role", "median") is None


def test_every_area_answers_with_the_figures_of_the_table(knowledge: Knowledge) -> None:
    """All 583, from the file itself: what is published is shown, what is not is said to be somebody else's."""
    code = knowledge.career.occupations["coder"].code
    with (ROOT / "knowledge/places/wages.csv").open(encoding="utf-8") as file:
        rows = {row["area"]: row for row in csv.DictReader(file) if row["occupation"] == code}
    state = State(topic="salary_by_city", slots={"roles": ["coder"]})
    for name in knowledge.areas:
        text = respond(state, Pressed(f"q:salary_by_city:{name}", TODAY), knowledge).replies[0].text
        row = rows.get(name, {})
        if not row.get("median"):
            assert f"No pay figure for coders is published for {knowledge.areas[name].name}" in text.replace(
                "&#39;", "'"
            )
            continue
        for column in ("median", "p25", "p75", "p10", "p90", "jobs"):
            if row[column]:
                assert f"{float(row[column]):,.0f}" in text, (name, column)
        assert ("uncertain" in text) == bool(row["jobs"] and float(row["jobs"]) < 200), name


def test_the_full_time_year_is_the_one_the_facts_name(knowledge: Knowledge) -> None:
    assert knowledge.facts["wage.full_time_year"].value == sums.FULL_TIME_YEAR


@pytest.mark.parametrize("role", ["coder", "biller"])
def test_the_nation_in_the_table_is_the_nation_in_the_facts(role: str, knowledge: Knowledge) -> None:
    nation = sums.nation(knowledge.areas).pay[role]
    for point in ("median", "p10", "p25", "p75", "p90", "mean"):
        assert getattr(nation, point) == knowledge.facts[f"wage.{role}.{point}"].value
    for point in ("p10", "p25", "p75", "p90"):
        published = knowledge.facts[f"wage.{role}.hour.{point}"].value
        assert sums.hourly(getattr(nation, point)) == pytest.approx(published, abs=0.011)


def test_neighbouring_jobs_in_facts_are_those_of_the_table(knowledge: Knowledge) -> None:
    nation = sums.nation(knowledge.areas)
    for role in knowledge.career.alternatives:
        assert nation.pay[role].median == knowledge.facts["wage.neighbors.median"].values[role]
        assert nation.pay[role].jobs == knowledge.facts["jobs.neighbors.total"].values[role]
        assert role in knowledge.facts["jobs.neighbors.growth"].values


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("pay for billers in Ohio", Slots(roles=("biller",))),
        ("coders or billers", Slots(roles=("coder", "biller"))),
        ("how much per hour", Slots(per="hour")),
        ("CPC and CCS-P pay", Slots(credentials=("cpc", "ccs_p"))),
        ("$22 an hour as a phleb", Slots(("phlebotomist",), (), 22, "hour", 45_760)),
        ("I have 3 kids and 2 dogs", Slots()),
        ("", Slots()),
    ],
)
def test_what_a_message_names_is_found(text: str, slots: Slots, knowledge: Knowledge) -> None:
    assert find_slots(text, knowledge) == slots


def test_a_bare_number_is_pay_only_where_pay_is_asked_for(knowledge: Knowledge) -> None:
    assert find_slots("is 19 good", knowledge).amount is None
    found = find_slots("is 19 good", knowledge, bare_numbers=True)
    assert (found.amount, found.per, found.assumed) == (19, "hour", "per")


def test_what_is_remembered_of_slots_survives_being_stored() -> None:
    slots = Slots(("biller",), ("cpc",), 19.0, "hour", 39_520.0, "per")
    assert Slots.from_plain({"places": ["48"], **slots.to_plain()}) == slots


def test_a_template_that_names_anything_of_pay_is_given_all_of_it(knowledge: Knowledge) -> None:
    given = pay_context(knowledge, Notes(), [], Slots())
    assert given.keys() | {"part"} == PAY_NAMES, "names that are not listed are not seen in a template, nor checked"
