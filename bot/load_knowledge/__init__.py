"""`knowledge/` -> `Knowledge`, or every problem at once with file, line and a suggestion."""

from bot.load_knowledge.load import load_knowledge
from bot.load_knowledge.problems import ContentError, Problem

__all__ = ["ContentError", "Problem", "load_knowledge"]
