"""Results put by: open, compare up to three, delete. Kept are the answers, never the sums, so figures stay today's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bot.conversation import buttons
from bot.conversation.figures import write_month
from bot.conversation.flows.cards import Rows, worded
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.names import RAISES, FlowError, Scope
from bot.conversation.flows.progress import MOST_SAVED, Progress, read_progress, refitted
from bot.conversation.flows.shape import Flow
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Reply, State
from bot.conversation.wording import paragraphs, say, source_line

OPEN, DELETE, COMPARE, LIST = "o", "d", "c", "l"
SIDE_BY_SIDE = 3


def save(state: State, progress: Progress, at: Setting) -> tuple[State, bool]:
    """The state with this result put by, and whether it is new. The oldest makes room."""
    same = [s for s in state.saved if s.get("flow") == progress.flow and s.get("answers") == dict(progress.answers)]
    if same:
        return state, False
    number = 1 + max((s["id"] for s in state.saved if isinstance(s.get("id"), int)), default=0)
    item = progress.but(step="", day=at.today.isoformat()).to_plain() | {"id": number}
    return state.but(saved=(*state.saved, item)[-MOST_SAVED:]), True


def find(state: State, number: str, knowledge: Knowledge) -> Progress | None:
    item = next((s for s in state.saved if str(s.get("id")) == number), None)
    return read_progress(item, knowledge) if item else None


def delete(state: State, number: str) -> State:
    return state.but(saved=tuple(s for s in state.saved if str(s.get("id")) != number))


def saved_card(
    state: State, knowledge: Knowledge, today: dt.date, opening: str = "", *, in_place: bool = False
) -> Reply:
    """The list, newest first, each with buttons to open and delete."""
    known = [s for s in reversed(state.saved) if s.get("flow") in knowledge.flows]
    if not known:
        starts = buttons.rows(buttons.begin(flow, knowledge) for flow in knowledge.flows)
        return Reply(paragraphs(opening, say(knowledge.voice, "saved_none")), starts, in_place)
    lines = [f"{number}. {_line(item, knowledge, today)}" for number, item in enumerate(known, start=1)]
    text = "\n".join([*([opening, ""] if opening else []), say(knowledge.voice, "saved_list"), "", *lines])
    return Reply(text, (*_list_buttons(known, knowledge), *_compare_buttons(known, knowledge)), in_place)


def _line(item: Mapping[str, Any], knowledge: Knowledge, today: dt.date) -> str:
    try:
        day = write_month(dt.date.fromisoformat(str(item.get("day"))))
    except ValueError:
        day = ""
    flow = knowledge.flows[item["flow"]]
    progress = read_progress(item, knowledge)
    verdict = _scope(progress, flow, knowledge, today).known_verdict() if progress else ""
    told = f": {escape(flow.verdicts[verdict])}" if verdict in flow.verdicts else ""
    return f"{escape(flow.title)}, {day}{told}"


def _list_buttons(known: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> Rows:
    voice = knowledge.voice
    return tuple(
        (
            Button(say(voice, "saved_open", number=number), f"{buttons.SAVED}:{OPEN}:{item.get('id')}"),
            Button(say(voice, "saved_delete", number=number), f"{buttons.SAVED}:{DELETE}:{item.get('id')}"),
        )
        for number, item in enumerate(known, start=1)
    )


def _compare_buttons(known: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> Rows:
    counts = {name: sum(1 for s in known if s["flow"] == name) for name in knowledge.flows}
    comparable = [name for name, count in counts.items() if count > 1 and knowledge.flows[name].compare]
    return buttons.rows(
        Button(
            say(knowledge.voice, "saved_compare", title=knowledge.flows[name].title),
            f"{buttons.SAVED}:{COMPARE}:{name}",
        )
        for name in comparable
    )


def list_button(knowledge: Knowledge) -> Button:
    """The way to the list."""
    return Button(knowledge.voice["saved_button"], f"{buttons.SAVED}:{LIST}:")


def comparison(state: State, flow_id: str, knowledge: Knowledge, today: dt.date) -> Reply:
    """Up to three saved results of one flow side by side, row by row, with today's figures."""
    flow = knowledge.flows[flow_id]
    items = [s for s in state.saved if s.get("flow") == flow_id][-SIDE_BY_SIDE:]
    read = [progress for item in items if (progress := read_progress(item, knowledge))]
    scopes = [_scope(progress, flow, knowledge, today) for progress in read]
    used: list[str] = []
    lines = []
    for row in flow.compare:
        values = [_cell(row.value, scope, used) for scope in scopes]
        lines.append(f"<b>{escape(row.label)}</b>\n" + "\n".join(f"{n}. {v}" for n, v in enumerate(values, start=1)))
    head = say(knowledge.voice, "saved_compared", title=flow.title, count=len(scopes))
    line, _ = source_line(dict.fromkeys(used), knowledge, today)
    text = paragraphs(head, *lines, say(knowledge.voice, "flow_estimate"), line)
    return Reply(text, ((list_button(knowledge),),))


def _scope(progress: Progress, flow: Flow, knowledge: Knowledge, today: dt.date) -> Scope:
    fitted, _ = refitted(progress, flow, knowledge)
    return Scope(flow, asked(fitted.answers, Setting(flow, knowledge, today)), knowledge, today, fitted.by_hour)


def _cell(template: str, scope: Scope, used: list[str]) -> str:
    try:
        text, facts = worded(template, scope)
    except (FlowError, *RAISES):
        return "?"
    used += facts
    return text
