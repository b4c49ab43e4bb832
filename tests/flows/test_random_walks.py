"""Whatever someone does in whatever order: no crash, no answer lost, always a way on, the same result by any road."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.flows.moving import Setting, asked
from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.load_knowledge.templates import Markup
from tests.conftest import TODAY
from tests.flows.person import Person, answers

FLOWS = ["laptop", "enroll", "cost", "path", "pay"]
ANSWERS = [
    "the first one", "2", "yes", "no", "dunno", "skip", "2.5k", "$18/hr", "40k a year", "between 2 and 3 grand",
    "like 15 hrs a week", "next spring", "texas", "springfield", "houston", "half", "six months", "none", "all", "done",
    "400000", "-5", "9999999999", "²", "٣٠", "🙂", "a" * 300, "1 and 3", "<b>&{{ 1/0 }}",
]  # fmt: skip
SIDEWAYS = [
    "wait what is cpc?", "how much does it pay in ohio", "thanks", "/help", "/menu", "/about", "/nonsense", "lol",
    "what?", "go on", "/saved", "tell me a joke", "my answers",
]  # fmt: skip
MOVES = ["back", "/back", "change an answer", "go back"]
LOSING = frozenset({"!again"})  # the buttons that throw answers away, at the person's own word


class Walk(RuleBasedStateMachine):
    knowledge: Knowledge

    def __init__(self) -> None:
        super().__init__()
        self.person = Person(self.knowledge, TODAY)
        self.before: dict[str, dict[str, Any]] = {}

    @initialize(flow=st.sampled_from(FLOWS))
    def begin(self, flow: str) -> None:
        self.person.say(f"/{flow}")

    @rule(flow=st.sampled_from(FLOWS))
    def begin_another(self, flow: str) -> None:
        waiting = bool(self.person.state.flow.get("step"))
        self.check(lambda: self.person.say(f"/{flow}"), keeps=waiting)

    @rule(said=st.sampled_from(ANSWERS))
    def type_an_answer(self, said: str) -> None:
        self.check(lambda: self.person.say(said))

    @rule(said=st.sampled_from(SIDEWAYS))
    def ask_something_else(self, said: str) -> None:
        before = self.all_answers()
        self.check(lambda: self.person.say(said))
        if said.startswith("/"):
            assert self.all_answers() == before

    @rule(said=st.sampled_from(MOVES))
    def move_about(self, said: str) -> None:
        self.check(lambda: self.person.say(said))

    @rule(data=st.data())
    def press_a_button_in_sight(self, data: st.DataObject) -> None:
        if self.person.turn:
            sight = [b for reply in self.person.turn.replies for row in reply.buttons for b in row]
            if sight:
                self.press(data.draw(st.sampled_from(sight)).data)

    @rule(data=st.data())
    def press_any_button_ever_shown(self, data: st.DataObject) -> None:
        self.press(data.draw(st.sampled_from(self.person.shown)).data)

    @rule(data=st.data())
    def press_twice(self, data: st.DataObject) -> None:
        button = data.draw(st.sampled_from(self.person.shown)).data
        self.press(button)
        once = self.all_answers()
        self.press(button)
        assert once.items() <= self.all_answers().items() or button.endswith("!again")

    @rule(kind=st.sampled_from(["sticker", "voice", "location"]))
    def send_something_else(self, kind: str) -> None:
        self.check(lambda: self.person.send(kind))

    @rule()
    def restart(self) -> None:
        before = self.all_answers()
        self.person.restart()
        assert self.all_answers() == before

    @precondition(lambda self: bool(self.person.state.flow.get("step")) and len(answers(self.person)) > 1)
    @rule()
    def go_back_and_forward_again(self) -> None:
        step, before = self.person.state.flow["step"], self.counted()
        self.person.say("back")
        if self.person.state.flow.get("step") != step and "Keep it" in [b.label for b in self.person.shown[-4:]]:
            self.person.press("Keep it")
            assert self.counted() == before

    def press(self, data: str) -> None:
        act = data.rpartition(":")[2]
        keeps = act not in LOSING and not (data.startswith("f:") and data.count(":") == 1)
        self.check(lambda: self.person.tap(data), keeps=keeps)

    def check(self, do: Any, *, keeps: bool = True) -> None:
        """Do it; no question that was answered is unanswered after, unless the person said to start over."""
        before = set(self.all_answers())
        turn = do()
        assert turn.replies
        if keeps:
            assert before <= set(self.all_answers())

    def all_answers(self) -> dict[str, Any]:
        runs = [self.person.state.flow, *self.person.state.kept]
        return {f"{run['flow']}.{step}": value for run in runs if run for step, value in run["answers"].items()}

    def counted(self) -> dict[str, Any]:
        flow = self.knowledge.flows[self.person.state.flow["flow"]]
        return asked(answers(self.person), Setting(flow, self.knowledge, TODAY))

    @invariant()
    def there_is_a_way_on(self) -> None:
        turn = self.person.turn
        if turn is None:
            return
        assert any(row for reply in turn.replies for row in reply.buttons) or turn.kind == "smalltalk"
        for reply in turn.replies:
            markup = Markup()
            markup.feed(reply.text)
            markup.close()
            assert markup.finish() == []
            assert 0 < len(plain_text(reply.text)) <= 4096
            assert "couldn't work out" not in reply.text
            for row in reply.buttons:
                assert len(row) <= 5
                for button in row:
                    assert 1 <= len(button.data.encode()) <= 64
                    assert button.label


def test_random_walks_over_all_flows(with_laptop: Knowledge) -> None:
    class Here(Walk):
        knowledge = with_laptop

    Here.TestCase.settings = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        report_multiple_bugs=False,
    )
    case = Here.TestCase("runTest")
    case.runTest()
