"""The chat page in a real browser, with the small bot at the other end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from telegram import ReplyKeyboardMarkup

from bot.preview import Preview, World
from bot.preview.images import sample_picture
from tests.chromium import CHROMIUM, FLAGS, needs_chromium
from tests.preview.conftest import ONE_BUTTON, App

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}

pytestmark = needs_chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=DESKTOP, color_scheme="light")  # type: ignore[arg-type]
    yield context
    await context.close()


@pytest.fixture
async def page(running: App, preview: Preview, context: BrowserContext) -> AsyncIterator[Page]:
    """The page, open; it must not complain, nor ask anything of another machine."""
    page = await context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    await running.bot.set_my_commands([("start", "Begin"), ("help", "What I can do"), ("settings", "Choose")])
    await running.bot.set_my_description("Ask me anything")
    await page.goto(preview.url)
    yield page
    assert complaints == []
    assert all(url.startswith(preview.url) for url in asked)


async def say(page: Page, text: str) -> None:
    await page.get_by_label("Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


async def test_a_person_types_and_the_bot_answers(page: Page) -> None:
    await say(page, "hello")
    await expect(page.locator(".mine .text")).to_have_text("hello")
    await expect(page.locator(".theirs .text")).to_have_text("You said hello")
    await expect(page.locator(".theirs .text strong")).to_have_text("You said")


async def test_an_empty_chat_says_what_the_bot_is_and_starts_it(page: Page) -> None:
    await expect(page.get_by_text("Ask me anything")).to_be_visible()
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".theirs .text")).to_have_text("Hello")
    await expect(page.locator("#empty")).to_be_hidden()


async def test_a_tapped_button_changes_the_message_in_place(page: Page) -> None:
    await say(page, "hello")
    await page.get_by_role("button", name="More").click()
    await expect(page.locator(".theirs .text")).to_have_text("This is more")
    await expect(page.get_by_role("status")).to_have_text("Here is more")
    await expect(page.locator(".message")).to_have_count(2)


async def test_the_command_menu_works_by_keyboard(page: Page) -> None:
    await page.get_by_label("Message", exact=True).focus()
    await page.keyboard.type("/")
    options = page.get_by_role("option")
    await expect(options).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.type("se")
    await expect(options).to_have_text(["/settingsChoose"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text")).to_have_text("/settings")
    await expect(options).to_have_count(0)


async def test_the_last_message_can_be_changed_by_keyboard(page: Page) -> None:
    await say(page, "helo")
    await expect(page.locator(".theirs")).to_have_count(1)
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("helo")
    await say(page, "hello")
    await expect(page.locator(".mine .text")).to_have_text("hello")
    await expect(page.locator(".theirs .text").last).to_have_text("You changed it to hello")


async def test_a_reply_can_be_written_by_keyboard(page: Page) -> None:
    await say(page, "hello")
    await page.locator(".theirs .actions").press("Enter")
    await expect(page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type("thanks")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine").last.locator(".quoted-message")).to_have_text("Preview botYou said hello")


async def test_everything_can_be_reached_with_the_keyboard(page: Page) -> None:
    await page.get_by_role("button", name="Chat options").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Clear history")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Unblock the bot")).to_be_visible()
    await expect(page.get_by_role("button", name="Chat options")).to_be_focused()


@pytest.mark.parametrize("name", ["Sticker", "Voice message", "Photo", "Location", "Contact", "File"])
async def test_other_things_can_be_sent(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Send something else").click()
    await page.get_by_role("menuitem", name=name).click()
    await expect(page.locator(".mine")).to_have_count(1)
    await expect(page.locator(".theirs .text")).to_have_text("You said something that is not text")


async def test_a_deep_link_starts_the_bot_once(page: Page, preview: Preview, world: World) -> None:
    await page.goto(f"{preview.url}?start=q_cost")
    await expect(page.locator(".theirs .text")).to_have_text("Hello q_cost")
    await expect(page).to_have_url(preview.url)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(2)


async def test_what_is_typed_is_never_taken_for_a_page(page: Page) -> None:
    text = "<img src=x onerror=alert(1)> & <b>"
    await say(page, text)
    await expect(page.locator(".theirs .text")).to_have_text(f"You said {text}")
    await expect(page.locator("#messages img")).to_have_count(0)


async def test_a_photo_can_be_enlarged_and_closed_by_keyboard(page: Page, running: App, world: World) -> None:
    await say(page, "hello")
    await expect(page.locator(".theirs")).to_have_count(1)
    await running.bot.send_photo(1001, sample_picture(300, 200), caption="A chart")
    await page.get_by_role("button", name="Enlarge: A chart").press("Enter")
    await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Photo")).to_be_hidden()


async def test_a_long_quote_opens_on_a_tap_and_a_spoiler_by_keyboard(page: Page, running: App) -> None:
    await say(page, "hello")
    await expect(page.locator(".theirs")).to_have_count(1)
    lines = "\n".join(f"line {number}" for number in range(9))
    text = f"<blockquote expandable>{lines}</blockquote><tg-spoiler>hidden</tg-spoiler>"
    await running.bot.send_message(1001, text, parse_mode="HTML")
    toggle = page.get_by_role("button", name="Show more")
    await toggle.click()
    await expect(page.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    await page.get_by_label("Hidden text").press("Enter")
    await expect(page.locator(".spoiler")).to_have_class(re.compile("shown"))


async def test_who_reads_above_is_not_pulled_down(page: Page, running: App) -> None:
    await say(page, "hello")
    await expect(page.locator(".theirs")).to_have_count(1)
    for number in range(30):
        await running.bot.send_message(1001, f"line {number}")
    await expect(page.locator(".text").last).to_be_in_viewport()
    await page.locator("#log").evaluate("log => log.scrollTo(0, 0)")
    await expect(page.get_by_role("button", name="To the newest message")).to_be_visible()
    await running.bot.send_message(1001, "news")
    await expect(page.locator("#missed")).to_have_text("1")
    assert await page.locator("#log").evaluate("log => log.scrollTop") == 0
    await page.get_by_role("button", name="To the newest message").click()
    await expect(page.locator(".text").last).to_be_in_viewport()


async def test_a_keyboard_of_the_bot_does_not_hide_the_last_message(page: Page, running: App) -> None:
    await say(page, "hello")
    await expect(page.locator(".theirs")).to_have_count(1)
    for number in range(20):
        await running.bot.send_message(1001, f"line {number}")
    await running.bot.send_message(1001, "choose", reply_markup=ReplyKeyboardMarkup([["Yes"], ["No"], ["Perhaps"]]))
    await expect(page.get_by_role("button", name="Perhaps")).to_be_visible()
    await expect(page.locator(".text").last).to_be_in_viewport()
    await page.get_by_role("button", name="Perhaps").click()
    await expect(page.locator(".mine .text").last).to_have_text("Perhaps")


async def test_in_the_group_one_writes_as_anybody(page: Page) -> None:
    await page.get_by_role("button", name="Test group").click()
    await page.get_by_label("Write in the group as").select_option("rosa")
    await say(page, "/start")
    await expect(page.locator(".theirs .name")).to_have_count(1)
    await expect(page.locator(".theirs .text")).to_have_text("Hello")


async def test_it_is_dark_when_the_system_is_and_when_asked(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await page.emulate_media(color_scheme="dark")
    dark = await page.evaluate(ground)
    await page.get_by_role("button", name="Theme: auto").click()
    assert [await page.evaluate(ground), light != dark] == [light, True]
    await page.get_by_role("button", name="Theme: light").click()
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert await page.evaluate(ground) == dark


async def test_a_phone_window_needs_no_sideways_scrolling(page: Page, running: App) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await say(page, "w" * 300)
    await expect(page.locator(".theirs")).to_have_count(1)
    await running.bot.send_message(1001, f"<pre>{'wide ' * 40}</pre>", parse_mode="HTML", reply_markup=ONE_BUTTON)
    await expect(page.locator("pre")).to_be_visible()
    wide = "[document.documentElement, document.getElementById('log')].map(e => e.scrollWidth - e.clientWidth)"
    assert await page.evaluate(wide) == [0, 0]
    await page.get_by_role("button", name="All chats").click()
    await expect(page.get_by_role("heading", name="Talk as")).to_be_visible()
    assert await page.evaluate(wide) == [0, 0]
