"""`import-wages`: the statistics office's wage tables -> `knowledge/places/areas.csv` and `wages.csv`."""

from bot.operator.import_wages.change import Imported, import_wages, told
from bot.operator.import_wages.tables import CannotImport

__all__ = ["CannotImport", "Imported", "import_wages", "told"]
