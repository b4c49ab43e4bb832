"""A flow as a Mermaid diagram, from the same content that people go through."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.flows.shape import Flow


def graph(flow: Flow) -> str:
    """`flowchart TD`: a box for each step, a dashed way round each that has a condition, the verdicts at the end."""
    return "\n".join(["flowchart TD", f"    begin([{_quoted(flow.title)}])", *_steps(flow), *_end(flow)])


def _steps(flow: Flow) -> Iterator[str]:
    before, skipped = ["begin"], False
    for step_id, step in flow.steps.items():
        yield f"    {step_id}[{_quoted(f'{step.name} ({step.kind})')}]"
        for origin in before:
            yield f"    {origin} -->|{_quoted(step.when)}| {step_id}" if step.when else f"    {origin} --> {step_id}"
        skipped = bool(step.when)
        before = [step_id, *before] if skipped else [step_id]
    yield f"    result([{_quoted('Result')}])"
    yield from (f"    {origin} --> result" for origin in before)


def _end(flow: Flow) -> Iterator[str]:
    for name, label in flow.verdicts.items():
        yield f"    result --> v_{name}([{_quoted(label)}])"
    for card_id, card in flow.result.items():
        if card.button:
            yield f"    result -.-> c_{card_id}[{_quoted(card.button)}]"


def _quoted(text: str) -> str:
    plain = text.replace('"', "#quot;").replace("\n", " ")
    return f'"{plain}"'
