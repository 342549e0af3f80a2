"""Tables with other columns: a TOML file tells which column is which. See docs/mappings.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from loaders.files import Recogniser
from loaders.mapping.declared import TableRule
from loaders.mapping.reading import read_rules
from loaders.mapping.tables import recognise_by

__all__ = ["Mapping", "read_mapping"]


@dataclass(frozen=True)
class Mapping:
    """A mapping that has been held against the ontology; ``name`` is the name of its file."""

    name: str
    rules: Sequence[TableRule]

    def recogniser(self) -> Recogniser:
        """What makes sheets of ours of a file's tables; give it to ``LoadOptions``."""
        return partial(recognise_by, self.rules, self.name)


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Refusal with all that is wrong with it."""
    return Mapping(path.name, read_rules(path))
