"""Thumbs and choices over real HTTP: what Telegram is asked to change, and what the question log holds afterwards."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from bot.preview.world import buttons
from bot.store import Logged
from tests.handlers.conftest import Stage, next_words

ASKED = "how long does it take to become a coder"


async def log_of(stage: Stage) -> list[Logged]:
    return await stage.service.turns.store.questions("")


def labels(message: object) -> list[str]:
    return [button["text"] for button in buttons(message)]  # type: ignore[arg-type]


async def test_a_thumb_changes_the_buttons_alone_and_a_second_one_changes_the_vote(stage: Stage) -> None:
    world = stage.world
    world.say("alex", ASKED)
    answer = await next_words(world, "alex")
    own = labels(answer)[:-2]
    assert own
    seen = []
    for label in ("👍", "👎", "It's out of date"):
        world.press_label("alex", label)
        edited = await world.next_edit("alex")
        assert edited["text"] == answer["text"]
        assert labels(edited)[: len(own)] == own
        ((line,),) = (await log_of(stage),)
        seen.append((labels(edited)[len(own) :], line.vote, line.reason))
    reasons = ["It's wrong", "It's out of date", "I can't follow it", "Not my question"]
    assert seen == [
        (["👍 Thanks", "👎"], "up", ""),
        (["👍", "👎 Noted", *reasons], "down", ""),
        (["👍", "👎 Noted"], "down", "old"),
    ]


async def test_the_thumbs_of_an_earlier_answer_count_for_that_answer(stage: Stage) -> None:
    world = stage.world
    world.say("alex", ASKED)
    first = await next_words(world, "alex")
    world.say("alex", "pay in ohio")
    await next_words(world, "alex")
    world.press("alex", first["message_id"], "v:u:1")
    await world.next_edit("alex")
    assert [line.vote for line in await log_of(stage)] == ["up", ""]


async def test_a_thumb_whose_message_is_gone_is_thanked_for_in_words(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", ASKED)
    await next_words(stage.world, "alex")
    stage.world.fail_next("editMessageReplyMarkup", 400, "Bad Request: message to edit not found")
    stage.world.press_label("alex", "👍")
    assert (await next_words(stage.world, "alex"))["text"] == knowledge.voice["rate_thanks"]


async def test_a_forged_thumb_leads_to_the_menu_and_marks_nothing(stage: Stage) -> None:
    stage.world.say("alex", ASKED)
    answer = await next_words(stage.world, "alex")
    for data in ("v:u:2", "v:u:²", "v:x:1", "v:u:", "v"):
        stage.world.press("alex", answer["message_id"], data, check=False)
        assert "Pay" in labels(await next_words(stage.world, "alex"))
    assert [line.vote for line in await log_of(stage)] == [""]


async def test_an_answer_in_a_group_has_no_thumbs_that_someone_else_could_press(stage: Stage) -> None:
    stage.world.say("group", f"@{stage.service.bot.username} {ASKED}")
    assert not [label for label in labels(await next_words(stage.world, "group")) if "👍" in label]


async def test_which_of_did_you_mean_it_was_is_kept_or_that_it_was_none(stage: Stage) -> None:
    world = stage.world
    world.say("alex", "how much")
    await next_words(world, "alex")
    world.press_label("alex", "How much does a program cost?")
    await next_words(world, "alex")
    world.say("alex", "how much")
    await next_words(world, "alex")
    world.press_label("alex", "None of these")
    await next_words(world, "alex")
    lines = await log_of(stage)
    assert [(line.question.outcome, line.question.how, line.chosen) for line in lines] == [
        ("offered", "said", "program_cost"),
        ("answered", "pressed", ""),
        ("offered", "said", "none"),
    ]


async def test_the_log_holds_no_word_of_an_answer_in_a_flow_and_knows_how_far_it_went(stage: Stage) -> None:
    world = stage.world
    for said in ("/cost", "community college", "4321", "nonsense that is no amount"):
        world.say("alex", said)
        await next_words(world, "alex")
    lines = [line.question for line in await log_of(stage)]
    assert [(line.flow, line.step, line.text) for line in lines] == [
        ("cost", "route", ""),
        ("cost", "tuition", ""),
        ("cost", "second", ""),
        ("", "", ""),  # taken for small talk
    ]
