"""What the question log adds up to: for the terminal, the admin chat, a page to print, a table, and a database."""

from bot.operator.stats.report import Report
from bot.operator.stats.sums import summed

__all__ = ["Report", "summed"]
