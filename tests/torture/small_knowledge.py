"""A career of three questions, so that a life of the program begins in a second instead of learning thousands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.conftest import ROOT

QUESTIONS = ("first", "second", "third")
LETTERS = "abcdefghijklmnopqrst"


def small_knowledge(folder: Path) -> Path:
    """Write it to `folder`. Its voice is the real one."""
    for sub in ("facts", "faq", "places"):
        (folder / sub).mkdir(parents=True)
    shutil.copy(ROOT / "knowledge" / "voice.yaml", folder / "voice.yaml")
    table = {"source": "made_up", "as_of": "2026", "old_after": "2030-01-01"}
    career = {
        "title": "testing", "bot_name": "Test", "description": "A test.", "short_description": "A test.",
        "operator": "a test", "commands": {"start": "Begin"}, "bare_place": "first", "starters": list(QUESTIONS),
        "menu": [{"title": "All", "entries": list(QUESTIONS)}],
        "occupations": {"tester": {"code": "1", "name": "testers"}}, "wages": table, "prices": table,
    }  # fmt: skip
    fact = {
        "label": "How many",
        "says": "A number.",
        "sources": ["made_up"],
        "as_of": "2026",
        "old_after": "2030-01-01",
        "confidence": "high",
    }
    filler = "It says nothing that anyone would want to know, and it says so at some length. " * 3
    answer = "This is the answer to the {0} question. " + filler
    write(folder / "career.yaml", career)
    write(folder / "sources.yaml", {"made_up": {"publisher": "Nobody", "title": "x", "read": "2026-01-01"}})
    write(folder / "facts" / "all.yaml", {f"fact.{name}": fact for name in QUESTIONS})
    entries = {
        name: {"title": name, "question": f"What is the {name} thing?", "phrasings": phrasings(name),
               "answer": answer.format(name), "cites": [f"fact.{name}"]}
        for name in QUESTIONS
    }  # fmt: skip
    write(folder / "faq" / "all.yaml", entries)
    talk = {
        "kind": "smalltalk",
        "title": "Hello",
        "answer": "Hello there, and welcome.",
        "phrasings": phrasings("hello"),
    }
    write(folder / "smalltalk.yaml", {"chit_hello": talk})
    write(folder / "vocabulary.yaml", {"texting": {}, "synonyms": {}, "phrases_to_drop": [], "glossary": {}})
    write(folder / "places" / "names.yaml", {"nicknames": {}})
    (folder / "places" / "areas.csv").write_text("code,name,type,states,rpp\n99,U.S.,nation,US,100.0\n")
    (folder / "places" / "wages.csv").write_text(
        "area,occupation,p10,p25,median,p75,p90,hourly,jobs\n99,1,1,2,3,4,5,6,7\n"
    )
    return folder


def phrasings(word: str) -> list[str]:
    return [f"tell me {letter}{letter} of the {word} thing" for letter in LETTERS]


def write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data), "utf-8")  # which is YAML too
