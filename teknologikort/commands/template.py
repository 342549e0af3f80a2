"""``teknologikort template``: the mapping sheets to fill in."""

from pathlib import Path
from typing import cast

import click

from schema.text import Language, Text
from teknologikort.opening import open_store, sqlite_path
from teknologikort.options import (
    language_option,
    municipality_option,
    overwrite_option,
    store_option,
)
from teknologikort.settings import Settings, is_neo4j, with_store
from teknologikort.terminal import terminal_of
from teknologikort.writing import refuse_existing, write_whole

Names = dict[str, list[str]]


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@language_option
@municipality_option
@click.option(
    "--no-names",
    is_flag=True,
    help="Tilbyd ikke navne fra grafen. / Offer no names from the graph.",
)
@store_option
@overwrite_option
@click.pass_obj
def command(
    settings: Settings,
    file: Path,
    language: str | None,
    municipality: str | None,
    no_names: bool,
    store: str | None,
    overwrite: bool,
) -> None:
    """Skriv et kortlægningsark til at udfylde: FILE er en xlsx-fil.

    Arket har en vejledning, forklarer hver kolonne og viser et eksempel. Findes grafen, kan
    cellerne vælge mellem de navne, der står i den.

    \b
    Write the mapping sheets to fill in, as an xlsx file. They come with a guide,
    an explanation of each column and an example; names already in the graph can
    be chosen from.

    \b
      teknologikort template ark.xlsx
      teknologikort template sheets.xlsx --language en
    """
    refuse_existing(file, overwrite)
    if file.suffix.lower() != ".xlsx":
        wrong = Text(
            "Skabelonen er en xlsx-fil: slut navnet med .xlsx.",
            "The template is an xlsx file: end its name in .xlsx.",
        )
        raise click.UsageError(terminal_of(settings).word(wrong))
    from loaders.template import template  # openpyxl takes a while to import

    names: Names = {}
    if not no_names:
        names = _names(with_store(settings, store), store is not None, municipality)
    made = template(cast(Language, language or settings.language), names)
    write_whole(file, made.content, overwrite)
    terminal_of(settings).say(
        Text(
            f"{file} er klar til at blive udfyldt. Indlæs den med: teknologikort load {file}",
            f"{file} is ready to be filled in. Load it with: teknologikort load {file}",
        )
    )


def _names(settings: Settings, asked_for: bool, municipality: str | None) -> Names:
    """The names in the graph; none where there is no graph and nobody asked for one."""
    there = is_neo4j(settings.store) or sqlite_path(settings.store).exists()
    if not there and not asked_for and municipality is None:
        return {}
    from graph.snapshot import snapshot_of
    from loaders.template import names_to_offer
    from teknologikort.named import named

    store = open_store(settings.store, create=False, read_only=True)
    try:
        snapshot = snapshot_of(store.structure())
    finally:
        store.close()
    language = terminal_of(settings).language
    home = None
    if municipality is not None:
        home = named(snapshot, ["municipality"], municipality, language)
    return names_to_offer(snapshot, home)
