"""``teknologikort ask``: the questions that the graph answers."""

import importlib
from typing import cast

import click

from schema.text import Text
from teknologikort.settings import Settings
from teknologikort.terminal import terminal_of

QUESTIONS = {
    "overview": Text("En kommunes digitale status", "A municipality's digital status"),
    "synergy": Text(
        "Hvem kan en forvaltning dele, gå sammen med og lære af?",
        "Whom could a department share with, join and learn from?",
    ),
    "transfer": Text(
        "Hvor kan en løsning overtages, og hvad mangler?",
        "Where could a solution be taken over, and what is missing?",
    ),
    "who-else": Text(
        "Hvem har den samme løsning, det samme problem …?",
        "Who has the same solution, the same problem …?",
    ),
    "unsolved": Text(
        "Hvad har ingen løst, og hvad løser det andre steder?",
        "What has nobody solved, and what solves it elsewhere?",
    ),
    "proposals": Text(
        "Teknologikortene, og hvad der allerede løser det samme",
        "The technology cards, and what already solves the same",
    ),
}
"""Every question and what it is about; each stands in ``teknologikort.asking``."""


class Questions(click.Group):
    """Imports a question when it is asked."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(QUESTIONS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in QUESTIONS:
            return None
        module = importlib.import_module(f"teknologikort.asking.{cmd_name.replace('-', '_')}")
        return cast(click.Command, module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        terminal = terminal_of(ctx.find_object(Settings) or Settings())
        with formatter.section(terminal.word(Text("Spørgsmål", "Questions"))):
            formatter.write_dl([(name, terminal.word(about)) for name, about in QUESTIONS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in QUESTIONS and not name.startswith("-"):
            from loaders.did_you_mean import did_you_mean

            hint = did_you_mean(name, QUESTIONS)
            said = Text(
                f"Spørgsmålet „{name}“ findes ikke.{hint.da}",
                f"There is no question “{name}”.{hint.en}",
            )
            terminal = terminal_of(ctx.find_object(Settings) or Settings())
            raise click.UsageError(terminal.word(said), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Questions)
def command() -> None:
    """Stil et spørgsmål til grafen. Navne kan skrives, som de falder; id'er virker også.

    \b
    Ask the graph a question. Names may be typed in any way; ids work too.

    \b
      teknologikort ask overview eksempel
      teknologikort ask synergy sundhed-og-omsorg --evidence
      teknologikort ask transfer --solution "SMS-service" --department "Vej og Park"
    """
