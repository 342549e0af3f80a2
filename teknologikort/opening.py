"""Opening the store that the settings name: the one place that knows there are two kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.ledger import Ledger
from graph.sqlite_store import SqliteStore
from graph.sqlite_tables import VERSION
from graph.store import Store
from schema.text import Text
from teknologikort.settings import Settings, is_neo4j, read_credentials
from teknologikort.terminal import Terminal, terminal_of


@dataclass(frozen=True)
class Upgrading:
    """What happens where a store of an older version is opened for writing: backups go to a
    folder, and ``tell`` is told what was done."""

    backups: Path
    terminal: Terminal
    tell: Callable[[Text], None]


def upgrading(settings: Settings) -> Upgrading:
    """As the settings have it, told beside the result."""
    terminal = terminal_of(settings)
    return Upgrading(Path(settings.backups), terminal, terminal.tell)


def sqlite_path(store: str) -> Path:
    """The file that a store's name means."""
    return Path(store.removeprefix("sqlite:///")).expanduser()


def open_store(
    store: str,
    create: bool = True,
    read_only: bool = False,
    upgrades: Upgrading | None = None,
    anew: bool = False,
) -> Store:
    """The store with this name; raises Refusal where it cannot be opened. A file of an older
    version is upgraded when it is opened for writing, a Neo4j only with ``upgrades``. ``anew``
    empties a Neo4j in which a restore was broken off."""
    if is_neo4j(store):
        return _neo4j(store, create, read_only, upgrades, anew)
    opened = SqliteStore(sqlite_path(store), create=create, read_only=read_only)
    if opened.upgraded is not None and upgrades is not None:
        done = opened.upgraded
        versions = None if done.version == VERSION else (done.version, VERSION)
        upgrades.tell(_told(store, versions, done.backup))
    return opened


def _neo4j(
    store: str, create: bool, read_only: bool, upgrades: Upgrading | None, anew: bool
) -> Store:
    from graph.neo4j_store import Neo4jStore  # the driver takes 0.2 s to import

    kept: list[Path] = []

    def keep(ledger: Ledger) -> None:
        if upgrades is not None:
            kept.append(_kept(ledger, upgrades))

    credentials = read_credentials()
    opened = Neo4jStore(
        store,
        credentials.user,
        credentials.password,
        create=create,
        read_only=read_only,
        backup=None if upgrades is None else keep,
        anew=anew,
    )
    if kept and upgrades is not None:
        upgrades.tell(_told(store, None, kept[-1]))
    return opened


def _kept(ledger: Ledger, upgrades: Upgrading) -> Path:
    """A backup of a store that is being upgraded, among the other backups."""
    from teknologikort.backing_up import backup_name, write_ledger

    revision = max((each.number for each in ledger.revisions), default=0)
    path = upgrades.backups / f"before-upgrade-{backup_name(revision)}"
    write_ledger(ledger, path, upgrades.terminal)
    return path


def _told(store: str, versions: tuple[int, int] | None, backup: Path | None) -> Text:
    """What is said of a store that was upgraded; ``versions`` from which to which, where known
    and not the same (then it was made for another edition of the ontology)."""
    kept = Text("", "")
    if backup is not None:
        kept = Text(f" Som den var, ligger den i {backup}.", f" As it was, it lies in {backup}.")
    if versions is None:
        return Text(
            f"{store} er lavet på ny efter denne version.{kept.da}",
            f"{store} was made anew by this version.{kept.en}",
        )
    return Text(
        f"{store} er opgraderet fra version {versions[0]} til {versions[1]}.{kept.da}",
        f"{store} was upgraded from version {versions[0]} to {versions[1]}.{kept.en}",
    )
