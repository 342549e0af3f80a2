"""The command line: ``teknologikort COMMAND``. Exit 0 done, 1 failure, 2 misuse."""

import importlib
import sys
from typing import NoReturn, cast

import click
from rapidfuzz import process

from schema.messages import Refusal
from schema.text import Language, Text
from teknologikort.settings import Settings, read_settings

COMMANDS = {
    "demo": Text(
        "Indlæs eksempelkommunen, og vis den", "Load the example municipality and serve it"
    ),
    "template": Text("Skriv et kortlægningsark til at udfylde", "Write a mapping sheet to fill in"),
    "load": Text("Indlæs kortlægningsark", "Load mapping sheets"),
    "loads": Text("Vis indlæsningerne", "Show the loads"),
    "undo": Text("Fortryd en indlæsning", "Undo a load"),
    "redo": Text("Tag en fortrydelse tilbage", "Take an undo back"),
    "ask": Text("Stil et spørgsmål til grafen", "Ask the graph a question"),
    "synergies": Text("Sammenlign alle forvaltninger med alle", "Compare all departments with all"),
    "network": Text("Tegn et netværk som én fil", "Draw a network as one file"),
    "export": Text("Skriv grafen som fil", "Write the graph as a file"),
    "serve": Text("Vis grafen i en browser og over GraphQL", "Serve pages and GraphQL"),
    "check": Text("Efterprøv lageret mod dets poster", "Check the store against its records"),
    "backup": Text("Tag en sikkerhedskopi", "Make a backup"),
    "restore": Text("Læg en sikkerhedskopi tilbage", "Put a backup back"),
    "copy": Text("Kopiér fra et lager til et andet", "Copy from one store to another"),
    "upgrade": Text("Opgradér lageret", "Upgrade the store"),
    "settings": Text(
        "Vis indstillingerne, og hvor de kommer fra", "Show settings and their origin"
    ),
}
"""Every command and what it does; each stands in ``teknologikort.commands``."""


class Commands(click.Group):
    """Imports a command when it is asked for, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"teknologikort.commands.{cmd_name}")
        return cast(click.Command, module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = _language(ctx)
        heading = Text("Kommandoer", "Commands").to(language)
        with formatter.section(heading):
            formatter.write_dl([(name, does.to(language)) for name, does in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = process.extractOne(name, list(COMMANDS), score_cutoff=55)
            said = Text(f"Kommandoen „{name}“ findes ikke.", f"There is no command “{name}”.")
            hint = Text(" Mente du „{}“?", " Did you mean “{}”?").to(_language(ctx))
            more = hint.format(close[0]) if close else ""
            raise click.UsageError(said.to(_language(ctx)) + more, ctx)
        return super().resolve_command(ctx, args)


def _language(ctx: click.Context) -> Language:
    settings = ctx.find_object(Settings)
    return "en" if settings is not None and settings.language == "en" else "da"


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Docs: docs/command-line.md · TEKNOLOGIKORT_LANGUAGE=en for English",
)
@click.version_option(package_name="teknologikort")
@click.pass_context
def main_group(ctx: click.Context) -> None:
    """Kommunens digitale løsninger som én graf: hvem kan dele, og hvad kan flyttes?

    \b
    Kom i gang / Getting started:
      teknologikort demo                      eksemplet på / the example on 127.0.0.1:8000
      teknologikort template ark.xlsx         et ark til at udfylde / a sheet to fill in
      teknologikort load ark.xlsx --dry-run   se, hvad der ville ske / see what would happen
      teknologikort ask synergy sundhed-og-omsorg
    """
    if ctx.obj is None:
        ctx.obj = read_settings()


def main() -> NoReturn:
    """Run the command line, turning refusals into sentences and exit codes."""
    try:
        settings = read_settings()
    except Refusal as refusal:
        click.echo(refusal.text("da"), err=True)
        sys.exit(2)
    try:
        main_group.main(obj=settings, standalone_mode=True, prog_name="teknologikort")
    except Refusal as refusal:
        language: Language = "en" if settings.language == "en" else "da"
        click.echo(refusal.text(language), err=True)
        sys.exit(1)
    sys.exit(0)
