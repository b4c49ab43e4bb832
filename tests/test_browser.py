"""The whole program as a person meets it: started as a process, talked to in a real browser on a phone-sized page."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge.content_tests import read_tests
from bot.operator.content_tests import run_tests
from tests.chromium import CHROMIUM, FLAGS, needs_chromium
from tests.conftest import ROOT

pytestmark = needs_chromium


@pytest.fixture
def address(tmp_path: Path, knowledge: Knowledge) -> Iterator[str]:
    """The program running without a token, as `make run` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "PREVIEW_PORT": str(port),
        "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
        "DATA_DIR": str(tmp_path),
        "BROWSER": "true",
    }
    shutil.copytree(ROOT / "data" / "learnt", tmp_path / "learnt", dirs_exist_ok=True)
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "run_bot.py")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("TELEGRAM")} | settings,
    )
    assert program.stdout is not None
    told = next(line for line in program.stdout if "http://" in line)
    found = re.search(r"http://\S+", told)
    assert found, told
    yield found[0]
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=20) == 0
    program.stdout.close()


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light")
        phone.goto(address)
        yield phone
        browser.close()


def type_(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").last
    box.fill(text)
    box.press("Enter")


def test_a_worried_person_with_a_phone_gets_sourced_answers_by_typing_and_tapping(
    page: Page, knowledge: Knowledge
) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    log = page.get_by_role("log")
    expect(log).to_contain_text("I'm a program, not a person")
    type_(page, "hw much do coders make in texas")
    expect(log).to_contain_text("Texas")
    expect(log).to_contain_text("BLS")
    type_(page, "and in ohio?")
    expect(log).to_contain_text("Ohio")
    type_(page, "/menu")
    page.get_by_role("button", name=knowledge.career.menu[2].title).last.click()
    page.get_by_role("button", name=knowledge.title("exam_cost"), exact=True).last.click()
    expect(log).to_contain_text("$425")
    type_(page, "tell me a joke")
    expect(log.get_by_text("joke").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


TAPS = [
    ("I work somewhere else", "What do you earn now"),
    ("About $18 an hour", "Where would you work"),
    ("Skip", "How many hours a week"),
    ("About 10", "how long could you wait"),
    ("Around half a year", "Which of these do you enjoy"),
    ("☐ Getting details right", "☑ Getting details right"),
    ("☐ Detective work", "☑ Detective work"),
    ("Done ✓", "could you not stand"),
    ("Done ✓", "Must the job be from home"),
    ("On site is fine", "What schooling"),
    ("Diploma or GED", "Would a background check"),
    ("No, nothing", "without borrowing"),
    ("About $3,000", "Is there a school"),
    ("Skip", "An estimate, not advice."),
]


def test_a_whole_quiz_by_taps_changes_one_card_and_ends_in_a_verdict(page: Page, knowledge: Knowledge) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    type_(page, "/enroll")
    log = page.get_by_role("log")
    for label, then in TAPS:
        page.get_by_role("button", name=label, exact=True).last.click()
        expect(log).to_contain_text(then)
    assert log.get_by_text("Which is closest to you today").count() == 0, "the card was to change in place"
    expect(log).to_contain_text("Paid back:")
    page.get_by_role("button", name="The sums", exact=True).last.click()
    expect(log).to_contain_text("How I worked it out")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


TYPED = [
    ("i'm a nurse", "What do you earn now"),
    ("like 22 an hour", "Where would you work"),
    ("wait what is cpc?", "Back to"),
    ("tulsa", "How many hours"),
    ("15 hrs a week", "how long could you wait"),
    ("half a year", "Which of these do you enjoy"),
    ("details and puzzles", "could you not stand"),
    ("none", "Must the job be from home"),
    ("on site is fine", "What schooling"),
    ("bachelors", "Would a background check"),
    ("nothing", "without borrowing"),
    ("2.5k", "Is there a school"),
    ("between 2 and 3 grand", "An estimate, not advice."),
]


def test_a_whole_quiz_by_typing_with_a_side_question_ends_in_a_verdict(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    type_(page, "/enroll")
    log = page.get_by_role("log")
    expect(log).to_contain_text("Which is closest to you today")
    for said, then in TYPED:
        type_(page, said)
        expect(log).to_contain_text(then)
    expect(log).to_contain_text("Pay in Tulsa")


def test_typing_the_bots_name_offers_cards_to_share(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    log = page.get_by_role("log")
    expect(log).to_contain_text("I'm a program, not a person")
    page.get_by_role("textbox").last.fill("@local_preview_bot salary houston")
    cards = page.get_by_role("option")
    expect(cards.first).to_contain_text("Houston")
    expect(cards.last).to_contain_text("private")
    cards.first.click()
    expect(log).to_contain_text("via @local_preview_bot")
    expect(log).to_contain_text("$51,250")


def test_a_chat_saved_as_a_test_on_the_page_passes_when_it_is_run(
    page: Page, knowledge: Knowledge, tmp_path: Path
) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    log = page.get_by_role("log")
    expect(log).to_contain_text("I'm a program, not a person")
    type_(page, "hw much do coders make in texas")
    expect(log).to_contain_text("Texas")
    type_(page, "/menu")
    page.get_by_role("button", name=knowledge.career.menu[2].title).last.click()
    page.get_by_role("button", name=knowledge.title("exam_cost"), exact=True).last.click()
    expect(log).to_contain_text("$425")
    page.get_by_role("button", name="Chat options").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Save this chat as a test").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    tests = read_tests([file])
    assert len(tests.transcripts[0].steps) == 5
    assert not tests.problems
    assert not run_tests(tests, knowledge, dt.date.today()).failures
