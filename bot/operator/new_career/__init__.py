"""`new-career`: a fresh knowledge folder that checks clean, answers five questions and explains itself."""

from bot.operator.new_career.make import CannotMake, new_career

__all__ = ["CannotMake", "new_career"]
