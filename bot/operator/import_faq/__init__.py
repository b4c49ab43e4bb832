"""`import-faq`: questions and answers that somebody has already, from Markdown or a table, -> drafts in faq/."""

from bot.operator.import_faq.drafts import Imported, import_faq, told
from bot.operator.import_faq.tables import CannotImport

__all__ = ["CannotImport", "Imported", "import_faq", "told"]
