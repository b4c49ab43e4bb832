"""Conditions that compare an answer with an option that its step doesn't have, as one that is misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import jinja2
from jinja2 import nodes

from bot.conversation.flows.shape import Flow
from bot.conversation.wording import ENVIRONMENT
from bot.load_knowledge.flow_names import sources
from bot.load_knowledge.problems import did_you_mean
from bot.load_knowledge.templates import path_of

ANSWERED = frozenset({"choice", "several"})  # by the id of an option


def check_options(flow: Flow, say: Callable[..., None]) -> None:
    for source in sources(flow):
        try:
            tree = ENVIRONMENT.parse(source.text if source.is_template else "{{ (" + source.text + ") }}")
        except jinja2.TemplateError:
            continue  # told already
        for step_id, option in _compared(tree):
            step = flow.steps.get(step_id)
            if step and step.kind in ANSWERED and option not in step.options:
                near = did_you_mean(option, step.options)
                say(f"'{option}' is no option of '{step_id}'{near}", *source.at)


def _compared(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Steps with the texts that their answers are compared with: `==`, `!=`, `in [...]`, and `'x' in answers.step`."""
    for compare in tree.find_all(nodes.Compare):
        for operand in compare.ops:
            for answer, other in ((compare.expr, operand.expr), (operand.expr, compare.expr)):
                path = path_of(_without_or(answer))
                if len(path) == 2 and path[0] == "answers":
                    yield from ((path[1], text) for text in _texts(other))


def _without_or(node: nodes.Node) -> nodes.Node:
    """`answers.step` of `(answers.step or [])`."""
    return node.left if isinstance(node, nodes.Or) else node


def _texts(node: nodes.Node) -> Iterator[str]:
    for one in node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]:
        if isinstance(one, nodes.Const) and isinstance(one.value, str):
            yield one.value
