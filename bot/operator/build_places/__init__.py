"""`build-places`: towns, counties, ZIP codes and regions -> area codes, from packages that carry open data.

Run once a year after the areas changed; what it writes to `knowledge/places/` is content like any other. The
packages are needed only here (see `pyproject.toml`, extra `places`).
"""

from bot.operator.build_places.build import build_places
from bot.operator.build_places.sources import CannotBuild

__all__ = ["CannotBuild", "build_places"]
