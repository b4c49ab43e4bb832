"""The example of a second career as a folder of its own, which a test may change: soon learnt and soon checked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "pharmacy-technician"


def second_career(folder: Path) -> Path:
    """Write it to `folder`. What is general is still taken from the first career."""
    shutil.copytree(EXAMPLE, folder)
    career = folder / "career.yaml"
    shared = f"shared: {ROOT / 'knowledge'}"
    career.write_text(re.sub(r"^shared: .*$", shared, career.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return folder
