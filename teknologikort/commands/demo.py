"""``teknologikort demo``: the example municipality, loaded and served."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from socket import socket
from typing import TYPE_CHECKING

import click

from schema.text import Text
from teknologikort.listening import address_of, end_as_by_ctrl_c, listening
from teknologikort.settings import Settings
from teknologikort.shared import shared_folder
from teknologikort.terminal import Terminal, terminal_of

if TYPE_CHECKING:
    from graph.live import LiveGraph
    from graph.snapshot import Snapshot
    from loaders.report import Report

_NEXT = Text(
    "Vis den med: teknologikort serve --store data/demo.sqlite",
    "Serve it with: teknologikort serve --store data/demo.sqlite",
)
_STOPPED = Text(
    "Serveren er stoppet. Grafen er gemt.", "The server has stopped. The graph is kept."
)
_COUNTED = ("municipality", "department", "solution", "problem", "technology", "competence")


@click.command()
@click.option(
    "--neo4j",
    is_flag=True,
    help="På en rigtig Neo4j: NEO4J_URI, Docker eller Java. / On a real Neo4j: NEO4J_URI, Docker "
    "or Java.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Porten; ellers TEKNOLOGIKORT_PORT (8000). 0 tager en ledig. / The port; else "
    "TEKNOLOGIKORT_PORT (8000). 0 takes a free one.",
)
@click.option(
    "--no-serve",
    is_flag=True,
    help="Indlæs kun. / Load only.",
)
@click.pass_obj
def command(settings: Settings, neo4j: bool, port: int | None, no_serve: bool) -> None:
    """Indlæs eksempelkommunen og dens to naboer i data/demo.sqlite, og vis dem i en browser.

    Arkene i examples/eksempel indlæses, som dine egne ville blive det. Ctrl-C stopper, og
    grafen bliver liggende: næste gang siger arkene intet nyt.

    \b
    Load the example municipality and its two neighbours into data/demo.sqlite, and
    serve them. The sheets in examples/eksempel are loaded as your own would be.
    Ctrl-C stops; the graph stays, and the next time the sheets say nothing new.

    \b
      teknologikort demo
      teknologikort demo --no-serve
      teknologikort ask synergy borgerservice --store data/demo.sqlite
    """
    from graph.live import LiveGraph
    from teknologikort import demonstration

    settings = replace(
        settings, host="127.0.0.1", port=settings.port if port is None else port, workers=1
    )
    terminal = terminal_of(settings)
    end_as_by_ctrl_c()
    with ExitStack() as stack:
        # The port is taken first: who has to choose another should not wait for the load.
        bound = None if no_serve else stack.enter_context(listening(settings.host, settings.port))
        store = stack.enter_context(demonstration.demo_store(neo4j, terminal))
        live = LiveGraph(store)
        reports = demonstration.load_example(live, settings.actor, terminal)
        _tell(terminal, reports, live.snapshot())
        if bound is not None:
            _serve(terminal, settings, live, bound)
        elif not neo4j:
            terminal.say(_NEXT)


def _serve(terminal: Terminal, settings: Settings, live: "LiveGraph", bound: socket) -> None:
    from teknologikort import serving  # the whole server: it takes a while to import
    from teknologikort.demonstration import where_to_look

    address, pages = address_of(bound), where_to_look(live.snapshot())

    def answering() -> None:
        _announce(terminal, address, pages)

    serving.log_to_standard_error(settings.log_format == "json", requests=False)
    with shared_folder() as shared:

        def stopped() -> None:
            shared.discard()
            terminal.tell(_STOPPED)

        server = serving.server_over(live, settings, read_only=False, shared=shared)
        process = serving.Process(answering, stopped)
        serving.serve(server, bound, process, settings.stop_seconds)
    terminal.tell(_STOPPED)


def _tell(terminal: Terminal, reports: "Sequence[Report]", snapshot: "Snapshot") -> None:
    """A short summary of what was loaded; ends the program where something could not be."""
    from schema.ontology import ONTOLOGY

    failed = [report for report in reports if report.failed]
    for report in failed:
        terminal.messages(report.messages)
    if failed:
        sys.exit(1)
    counts = [(ONTOLOGY.nodes[kind].plural, len(snapshot.nodes(kind))) for kind in _COUNTED]
    new = sum(report.applied is not None for report in reports)
    lead = (
        Text(f"Eksemplet er indlæst ({new} filer)", f"The example is loaded ({new} files)")
        if new
        else Text("Eksemplet var indlæst i forvejen", "The example was loaded already")
    )
    da = ", ".join(f"{count} {plural.da}" for plural, count in counts)
    en = ", ".join(f"{count} {plural.en}" for plural, count in counts)
    terminal.say(Text(f"{lead.da}: {da}.", f"{lead.en}: {en}."))


def _announce(terminal: Terminal, address: str, pages: "Sequence[tuple[str, Text]]") -> None:
    terminal.heading(
        Text(
            f"Åbn {address} i en browser. Se først:", f"Open {address} in a browser. Look first at:"
        )
    )
    width = max(len(terminal.word(shows)) for _, shows in pages)
    for path, shows in pages:
        terminal.say(f"  {terminal.word(shows).ljust(width)}  {address}{path}")
    terminal.say()
    terminal.say(Text("Ctrl-C stopper.", "Ctrl-C stops it."))
