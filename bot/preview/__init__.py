"""A small Telegram on this machine: talk to the bot without an account, a token or the internet.

    preview = await start_preview(port=8081)
    # the bot: ApplicationBuilder().token(LOCAL_TOKEN)
    #     .base_url(f"{preview.api_url}/bot").base_file_url(f"{preview.api_url}/file/bot")
    # the person: opens preview.url in a browser
    await preview.close()

In a test, `preview.world` plays the people and watches the bot:

    preview.world.say("alex", "hello")
    answer = await preview.world.next_bot_message("alex")
    preview.world.press("alex", answer["message_id"], "more")

It speaks the Bot API over HTTP, as Telegram does, and knows nothing about what this bot talks about.
"""

from bot.preview.people import BOT_USERNAME, GROUP, PEOPLE, Person
from bot.preview.profile import LOCAL_TOKEN
from bot.preview.refusal import Refused
from bot.preview.server import Preview, start_preview
from bot.preview.state import Call
from bot.preview.world import World

__all__ = [
    "BOT_USERNAME",
    "GROUP",
    "LOCAL_TOKEN",
    "PEOPLE",
    "Call",
    "Person",
    "Preview",
    "Refused",
    "World",
    "start_preview",
]
