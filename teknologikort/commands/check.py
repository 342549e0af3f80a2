"""``teknologikort check``: the store against its records, and what the data do not tell."""

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from graph.differences import Difference
from graph.store import Store
from schema.messages import say
from schema.text import Language, Text
from teknologikort.opening import open_store
from teknologikort.options import municipality_option, store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import Terminal, terminal_of

if TYPE_CHECKING:
    from graph.lacks import Lack
    from graph.snapshot import Snapshot

_CHECKING = Text("Efterprøver lageret", "Checking the store")
_LACKS = Text("Det, dataene ikke siger", "What the data do not tell")
_NOTHING_LACKS = Text(
    "Dataene siger alt, der er spurgt om.", "The data tell all that is asked for."
)
_COLUMNS = (
    Text("mangler", "lacking"),
    Text("antal", "number"),
    Text("af", "of"),
    Text("for eksempel", "for example"),
)


@click.command()
@municipality_option
@store_option
@click.pass_obj
def command(settings: Settings, municipality: str | None, store: str | None) -> None:
    """Efterprøv grafen: anvend alle poster på ny, og sammenlign med det, der står i lageret. Vis
    derefter, hvad dataene ikke siger, så ingen tager tavshed for et svar.

    Afslutter med 1, hvis lageret afviger fra sine poster.

    \b
    Check the graph: apply all records again and compare with what the store
    holds; then show what the data do not tell. Exits with 1 where the store
    differs from its records.
    """
    terminal = terminal_of(settings)
    name = with_store(settings, store).store
    with closing(open_store(name, create=False, read_only=True)) as opened:
        sound = _is_sound(opened, terminal)
        snapshot = _snapshot(opened)
        _show_rings(snapshot, terminal)
        _show_lacks(snapshot, municipality, terminal)
    if not sound:
        sys.exit(1)


def _is_sound(store: Store, terminal: Terminal) -> bool:
    with terminal.progress(_CHECKING):
        differing = store.check()
        revision = store.revision()
    if differing:
        _show_differing(differing, terminal)
        return False
    terminal.say(
        Text(
            f"Grafen er præcis, hvad posterne siger (revision {revision}).",
            f"The graph is exactly what its records say (revision {revision}).",
        )
    )
    return True


def _show_differing(differing: Sequence[Difference], terminal: Terminal) -> None:
    terminal.tell(
        Text(
            f"Grafen afviger fra sine poster (antal: {len(differing)}). Lav en, der er rigtig, af "
            "posterne med „teknologikort copy“, eller læg en sikkerhedskopi tilbage.",
            f"The graph differs from its records (number: {len(differing)}). Make one that is "
            "right from its records with “teknologikort copy”, or put a backup back.",
        )
    )
    for difference in differing:
        terminal.say(difference.text)


def _snapshot(store: Store) -> "Snapshot":
    from graph.snapshot import snapshot_of  # numpy and scipy take a while to import

    return snapshot_of(store.structure())


def _show_rings(snapshot: "Snapshot", terminal: Terminal) -> None:
    """No load closes a ring, but undoing one can."""
    from graph.naming import title
    from graph.rings import parents, rings

    parent_of = parents(snapshot)
    for ring in rings(parent_of, parent_of):
        names = [title(snapshot, department) for department in (*ring, ring[0])]
        shown = Text(" > ".join(n.da for n in names), " > ".join(n.en for n in names))
        terminal.message(say("ring-stands", ring=shown))


def _show_lacks(snapshot: "Snapshot", municipality: str | None, terminal: Terminal) -> None:
    from graph.lacks import lacks
    from graph.scope import scope_of
    from teknologikort.named import named

    home = None
    if municipality is not None:
        home = named(snapshot, ["municipality"], municipality, terminal.language)
    lacking = [lack for lack in lacks(scope_of(snapshot, home)) if lack.number]
    if not lacking:
        terminal.say(_NOTHING_LACKS)
        return
    terminal.heading(_LACKS)
    terminal.table(
        _COLUMNS,
        [
            (lack.label, lack.number, lack.of, _example(lack, snapshot, terminal.language))
            for lack in lacking
        ],
    )


def _example(lack: "Lack", snapshot: "Snapshot", language: Language) -> Text:
    from graph.naming import placed, title
    from loaders.shown import shown_element

    several = len(snapshot.nodes("municipality")) > 1

    def name_of(node: str) -> str:
        naming = placed if several and node.startswith("department:") else title
        return naming(snapshot, node).to(language)

    return shown_element(lack.examples.items[0], name_of)
