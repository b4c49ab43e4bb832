"""Words of direction: which part of a state "northwest", "southern" or "central" means."""

from __future__ import annotations

NORTH, SOUTH, EAST, WEST = (0.0, 0.6), (0.0, -0.6), (0.6, 0.0), (-0.6, 0.0)
NORTHEAST, NORTHWEST, SOUTHEAST, SOUTHWEST = (0.6, 0.6), (-0.6, 0.6), (0.6, -0.6), (-0.6, -0.6)
CENTRAL = (0.0, 0.0)
SAME = {"middle": "central", "mid": "central", "upper": "north", "lower": "south", "upstate": "north"}
PARTS = {
    "north": NORTH, "south": SOUTH, "east": EAST, "west": WEST, "northeast": NORTHEAST, "northwest": NORTHWEST,
    "southeast": SOUTHEAST, "southwest": SOUTHWEST, "central": CENTRAL, "coast": WEST,
}  # fmt: skip


def direction_of(word: str) -> str:
    """ "northwestern" -> "northwest", "middle" -> "central", "" for a word that names no direction."""
    base = word.lower().removesuffix("ern")
    base = SAME.get(base, base)
    return base if base in PARTS else ""


def direction_in(title: str) -> tuple[float, float]:
    """How far east and north (-1 to 1) of a state's middle the part lies that `title` names; the middle for none."""
    words = title.replace("-", " ").replace("/", " ").split()
    named = [PARTS[part] for part in map(direction_of, words) if part]
    if not named:
        return CENTRAL
    return sum(east for east, _ in named) / len(named), sum(north for _, north in named) / len(named)
