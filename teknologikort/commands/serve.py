"""``teknologikort serve``: the pages and GraphQL over the graph."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from socket import socket

import click

from schema.messages import Refusal, say
from schema.text import Text
from teknologikort.listening import address_of, end_as_by_ctrl_c, is_this_machine, listening
from teknologikort.opening import open_store, upgrading
from teknologikort.options import store_option
from teknologikort.settings import Settings, is_neo4j, with_store
from teknologikort.shared import Shared, shared_folder
from teknologikort.terminal import Terminal, terminal_of
from teknologikort.workers import Told, Workers

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to tell what it means, not to listen there
_LOOK_EVERY = 0.3
"""For so many seconds a look at the revision holds where it costs a way to a server and back."""
_STOPPED = Text("Serveren er stoppet.", "The server has stopped.")


@click.command()
@click.option(
    "--host",
    metavar="ADRESSE",
    help="Adressen, der lyttes på; ellers TEKNOLOGIKORT_HOST (127.0.0.1). / The address to listen "
    "on; else TEKNOLOGIKORT_HOST (127.0.0.1).",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Porten; ellers TEKNOLOGIKORT_PORT (8000). 0 tager en ledig. / The port; else "
    "TEKNOLOGIKORT_PORT (8000). 0 takes a free one.",
)
@click.option(
    "--read-only",
    is_flag=True,
    help="Vis kun; intet kan indlæses eller fortrydes. / Show only; nothing can be loaded or "
    "undone.",
)
@click.option(
    "--workers",
    metavar="ANTAL",
    type=click.IntRange(1, 64),
    help="Hvor mange processer der svarer side om side; ellers TEKNOLOGIKORT_WORKERS (1). / How "
    "many processes answer side by side; else TEKNOLOGIKORT_WORKERS (1).",
)
@store_option
@click.pass_obj
def command(
    settings: Settings,
    host: str | None,
    port: int | None,
    read_only: bool,
    workers: int | None,
    store: str | None,
) -> None:
    """Vis grafen i en browser og over GraphQL, indtil du trykker Ctrl-C.

    Serveren kan kun ændre grafen fra denne maskine. Skal andre kunne nå den, så vis den med
    --read-only, og sæt TEKNOLOGIKORT_HOSTS til de navne, den nås på.

    Når den stoppes, får forespørgsler i gang TEKNOLOGIKORT_STOP_SECONDS (20) sekunder til at blive
    færdige. /health/live og /health/ready fortæller, om den er i gang og klar, /metrics måler
    (docs/operations.md).

    \b
    Serve the graph's pages and GraphQL until you press Ctrl-C. The graph can be
    changed from this machine only; for others, serve it with --read-only and set
    TEKNOLOGIKORT_HOSTS to the names that it is reached by. When it is stopped,
    requests under way have TEKNOLOGIKORT_STOP_SECONDS (20) to end.

    \b
      teknologikort serve
      teknologikort serve --host 0.0.0.0 --read-only --workers 4
    """
    settings = with_store(settings, store)
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
        workers=settings.workers if workers is None else workers,
    )
    terminal = terminal_of(settings)
    if not read_only and not is_this_machine(settings.host):
        beyond = say("writing-beyond-this-machine", host=settings.host)
        raise click.UsageError(beyond.text(terminal.language))
    if settings.workers > 1 and os.name != "posix":
        raise click.UsageError(say("workers-not-here").text(terminal.language))
    end_as_by_ctrl_c()
    with listening(settings.host, settings.port) as bound, shared_folder() as shared:
        serving = _Serving(settings, read_only, bound, shared, terminal)
        code = serving.alone() if settings.workers == 1 else serving.by_several()
    if code == 0:
        terminal.tell(_STOPPED)
    sys.exit(code)


@dataclass(frozen=True)
class _Serving:
    settings: Settings
    read_only: bool
    bound: socket
    shared: Shared
    terminal: Terminal

    def alone(self) -> int:
        self._serve(self._announce, self._stopped, None)
        return 0

    def _stopped(self) -> None:
        self.shared.discard()
        self.terminal.tell(_STOPPED)

    def by_several(self) -> int:
        told = Told(self._announce, self._ended, self.bound.close)
        stop_seconds = self.settings.stop_seconds
        return Workers(self.settings.workers, self._work, told, stop_seconds).run()

    def _work(self, answering: Callable[[], None], parent: int) -> int:
        """One of several processes."""
        if self.settings.workers > 1:  # read when what measures is imported
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(self.shared.measures)
        try:
            self._serve(answering, lambda: None, parent)
        except Refusal as refusal:
            self.terminal.tell(refusal.text(self.terminal.language))
            return 1
        return 0

    def _serve(
        self, answering: Callable[[], None], stopped: Callable[[], None], parent: int | None
    ) -> None:
        settings, read_only = self.settings, self.read_only
        upgrades = upgrading(settings)
        with closing(open_store(settings.store, not read_only, read_only, upgrades)) as graph:
            from graph.live import LiveGraph
            from teknologikort import serving  # the whole server: it takes a while to import

            serving.log_to_standard_error(settings.log_format == "json")
            live = LiveGraph(graph, _LOOK_EVERY if is_neo4j(settings.store) else 0.0)
            server = serving.server_over(live, settings, read_only, self.shared)
            process = serving.Process(answering, stopped, parent)
            serving.serve(server, self.bound, process, settings.stop_seconds)

    def _announce(self) -> None:
        _announce(self.terminal, address_of(self.bound), self.settings, self.read_only)

    def _ended(self, pid: int, how: str) -> None:
        for measured in self.shared.measures.glob(f"gauge_live*_{pid}.db"):
            measured.unlink(missing_ok=True)
        if self.settings.log_format == "json":
            # A line among the lines of the processes, which a program reads.
            from teknologikort.log_lines import log_to_standard_error

            log_to_standard_error(as_json=True)
            told = {"process": pid, "how": how}
            logging.getLogger("teknologikort").warning("process ended", extra={"told": told})
            return
        self.terminal.tell(
            Text(
                f"En serverproces ({pid}) sluttede uventet ({how}) og erstattes af en ny.",
                f"A server process ({pid}) ended unexpectedly ({how}) and is replaced by a new "
                "one.",
            )
        )


def _announce(terminal: Terminal, address: str, settings: Settings, read_only: bool) -> None:
    shows = (
        Text("Grafen kan ses", "The graph can be seen")
        if read_only
        else Text("Grafen kan ses og ændres", "The graph can be seen and changed")
    )
    processes = (
        Text(f" {settings.workers} processer svarer.", f" {settings.workers} processes answer.")
        if settings.workers > 1
        else Text("", "")
    )
    terminal.say(
        Text(
            f"{shows.da} på {address} (GraphQL: {address}/graphql).{processes.da} Ctrl-C stopper.",
            f"{shows.en} at {address} (GraphQL: {address}/graphql).{processes.en} Ctrl-C stops it.",
        )
    )
    if settings.host in EVERYWHERE and not settings.hosts:
        terminal.tell(
            Text(
                "Den svarer kun på navnet localhost: sæt TEKNOLOGIKORT_HOSTS til de navne, den "
                "skal nås på.",
                "It answers to the name localhost only: set TEKNOLOGIKORT_HOSTS to the names that "
                "it is to be reached by.",
            )
        )
