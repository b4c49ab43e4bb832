"""The real knowledge with few ways of asking each thing, so that a life of the program begins sooner."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from tests.conftest import ROOT

FEW = 20  # phrasings an entry; fewer is a problem of the content


def small_knowledge(folder: Path, few: int = FEW) -> Path:
    """Write it to `folder`."""
    shutil.copytree(ROOT / "knowledge", folder)
    (folder / "calibration.yaml").unlink()
    for path in (*folder.glob("faq/*.yaml"), folder / "smalltalk.yaml"):
        entries = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
        for entry in entries.values():
            entry["phrasings"] = entry["phrasings"][:few]
        path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")  # which is YAML too, but for escaped emoji
    return folder
