"""Inline mode over real HTTP: typing "@bot ..." in a chat, choosing a card, and what the bot makes of it."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from tests.handlers.conftest import Stage


async def test_words_after_the_bots_name_bring_cards(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.ask_inline("alex", "salary houston")
    offer = await stage.world.next_event("alex", "inline")
    assert "Houston" in offer["results"][0]["title"]
    assert all(result["description"] for result in offer["results"])
    assert offer["button"] == {"text": knowledge.voice["inline_button"], "start_parameter": "inline"}


async def test_a_chosen_card_is_the_whole_answer_with_its_source(stage: Stage) -> None:
    stage.world.ask_inline("group", "salary houston")
    offer = await stage.world.next_event("group", "inline")
    shared = stage.world.choose_inline("group", offer["results"][0])
    assert "$51,250" in shared["text"]
    assert "BLS wage survey (OEWS), May 2025" in shared["text"]
    assert any(entity["type"] == "bold" for entity in shared["entities"])


async def test_a_card_shared_in_the_private_chat_is_no_question_to_the_bot(stage: Stage) -> None:
    stage.world.ask_inline("alex", "exam fee")
    offer = await stage.world.next_event("alex", "inline")
    stage.world.choose_inline("alex", offer["results"][0])
    stage.world.say("alex", "how much does a coder make")
    assert "$51,140" in (await stage.world.next_bot_message("alex"))["text"]
    assert len(stage.world.bot_messages("alex")) == 1


async def test_telegram_may_keep_the_cards_for_everyone(stage: Stage) -> None:
    stage.world.ask_inline("alex", "")
    await stage.world.next_event("alex", "inline")
    (call,) = stage.world.calls_of("answerInlineQuery")
    assert call.params["cache_time"] == 600
    assert not call.params.get("is_personal")


async def test_a_query_that_telegram_has_given_up_is_let_go(stage: Stage) -> None:
    stage.world.fail_next("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired")
    stage.world.ask_inline("alex", "salary")
    stage.world.ask_inline("alex", "salary houston")
    offer = await stage.world.next_event("alex", "inline")
    assert offer["query"] == "salary houston"


async def test_a_query_without_words_of_any_language_is_answered(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.ask_inline("alex", "\N{ZERO WIDTH JOINER}" * 256)
    offer = await stage.world.next_event("alex", "inline")
    assert len(offer["results"]) == len(knowledge.career.starters)


async def test_the_button_over_the_cards_leads_to_a_greeting(stage: Stage, knowledge: Knowledge) -> None:
    stage.world.say("alex", "/start inline")
    greeting = await stage.world.next_bot_message("alex")
    assert knowledge.career.title in greeting["text"]
