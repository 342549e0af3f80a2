from pathlib import Path
from loaders.reading.limits import Limits
from loaders.reading.table import Table
from schema.messages import Message


def read_workbook(path: Path, file: str, limits: Limits) -> tuple[list[Table], list[Message]]:
    raise NotImplementedError
