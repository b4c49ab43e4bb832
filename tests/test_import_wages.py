"""Next May's pay table: our CSV and the statistics office's workbooks as published, in one command."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.places import read_areas
from bot.operator.import_wages import CannotImport, import_wages, told
from tests.test_program import run

COLUMNS = (
    "AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
    "OCC_TITLE", "O_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT", "H_MEAN",
    "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90", "A_PCT10", "A_PCT25", "A_MEDIAN",
    "A_PCT75", "A_PCT90", "ANNUAL", "HOURLY",
)  # fmt: skip
CODER, OTHER = "29-2072", "11-1011"


def row(area: str | int, title: str, kind: int, state: str, **changes: Any) -> dict[str, Any]:
    """A line as the office publishes it, plausible where nothing else is said."""
    usual = {
        "AREA": area, "AREA_TITLE": title, "AREA_TYPE": kind, "PRIM_STATE": state, "NAICS": "000000",
        "I_GROUP": "cross-industry", "OCC_CODE": CODER, "O_GROUP": "detailed", "TOT_EMP": 1230, "JOBS_1000": 1.201,
        "LOC_QUOTIENT": 0.95, "A_MEAN": 51000, "H_MEDIAN": 23.4, "A_PCT10": 34000, "A_PCT25": 40000,
        "A_MEDIAN": 48670, "A_PCT75": 60000, "A_PCT90": 75000,
    }  # fmt: skip
    return usual | changes


def workbook(path: Path, rows: Sequence[dict[str, Any]], columns: Sequence[str] = COLUMNS) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(columns))
    for line in rows:
        sheet.append([line.get(column) for column in columns])
    book.save(path)
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """A small table of last year: two states and a metro area."""
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "areas.csv").write_text(
        "code,name,type,states,rpp\n01,Alabama,state,AL,88.8\n02,Alaska,state,AK,102.3\n"
        '10180,"Abilene, TX",metro,TX,92.9\n'
    )
    (folder / "wages.csv").write_text(
        "area,occupation,p10,p25,median,p75,p90,hourly,jobs,lq,mean,per_1000\n"
        f"01,{CODER},30000,36000,43000,52000,64000,21.0,2330,0.88,45000,1.1\n10180,{CODER},,,40000,,,19,60,,,\n"
    )
    return folder


def test_a_states_workbook_replaces_the_states_and_leaves_the_rest(tmp_path: Path, places: Path) -> None:
    file = workbook(tmp_path / "state_M2025_dl.xlsx", [
        row(1, "Alabama", 2, "AL"), row(1, "Alabama", 2, "AL", OCC_CODE=OTHER), row(4, "Arizona", 2, "AZ"),
    ])  # fmt: skip
    done = import_wages([file], places)
    assert (done.areas, done.rows, done.new, done.gone) == (3, 3, ("Arizona",), ("Alaska",))
    areas = {area["code"]: area for area in table(places / "areas.csv")}
    assert areas["01"] == {"code": "01", "name": "Alabama", "type": "state", "states": "AL", "rpp": "88.8"}
    assert areas["04"]["rpp"] == ""
    assert "10180" in areas
    wages = {wage["area"]: wage for wage in table(places / "wages.csv")}
    assert wages["01"] == {
        "area": "01", "occupation": CODER, "p10": "34000", "p25": "40000", "median": "48670", "p75": "60000",
        "p90": "75000", "hourly": "23.4", "jobs": "1230", "lq": "0.95", "mean": "51000", "per_1000": "1.201",
    }  # fmt: skip
    assert wages["10180"]["median"] == "40000"


def test_metro_and_nonmetro_workbooks_come_together(tmp_path: Path, places: Path) -> None:
    metro = workbook(tmp_path / "MSA_M2025_dl.xlsx", [row(16980, "Chicago-Naperville-Elgin, IL-IN", 4, "IL")])
    rest = workbook(tmp_path / "BOS_M2025_dl.xlsx", [row(100001, "Northwest Alabama nonmetropolitan area", 6, "AL")])
    import_wages([metro, rest], places)
    areas = {area["code"]: area for area in table(places / "areas.csv")}
    assert areas["16980"]["states"] == "IL-IN"
    assert areas["0100001"]["type"] == "nonmetro"
    assert "10180" not in areas


def test_the_big_file_counts_once_although_it_holds_every_industry_and_group(tmp_path: Path, places: Path) -> None:
    file = workbook(tmp_path / "all_data_M_2025.xlsx", [
        row(99, "U.S.", 1, "US", O_GROUP="major", TOT_EMP=9), row(99, "U.S.", 1, "US"),
        row(99, "U.S.", 1, "US", NAICS="622000", TOT_EMP=7), row(66, "Guam", 3, "GU"),
    ])  # fmt: skip
    import_wages([file], places)
    assert [wage["jobs"] for wage in table(places / "wages.csv") if wage["area"] == "99"] == ["1230"]


def test_the_offices_markers_become_blanks_and_its_top_code_a_figure(tmp_path: Path, places: Path) -> None:
    blank = dict.fromkeys(("A_PCT10", "A_PCT25", "A_MEDIAN", "H_MEDIAN"), "*") | {"TOT_EMP": "**"}
    file = workbook(tmp_path / "state_M2025_dl.xlsx", [row(1, "Alabama", 2, "AL", A_PCT90="#", A_PCT75="~", **blank)])
    import_wages([file], places)
    wage = next(w for w in table(places / "wages.csv") if w["area"] == "01")
    assert [wage[name] for name in ("p10", "p25", "median", "hourly", "jobs", "p75")] == [""] * 6
    assert wage["p90"] == "239200"


def test_our_own_csv_gives_back_what_it_holds(tmp_path: Path, places: Path) -> None:
    file = tmp_path / "oews.csv"
    file.write_text(
        "occ_code,occ_title,ref_period,area_code,area_title,area_type,states,tot_emp,loc_quotient,a_mean,a_pct10,"
        "a_pct25,a_median,a_pct75,a_pct90,h_median,rpp_2024\n"
        f"{CODER},X,2025-05,01,Alabama,state,AL,2330,0.88,45710,30250,36160,43810,52040,64730,21.06,88.823\n"
    )
    import_wages([file], places)
    wage = next(w for w in table(places / "wages.csv") if w["area"] == "01")
    assert (wage["lq"], wage["mean"], wage["per_1000"]) == ("0.88", "45710", "")


@pytest.mark.parametrize(("change", "said"), [
    ({"columns": [c for c in COLUMNS if c != "A_MEDIAN"]}, "column A_MEDIAN is missing"),
    ({"rows": [row(1, "Alabama", 2, "AL", A_MEDIAN="about 40k")]}, "line 2: A_MEDIAN is 'about 40k'"),
    ({"rows": [row(1, "Alabama", 9, "AL")]}, "line 2: AREA_TYPE is '9'"),
    ({"rows": [row(1, "Alabama", 2, "AL", OCC_CODE=OTHER)]}, "none of our occupations"),
    ({"rows": []}, "no row"),
])  # fmt: skip
def test_a_table_that_is_none_is_refused_and_nothing_changes(
    change: dict[str, Any], said: str, tmp_path: Path, places: Path
) -> None:
    before = (places / "wages.csv").read_bytes()
    file = workbook(tmp_path / "state_M2025_dl.xlsx", **({"rows": [row(1, "Alabama", 2, "AL")]} | change))
    with pytest.raises(CannotImport, match=said):
        import_wages([file], places)
    assert (places / "wages.csv").read_bytes() == before


def test_a_file_that_only_ends_in_xlsx_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "state.xlsx"
    file.write_text("not a workbook")
    done = run("import-wages", str(file), settings={"KNOWLEDGE_DIR": str(tmp_path)})
    assert done.returncode == 2
    assert "Nothing was changed. state.xlsx: can't be read as a workbook" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_changed_is_told(tmp_path: Path, places: Path) -> None:
    file = workbook(tmp_path / "state_M2025_dl.xlsx", [row(4, "Arizona", 2, "AZ")])
    lines = list(told(import_wages([file], places)))
    assert "New: 1 areas: Arizona" in lines
    assert any("build-places" in line for line in lines)


def test_the_nations_row_of_a_new_survey_is_given_to_copy_into_the_history(tmp_path: Path, places: Path) -> None:
    file = workbook(tmp_path / "national_M2026_dl.xlsx", [row(99, "U.S.", 1, "US")])
    lines = list(told(import_wages([file], places, [CODER])))
    assert f"YYYY-05,{CODER},34000,40000,48670,60000,75000,23.4,1230" in lines


def test_every_occupation_of_the_career_has_its_pay_with_location_quotient_and_mean(
    knowledge: Knowledge, places: Path
) -> None:
    nation = next(area for area in knowledge.areas.values() if area.type == "nation")
    assert nation.pay.keys() == knowledge.career.known_occupations.keys()
    assert all(pay.lq == 1.0 and pay.mean and pay.median for pay in nation.pay.values())
    areas, problems = read_areas(lambda name: places.parent / name, knowledge.career, str)
    assert not problems
    assert areas["10180"].pay["coder"].lq is None
