"""The files that pages load from our own host, and where they lie."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visualisations.network_file import Assets

STATIC = Path(__file__).with_name("static")
# The build of vis-network that injects no style sheet, so a strict policy lets it run.
VIS_BUILD = "vis-9.1.2"


@cache
def vis_folder() -> Path:
    """The folder of vis-network inside the installed pyvis, found without importing it."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pyvis is not installed")
    return Path(spec.origin).parent / "lib" / VIS_BUILD


def network_assets() -> Assets:
    """What a network needs to stand alone in one file."""
    from visualisations.network_file import Assets  # drawing and all: only for who wants a file

    return Assets(
        style=(STATIC / "teknologikort.css").read_text(encoding="utf-8"),
        scripts=(
            (vis_folder() / "vis-network.min.js").read_text(encoding="utf-8"),
            (STATIC / "network.js").read_text(encoding="utf-8"),
        ),
    )
