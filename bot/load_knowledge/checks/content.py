"""What every rule is given: the content as read, where each item stands, and what several rules ask of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.knowledge import Entry, Knowledge, SmallTalk
from bot.load_knowledge.checks.sentences import Sentence, sentences
from bot.load_knowledge.english import familiar_words
from bot.load_knowledge.flow_names import facts_of_flows, sources
from bot.load_knowledge.templates import TemplateReport, inspect_template, parsed
from bot.load_knowledge.yaml_lines import Document, Path_

Where: TypeAlias = Mapping[str, tuple[Document, str]]


@dataclass(frozen=True)
class Content:
    """`where` gives for an id or a file its document and the key in it; `today` decides what is old."""

    knowledge: Knowledge
    where: Where
    today: dt.date

    @cached_property
    def items(self) -> dict[str, Entry | SmallTalk]:
        """Everything that has phrasings and an answer, by id."""
        return {**self.knowledge.entries, **self.knowledge.smalltalk}

    @cached_property
    def answers(self) -> dict[str, TemplateReport]:
        """Every answer as inspected and filled in."""
        return {name: inspect_template(item.answer, self.knowledge) for name, item in self.items.items()}

    @cached_property
    def parts(self) -> dict[str, TemplateReport]:
        return {
            name: inspect_template(text, self.knowledge, rendered=False) for name, text in self.knowledge.parts.items()
        }

    @cached_property
    def used(self) -> frozenset[str]:
        """Ids of the facts that an answer, a part or a flow prints or cites."""
        printed = (report.facts for report in (*self.answers.values(), *self.parts.values()))
        cited = (item.cites for item in self.items.values())
        return frozenset().union(*printed, *cited, facts_of_flows(self.knowledge))

    @cached_property
    def familiar(self) -> Container[str]:
        """Ordinary English and the words of this subject."""
        return familiar_words(self.items.values(), self.knowledge.vocabulary)

    @cached_property
    def sentences(self) -> tuple[tuple[str, Path_, list[Sentence]], ...]:
        """Every text as its author reads it: item, path, sentences."""
        return tuple((name, at, sentences(report.tree)) for name, at, report in self.templates() if report.tree)

    def templates(self) -> Iterator[tuple[str, Path_, TemplateReport]]:
        """Every text with names in it, of answers, parts and flows: item, path, report."""
        for name in self.items:
            yield name, ("answer",), self.answers[name]
        for name, report in self.parts.items():
            yield "parts.yaml", (name,), report
        for flow_id, flow in self.knowledge.flows.items():
            for source in sources(flow):
                if source.is_template:
                    yield f"{FLOW_NAMED}{flow_id}", source.at, parsed(source.text)
