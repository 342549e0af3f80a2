"""From a file on disk to rows of cells; hostile until checked."""

from loaders.reading.limits import Limits
from loaders.reading.read import read_tables
from loaders.reading.table import Cell, Table, column_letter

__all__ = ["Cell", "Limits", "Table", "column_letter", "read_tables"]
