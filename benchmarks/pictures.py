"""How long pictures take, how large they are, and how long the bot is held up meanwhile.

    python -m benchmarks.pictures [folder]

Draws twelve, among them the awkward ones: long names, gaps, few jobs, an amount far outside. With a folder they are
written there, and a sheet of each four as a phone shows them, on a dark and on a light chat.
"""

from __future__ import annotations

import asyncio
import io
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from PIL import Image

from benchmarks.common import content, machine, table
from bot.charts import Painter
from bot.charts.draw import png_of
from bot.conversation.knowledge import Knowledge
from bot.conversation.pictures import picture_of
from bot.conversation.state import Picture

ROUNDS = 5
PHONE = 360  # pixels of a phone's screen that a picture has, before doubling
CHATS = ((23, 33, 43), (222, 230, 214))  # Telegram's dark and light
# name: kind, codes of areas, how many of the career's roles (0: all), yearly pay to mark
TWELVE: Mapping[str, tuple[str, tuple[str, ...], int, float | None]] = {
    "band": ("band", ("26420",), 1, 45_000),
    "band-two": ("band", ("48",), 0, None),
    "band-few-jobs": ("band", ("0600007",), 1, 250_000),
    "compare": ("compare", ("48", "40"), 1, None),
    "compare-eight": ("compare", ("26420", "38900", "47900", "33460"), 0, 40_000),
    "compare-gap": ("compare", ("50", "21300", "01"), 1, None),
    "ranking": ("ranking", ("48", "40"), 1, None),
    "ranking-metros": ("ranking.metros", (), 1, None),
    "ranking-prices": ("ranking.prices", (), 1, None),
    "map": ("map", ("48",), 1, None),
    "map-jobs": ("map.jobs", (), 1, None),
    "trend": ("trend", (), 0, None),
}


def twelve(knowledge: Knowledge) -> dict[str, Picture]:
    own = list(knowledge.career.occupations)
    made = {
        name: picture_of(
            kind,
            knowledge,
            areas=[knowledge.areas[code] for code in codes],
            roles=own[: count or len(own)],
            amount=amount,
        )
        for name, (kind, codes, count, amount) in TWELVE.items()
    }
    return {name: picture for name, picture in made.items() if picture}


def drawn(picture: Picture) -> tuple[float, bytes]:
    """Milliseconds (median of some rounds) and the file."""
    times: list[float] = []
    png = b""
    for _ in range(ROUNDS):
        start = perf_counter()
        png = png_of(picture.kind, picture.figures)
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times), png


async def in_the_bot(pictures: Mapping[str, Picture]) -> tuple[float, float, float]:
    """Milliseconds of the first picture, of a kept one, and the longest that the event loop was held up."""
    waits: list[float] = []

    async def beat() -> None:
        while True:
            start = perf_counter()
            await asyncio.sleep(0.002)
            waits.append((perf_counter() - start) * 1000 - 2)

    with tempfile.TemporaryDirectory() as folder:
        painter = Painter(Path(folder))
        beating = asyncio.create_task(beat())
        start = perf_counter()
        for index, picture in enumerate(pictures.values()):
            await painter.draw(picture)
            if index == 0:
                first = (perf_counter() - start) * 1000
        start = perf_counter()
        await painter.draw(pictures["map"])
        kept = (perf_counter() - start) * 1000
        beating.cancel()
        await painter.close()
    return first, kept, max(waits)


def as_on_a_phone(pngs: list[bytes]) -> Image.Image:
    """Pictures beside each other, on dark and light in turn."""
    images = [Image.open(io.BytesIO(png)).convert("RGB") for png in pngs]
    small = [image.resize((PHONE, image.height * PHONE // image.width), Image.Resampling.LANCZOS) for image in images]
    sheet = Image.new("RGB", ((PHONE + 40) * len(small), max(image.height for image in small) + 40))
    for index, image in enumerate(small):
        left = index * (PHONE + 40)
        sheet.paste(CHATS[index % 2], (left, 0, left + PHONE + 40, sheet.height))
        sheet.paste(image, (left + 20, 20))
    return sheet


def main() -> None:
    pictures = twelve(content())
    measured = {name: drawn(picture) for name, picture in pictures.items()}
    rows = [
        [name, f"{time:.0f}", f"{len(png) / 1024:.0f}", str(len(pictures[name].caption))]
        for name, (time, png) in measured.items()
    ]
    print(machine())
    print(table(["picture", "ms", "KB", "characters of caption"], rows))
    first, kept, held_up = asyncio.run(in_the_bot(pictures))
    print(
        f"first picture with its process {first:.0f} ms, a kept one {kept:.1f} ms, bot held up {held_up:.1f} ms at most"
    )
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        pngs = [png for _, png in measured.values()]
        for name, png in zip(measured, pngs, strict=True):
            (folder / f"{name}.png").write_bytes(png)
        for start in range(0, len(pngs), 4):
            as_on_a_phone(pngs[start : start + 4]).save(folder / f"sheet-{start // 4 + 1}.png")


if __name__ == "__main__":
    main()
