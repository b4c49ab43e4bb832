"""Pictures: their data, their words, and what is drawn from them."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.charts import CannotDraw, Painter
from bot.charts.draw import png_of
from bot.charts.kept import Kept
from bot.conversation.area import Area
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures import KINDS, picture_of
from bot.conversation.pictures.words import LONGEST_CAPTION
from bot.conversation.plain_text import plain_text
from bot.conversation.state import Picture
from bot.load_knowledge.load import read_content
from tests.conftest import ROOT

# One of each type of area, the longest name of all, and gaps of every kind.
AREAS = {
    "nation": "99",
    "state": "48",
    "no count of jobs": "50",
    "territory": "72",
    "metro": "26420",
    "four states": "47900",
    "nonmetro": "0600007",
    "few jobs": "10500",
    "one occupation missing": "21300",
}
NO_PICTURE = {
    ("one occupation missing", "compare"),
    *(("no count of jobs", kind) for kind in KINDS if kind.startswith("ranking.metros")),
}
PLACES = ["26420", "38900", "47900", "33460"]


@pytest.fixture(scope="module")
def content() -> Knowledge:
    """The content without its matcher, which pictures have no use for."""
    known, problems = read_content(ROOT / "knowledge")
    assert known
    assert not problems
    return known


@pytest.fixture
async def painter(tmp_path: Path) -> AsyncIterator[Painter]:
    one = Painter(tmp_path / "pictures")
    yield one
    await one.close()


def areas(content: Knowledge, *codes: str) -> list[Area]:
    return [content.areas[code] for code in codes]


def asked(content: Knowledge, kind: str, *codes: str, **more: Any) -> Picture:
    found = picture_of(kind, content, areas=areas(content, *codes), **more)
    assert found is not None
    return found


def figures_told(node: Any) -> Iterator[str]:
    """Every figure that stands on the picture."""
    if isinstance(node, dict):
        if "told" in node:
            yield node["told"]
        for value in node.values():
            yield from figures_told(value)
    elif isinstance(node, list):
        for value in node:
            yield from figures_told(value)


def is_a_picture(png: bytes) -> None:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    assert image.width == 1280
    assert 500 < image.height < 2600
    assert len(png) < 150 * 1024


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", AREAS)
def test_every_kind_says_in_words_what_it_shows_for_every_type_of_area(
    kind: str, name: str, content: Knowledge
) -> None:
    picture = picture_of(kind, content, areas=areas(content, AREAS[name]), amount=41_000)
    if picture is None:
        assert (name, kind) in NO_PICTURE
        return
    words = plain_text(picture.caption)
    assert len(picture.caption) <= LONGEST_CAPTION
    assert picture.figures["title"] in words
    assert picture.figures["source"] in words
    assert not [figure for figure in figures_told(picture.figures) if figure not in words and figure != "–"]
    assert "None" not in words
    assert json.loads(json.dumps(picture.figures)) == picture.figures


@pytest.mark.parametrize("name", AREAS)
def test_a_band_can_be_drawn_for_every_type_of_area(name: str, content: Knowledge) -> None:
    picture = asked(content, "band", AREAS[name], amount=41_000)
    is_a_picture(png_of(picture.kind, picture.figures))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "band"])
def test_every_kind_can_be_drawn(kind: str, content: Knowledge) -> None:
    picture = asked(content, kind, "48", "40")
    is_a_picture(png_of(picture.kind, picture.figures))


@pytest.mark.parametrize("amount", [1, 30_000, 51_140, 400_000])
def test_an_amount_anywhere_is_marked_and_told(amount: int, content: Knowledge) -> None:
    picture = asked(content, "band", "26420", roles=["coder"], amount=amount)
    assert f"${amount:,}" in plain_text(picture.caption)
    is_a_picture(png_of(picture.kind, picture.figures))


def test_four_places_of_two_occupations_fit_into_a_caption(content: Knowledge) -> None:
    picture = asked(content, "compare", *PLACES, amount=40_000)
    assert len(picture.figures["rows"]) == 8
    assert len(picture.caption) <= LONGEST_CAPTION
    is_a_picture(png_of(picture.kind, picture.figures))


def test_where_the_names_are_too_long_for_that_the_first_occupation_is_compared(content: Knowledge) -> None:
    longest = sorted(content.areas.values(), key=lambda area: -len(area.name))[:4]
    picture = asked(content, "compare", *(area.code for area in longest), amount=40_000)
    assert len(picture.figures["rows"]) == 5
    assert len(picture.caption) <= LONGEST_CAPTION
    is_a_picture(png_of(picture.kind, picture.figures))


def test_a_place_without_figures_stands_in_a_comparison_and_is_told(content: Knowledge) -> None:
    picture = asked(content, "compare", "50", "21300", "01", roles=["coder"])
    assert f"Elmira, NY: {content.picture_words['no_figure']}." in plain_text(picture.caption)
    is_a_picture(png_of(picture.kind, picture.figures))


def test_without_figures_there_is_no_picture(content: Knowledge) -> None:
    assert picture_of("compare", content, areas=areas(content, "21300"), roles=["coder"]) is None
    assert picture_of("trend", dataclasses.replace(content, history={})) is None


def test_a_place_without_figures_is_shown_by_the_nearest_that_has_some_under_its_name(content: Knowledge) -> None:
    alone = asked(content, "band", "21300", roles=["coder"])
    assert alone.figures["title"] == "Coders in New York"
    both = asked(content, "band", "29180")
    assert both.figures["title"] == "Pay in Lafayette, LA"
    assert [row["label"] for row in both.figures["rows"] if row["tone"] == "main"] == [
        "Coders",
        "Billing clerks in Louisiana",
    ]


def test_our_occupation_stands_beside_those_weighed_against_it(content: Knowledge) -> None:
    every = asked(content, "compare.roles", "26420")
    assert len(every.figures["rows"]) == 1 + len(content.career.alternatives)
    one = asked(content, "compare.roles", "26420", roles=["phlebotomist"])
    assert [row["label"] for row in one.figures["rows"]] == ["Coders", "Phlebotomists"]
    is_a_picture(png_of(every.kind, every.figures))


def test_few_jobs_are_called_rough(content: Knowledge) -> None:
    picture = asked(content, "band", "0600007", roles=["coder"])
    assert "rough: only about 100 jobs" in picture.figures["rows"][0]["note"]
    assert "rough" in picture.caption


def test_the_same_figures_have_the_same_key_and_others_another(content: Knowledge) -> None:
    first = asked(content, "band", "26420", roles=["coder"])
    assert first.key == asked(content, "band", "26420", roles=["coder"]).key
    others = [asked(content, "band", "26420"), asked(content, "band", "48"), asked(content, "band", "26420", amount=1)]
    assert first.key not in {picture.key for picture in others}
    later = dataclasses.replace(content.career.wages, as_of="2026-05")
    newer = dataclasses.replace(content, career=dataclasses.replace(content.career, wages=later))
    assert first.key != asked(newer, "band", "26420", roles=["coder"]).key


def test_a_ranking_shows_where_the_place_asked_about_stands(content: Knowledge) -> None:
    picture = asked(content, "ranking", "48")
    ranks = [row["rank"] for row in picture.figures["rows"]]
    (marked,) = [row for row in picture.figures["rows"] if row["marked"]]
    assert ranks[:10] == list(range(1, 11))
    assert marked["label"] == "Texas"
    assert marked["rank"] == ranks[-1] > 10
    in_a_city = asked(content, "ranking", "26420")
    assert [row["label"] for row in in_a_city.figures["rows"] if row["marked"]] == ["Texas"]


def test_the_map_has_a_tile_for_every_state(content: Knowledge) -> None:
    tiles = asked(content, "map").figures["tiles"]
    states = {area.states[0] for area in content.areas.values() if area.type == "state"}
    assert {tile["code"] for tile in tiles} == states
    assert len({(tile["column"], tile["row"]) for tile in tiles}) == len(states)


def test_the_nations_history_reaches_todays_table(content: Knowledge) -> None:
    nation = content.areas["99"]
    for role, years in content.history.items():
        assert years[-1].as_of == content.career.wages.as_of
        assert years[-1].pay.median == nation.pay[role].median
        assert [year.as_of for year in years] == sorted(year.as_of for year in years)


async def test_a_picture_is_drawn_once_and_kept(painter: Painter, content: Knowledge, tmp_path: Path) -> None:
    picture = asked(content, "trend")
    first, again = await asyncio.gather(painter.draw(picture), painter.draw(picture))
    is_a_picture(first)
    assert first == again
    assert [file.name for file in (tmp_path / "pictures").glob("*.p*")] == [f"{picture.key}.png"]
    kept = Painter(tmp_path / "pictures")
    nonsense = dataclasses.replace(picture, kind="nobody can draw this")
    assert await kept.draw(nonsense) == first


async def test_a_persons_own_pay_stays_on_no_disk(painter: Painter, content: Knowledge, tmp_path: Path) -> None:
    is_a_picture(await painter.draw(asked(content, "band", amount=44_444)))
    assert not list((tmp_path / "pictures").glob("*.png"))


async def test_what_cannot_be_drawn_is_said_and_the_next_picture_comes(painter: Painter, content: Knowledge) -> None:
    with pytest.raises(CannotDraw, match="KeyError"):
        await painter.draw(Picture("band", {"title": "Half a picture"}, "", "broken"))
    is_a_picture(await painter.draw(asked(content, "trend")))


async def test_a_drawing_process_that_died_is_replaced(painter: Painter, content: Knowledge) -> None:
    await painter.draw(asked(content, "trend"))
    (process,) = multiprocessing.active_children()
    process.kill()
    with pytest.raises(CannotDraw, match="lost"):
        await painter.draw(asked(content, "map"))
    is_a_picture(await painter.draw(asked(content, "map")))


def test_only_so_many_pictures_are_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path, most=10)
    for number in range(12):
        kept.keep(f"key{number}", b"png")
        os.utime(tmp_path / f"key{number}.png", (number, number))
    assert len(list(tmp_path.iterdir())) <= 10
    assert kept.find("key11") == b"png"
    assert kept.find("key0") is None


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Kept(tmp_path / "file")
    kept.keep("key", b"png")
    assert kept.find("key") is None


def test_the_bot_itself_never_loads_matplotlib() -> None:
    program = "import sys, bot.handlers.launch; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
