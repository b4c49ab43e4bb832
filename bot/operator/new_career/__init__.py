"""`new-career`: a fresh knowledge folder without an error that answers five questions and explains itself."""

from bot.operator.new_career.make import CannotMake, new_career

__all__ = ["CannotMake", "new_career"]
