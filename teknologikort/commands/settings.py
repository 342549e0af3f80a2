"""``teknologikort settings``: what is set, and where it comes from."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from json import dumps

import click

from schema.text import Text
from teknologikort.settings import PREFIX, Settings, read_origins
from teknologikort.terminal import terminal_of

_COLUMNS = (Text("indstilling", "setting"), Text("værdi", "value"), Text("fra", "from"))
_ORIGINS: Mapping[str, Text] = {
    "default": Text("standard", "default"),
    "file": Text("teknologikort.toml", "teknologikort.toml"),
    "environment": Text("miljøet", "environment"),
}
_SET, _NOT_SET = Text("sat (vises ikke)", "set (not shown)"), Text("ikke sat", "not set")
_SECRET = "NEO4J_PASSWORD"  # noqa: S105 - a variable's name
_NEO4J: Mapping[str, str] = {"NEO4J_USER": "neo4j", _SECRET: "", "NEO4J_PASSWORD_FILE": ""}
"""What is read of the environment besides, and what it is where it is not set."""


@dataclass(frozen=True, slots=True)
class _Shown:
    name: str
    value: str | int | list[str] | None
    origin: str
    words: str | Text


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, help="Som JSON, til programmer. / As JSON, for programs."
)
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Vis alle indstillinger: værdien, og om den kommer fra miljøet, fra filen
    teknologikort.toml i denne mappe eller er standarden. Adgangskoder vises aldrig.

    En indstilling, der ikke findes eller ikke passer, afvises af enhver kommando med en
    forklaring og afslutter med 2. Alle indstillinger: docs/settings.md.

    \b
    Show all settings: the value, and whether it comes from the environment, from
    the file teknologikort.toml in this folder, or is the default. Passwords are
    never shown. A setting that is unknown or does not fit is refused by every
    command, with exit code 2.
    """
    shown = [*_settings(settings), *_neo4j(os.environ)]
    if as_json:
        told = [{"name": s.name, "value": s.value, "from": s.origin} for s in shown]
        click.echo(dumps(told, ensure_ascii=False, indent=2))
        return
    terminal_of(settings).table(_COLUMNS, [(s.name, s.words, _ORIGINS[s.origin]) for s in shown])


def _settings(settings: Settings) -> Iterator[_Shown]:
    origins = read_origins()
    for field in fields(Settings):
        value = getattr(settings, field.name)
        told = list(value) if isinstance(value, tuple) else value
        words = ", ".join(value) if isinstance(value, tuple) else str(value)
        yield _Shown(f"{PREFIX}{field.name.upper()}", told, origins[field.name], words)


def _neo4j(environment: Mapping[str, str]) -> Iterator[_Shown]:
    """Who signs in to a Neo4j, which is read from the environment alone."""
    for name, default in _NEO4J.items():
        origin = "environment" if name in environment else "default"
        value = environment.get(name, default)
        if name == _SECRET:
            yield _Shown(name, None, origin, _SET if value else _NOT_SET)
        else:
            yield _Shown(name, value or None, origin, value or _NOT_SET)
