"""Whatever stands on a button for a flow can be typed: its title begins it, the plan's own button lists them all."""

from __future__ import annotations

from bot.conversation.knowledge import Knowledge
from tests.conftest import TODAY
from tests.flows.person import Person, text


def test_every_title_typed_in_lower_case_begins_its_flow(knowledge: Knowledge) -> None:
    for flow_id, flow in knowledge.flows.items():
        for said in (flow.title.lower(), flow.title.lower().rstrip("?"), f"the {flow.title.lower()} one"):
            turn = Person(knowledge, TODAY).say(said)
            assert turn.flow == flow_id, f"{said}: {text(turn)}"


def test_the_words_of_the_plan_button_list_every_flow(knowledge: Knowledge) -> None:
    turn = Person(knowledge, TODAY).say(knowledge.voice["plan_button"].lower())
    shown = [button.label for reply in turn.replies for row in reply.buttons for button in row]
    assert {flow.title for flow in knowledge.flows.values()} <= set(shown)
    assert not turn.replies[0].in_place
