"""Copies the template folder, with the career's name put in, and never over anything that is there."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path

TEMPLATE = Path(__file__).with_name("template")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class CannotMake(Exception):
    """Nothing was written; says why and what to do."""


def new_career(name: str, into: Path, shared: Path, today: dt.date, title: str = "") -> Path:
    """Make the knowledge folder `into/name` and return it. Raises CannotMake.

    `name` is lower-case words joined by hyphens; `title` is what texts call it, `name` where it is empty; `shared` is
    the folder whose general files stand in.
    """
    if not NAME.fullmatch(name):
        raise CannotMake(f"'{name}' can't name a folder: write lower-case words with hyphens, like dog-groomer.")
    folder = into / name
    if folder.exists():
        raise CannotMake(f"{folder} exists already; give another name, or move it away.")
    if not (shared / "places").is_dir():
        raise CannotMake(f"{shared} has no lists of places to share; run this in the folder of run_bot.py.")
    plain = name.replace("-", " ")
    values = {
        "title": title or plain,
        "name": title or plain.title(),
        "folder": str(folder),
        "shared": os.path.relpath(shared.resolve(), folder.resolve()),
        "today": str(today),
    }
    try:
        into.mkdir(parents=True, exist_ok=True)
        shutil.copytree(TEMPLATE, folder, copy_function=lambda source, target: _fill(source, target, values))
    except OSError as error:
        raise CannotMake(f"{folder} can't be written ({error.strerror}).") from None
    return folder


def _fill(source: str, target: str, values: dict[str, str]) -> None:
    text = Path(source).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    Path(target).write_text(text, "utf-8")
