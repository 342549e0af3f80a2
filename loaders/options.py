"""How files are to be loaded."""

from dataclasses import dataclass

from loaders.files import Recogniser
from loaders.reading import Limits
from loaders.recognise import recognise


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How files are loaded. ``source`` names what is handed in again and again; without it each
    file is a source of its own, by its name. ``municipality`` is meant where a row names none."""

    source: str | None = None
    municipality: str | None = None
    remove_missing: bool = False
    new_departments: bool = False
    skip_refused: bool = False
    actor: str = "local"
    limits: Limits | None = None
    recogniser: Recogniser = recognise
