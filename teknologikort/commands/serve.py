"""``teknologikort serve``: the pages and GraphQL over the graph."""

from contextlib import closing
from dataclasses import replace

import click

from schema.messages import say
from schema.text import Text
from teknologikort.listening import address_of, end_as_by_ctrl_c, is_this_machine, listening
from teknologikort.opening import open_store
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import Terminal, terminal_of

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to tell what it means, not to listen there


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
@store_option
@click.pass_obj
def command(
    settings: Settings, host: str | None, port: int | None, read_only: bool, store: str | None
) -> None:
    """Vis grafen i en browser og over GraphQL, indtil du trykker Ctrl-C.

    Serveren kan kun ændre grafen fra denne maskine. Skal andre kunne nå den, så vis den med
    --read-only, og sæt TEKNOLOGIKORT_HOSTS til de navne, den nås på.

    \b
    Serve the graph's pages and GraphQL until you press Ctrl-C. The graph can be
    changed from this machine only; for others, serve it with --read-only and set
    TEKNOLOGIKORT_HOSTS to the names that it is reached by.

    \b
      teknologikort serve
      teknologikort serve --host 0.0.0.0 --read-only
    """
    settings = with_store(settings, store)
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    terminal = terminal_of(settings)
    if not read_only and not is_this_machine(settings.host):
        beyond = say("writing-beyond-this-machine", host=settings.host)
        raise click.UsageError(beyond.text(terminal.language))
    end_as_by_ctrl_c()
    with (
        listening(settings.host, settings.port) as bound,
        closing(open_store(settings.store, not read_only, read_only)) as graph,
    ):
        from graph.live import LiveGraph
        from teknologikort import serving  # the whole server: it takes a while to import

        serving.log_plainly()
        server = serving.server_over(LiveGraph(graph), settings, read_only)
        address = address_of(bound)

        def announce() -> None:
            _announce(terminal, address, settings, read_only)

        serving.serve(server, bound, announce, log_requests=True)
    terminal.tell(Text("Serveren er stoppet.", "The server has stopped."))


def _announce(terminal: Terminal, address: str, settings: Settings, read_only: bool) -> None:
    shows = (
        Text("Grafen kan ses", "The graph can be seen")
        if read_only
        else Text("Grafen kan ses og ændres", "The graph can be seen and changed")
    )
    terminal.say(
        Text(
            f"{shows.da} på {address} (GraphQL: {address}/graphql). Ctrl-C stopper.",
            f"{shows.en} at {address} (GraphQL: {address}/graphql). Ctrl-C stops it.",
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
