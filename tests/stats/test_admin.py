"""/stats in the admin chat, and `stats` beside a running bot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.conversation.knowledge import Knowledge
from bot.operator.stats.run import logged
from bot.preview import Preview
from bot.settings import Settings
from bot.store import StoreError
from tests.handlers.conftest import KEY, next_words, running
from tests.handlers.test_own_data import with_admin

ASKED = "how much does the cpc exam cost"


@pytest.mark.parametrize("who", ["sam", "group"])
async def test_stats_answers_only_to_operators_in_their_own_chat(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, who: str
) -> None:
    world = preview.world
    async with running(preview, knowledge, tmp_path / "advisor.db", with_admin(1001)) as service:
        world.say("alex", ASKED)
        await next_words(world, "alex")
        world.say("alex", "/stats 7")
        told = (await next_words(world, "alex"))["text"]
        assert "1 person, 1 question" in told
        assert knowledge.title("exam_cost") in told
        world.say(who, f"/stats@{service.bot.username}")
        assert "don't know the command" in (await next_words(world, who))["text"]


async def test_the_log_is_read_beside_a_running_bot_and_only_with_its_key(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    def settings(key: str, folder: Path = tmp_path) -> Settings:
        return Settings(_env_file=None, data_dir=folder, data_key=SecretStr(key))  # type: ignore[call-arg]

    today = dt.date.min
    async with running(preview, knowledge, tmp_path / "advisor.db"):
        preview.world.say("alex", ASKED)
        await next_words(preview.world, "alex")
        (line,) = logged(settings(KEY), today)
        assert (line.question.text, line.question.outcome) == (ASKED, "answered")
        with pytest.raises(StoreError, match="does not fit"):
            logged(settings("b3RoZXIgdGVzdCBrZXksIGFsc28gbm90IHNlY3JldCE="), today)
    with pytest.raises(StoreError, match="DATA_DIR"):
        logged(settings(KEY, tmp_path / "nowhere"), today)
