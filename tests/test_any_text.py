"""Whatever somebody types, the advisor has an answer that Telegram takes."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import State

LONGEST = 4096  # what Telegram lets people send
TODAY = dt.date(2026, 11, 24)
WORDS = st.sampled_from(
    ["how", "much", "pay", "in", "ohio", "62704", "$45k", "an hour", "cpc", "and", "not", "?", "\n"]
)
TEXTS = st.one_of(
    st.text(max_size=LONGEST),
    st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=60).map(" ".join),
    st.builds(lambda piece, times: (piece * times)[:LONGEST], st.text(min_size=1, max_size=9), st.integers(1, LONGEST)),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(first=TEXTS, then=TEXTS)
def test_any_two_messages_get_answers_and_the_state_survives_being_stored(
    first: str, then: str, knowledge: Knowledge
) -> None:
    state = State()
    for text in (first, then):
        turn = respond(state, Said(text, TODAY), knowledge)
        assert turn.replies
        assert all(reply.text.strip() for reply in turn.replies)
        state = State.from_plain(turn.state.to_plain())
        assert state == turn.state


def test_names_in_letters_that_are_only_like_ours_are_answered(knowledge: Knowledge) -> None:
    names = [name for role in knowledge.career.known_occupations.values() for name in role.names]
    names += [name for credential in knowledge.career.credentials.values() for name in credential.names]
    for name in names:
        for text in (name.upper().replace("I", "İ"), name.replace("i", "ı"), name.replace("s", "ſ")):
            assert respond(State(), Said(f"{text} jobs", TODAY), knowledge).replies
