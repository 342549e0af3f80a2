"""``teknologikort backup``: a whole store in one file, made while others write to it."""

from contextlib import closing
from pathlib import Path

import click

from schema.text import Text
from teknologikort.opening import open_store
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import Terminal, terminal_of


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@click.option(
    "--keep",
    metavar="ANTAL",
    type=click.IntRange(min=1),
    help="Slet de ældste kopier i mappen, så der er så mange tilbage. / Delete the oldest backups "
    "in the folder, so that so many remain.",
)
@store_option
@click.pass_obj
def command(settings: Settings, file: Path | None, keep: int | None, store: str | None) -> None:
    """Tag en sikkerhedskopi af hele lageret, også mens en server skriver i det: alle indlæsninger
    og poster og grafen, som én SQLite-fil, uanset om lageret er SQLite eller Neo4j.

    Kopien læses igennem og efterprøves, før den får sit navn. Nævnes en mappe, får kopien navn
    efter tidspunktet og revisionen; ellers ligger den i TEKNOLOGIKORT_BACKUPS (data/backup).

    \b
    Back up the whole store, also while a server writes to it: all loads and records
    and the graph, as one SQLite file, whether the store is SQLite or Neo4j. The
    backup is read through and checked before it gets its name. In a folder it is
    named after the time and the revision; with no place given it goes to
    TEKNOLOGIKORT_BACKUPS (data/backup).

    \b
      teknologikort backup
      teknologikort backup /mnt/backup --keep 14
      teknologikort backup before-summer.sqlite
    """
    from teknologikort import backing_up

    terminal = terminal_of(settings)
    folder = _folder(file, settings)
    if keep is not None and folder is None:
        text = Text("--keep gælder en mappe, ikke en fil.", "--keep is about a folder, not a file.")
        raise click.UsageError(terminal.word(text))
    name = with_store(settings, store).store
    with closing(open_store(name, create=False, read_only=True)) as opened:
        path = file
        if folder is not None:
            path = folder / backing_up.backup_name(opened.revision())
        assert path is not None
        contents = backing_up.write_backup(opened, path, terminal)
    written = Text(
        f"Sikkerhedskopien er skrevet og efterprøvet: {path} ({contents.text.da}).",
        f"The backup is written and checked: {path} ({contents.text.en}).",
    )
    terminal.say(written)
    if keep is not None and folder is not None:
        _tell_let_go(backing_up.let_go(folder, keep), terminal)


def _folder(file: Path | None, settings: Settings) -> Path | None:
    """The folder that is meant, None where it is a file."""
    if file is None:
        return Path(settings.backups)
    return None if file.suffix and not file.is_dir() else file


def _tell_let_go(deleted: list[Path], terminal: Terminal) -> None:
    if deleted:
        names = ", ".join(each.name for each in deleted)
        terminal.tell(Text(f"Slettet: {names}", f"Deleted: {names}"))
