"""How the answer is wanted: the options that all questions share, and giving it so."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from schema.text import Text
from teknologikort.opening import open_store
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of

if TYPE_CHECKING:
    from teknologikort.asking.answer import Answer
    from teknologikort.asking.asked import Asked

_READING = Text("Læser grafen", "Reading the graph")


@dataclass(frozen=True)
class Form:
    """What is asked, and in which form the answer is wanted."""

    settings: Settings
    as_json: bool
    as_csv: bool
    evidence: bool

    def say(self, text: Text) -> str:
        """A text in the language of the answer."""
        return terminal_of(self.settings).word(text)

    def give(self, question: "Callable[[Asked], Answer]") -> None:
        """Ask the graph, and give the answer."""
        from graph.snapshot import snapshot_of  # numpy takes a while to import
        from teknologikort.asking import output
        from teknologikort.asking.asked import Asked

        terminal = terminal_of(self.settings)
        with closing(open_store(self.settings.store, create=False, read_only=True)) as store:
            with terminal.progress(_READING):
                snapshot = snapshot_of(store.structure())
                asked = Asked(snapshot, store, terminal.language)
                answer = question(asked)
            if self.as_json:
                output.write_json(answer)
            elif self.as_csv:
                output.write_csv(asked, answer, self.evidence)
            else:
                output.show(terminal, asked, answer, self.evidence)


def form_options(function: Callable[..., None]) -> Callable[..., None]:
    """``--evidence``, ``--json``, ``--csv``, ``--language``, ``--store``: handed on as ``form``."""
    with_evidence: Callable[..., None] = _EVIDENCE(form_options_without_evidence(function))
    return with_evidence


def form_options_without_evidence(function: Callable[..., None]) -> Callable[..., None]:
    """The same for a question whose answer is an overview."""

    @wraps(function)
    @click.pass_context
    def called(
        ctx: click.Context,
        /,
        *,
        as_json: bool,
        as_csv: bool,
        language: str | None,
        store: str | None,
        evidence: bool = False,
        **rest: Any,
    ) -> None:
        settings = with_store(ctx.find_object(Settings) or Settings(), store)
        if language is not None:
            settings = replace(settings, language=language)
        if as_json and as_csv:
            both = Text("Vælg enten --json eller --csv.", "Choose either --json or --csv.")
            raise click.UsageError(terminal_of(settings).word(both))
        function(form=Form(settings, as_json, as_csv, evidence), **rest)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


_EVIDENCE: Callable[..., Any] = click.option(
    "--evidence",
    is_flag=True,
    help="Vis også, hvad svaret bygger på: fil, ark, række og kolonne. / Show what the answer "
    "rests on too: file, sheet, row and column.",
)
_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Hele svaret som JSON. / All of the answer as JSON.",
    ),
    click.option(
        "--csv",
        "as_csv",
        is_flag=True,
        help="Som csv til regneark. / As csv for spreadsheets.",
    ),
    click.option(
        "--language",
        type=click.Choice(["da", "en"]),
        help="Svarets sprog. / The answer's language.",
    ),
    store_option,
)


def first_option(default: int) -> Callable[..., Any]:
    """``--first``: how many are wanted."""
    return click.option(
        "--first",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        metavar="ANTAL",
        help="Hvor mange der vises. / How many are shown.",
    )


def left_out(shown: int, total: int) -> tuple[Text, ...]:
    """What to say where a list was cut; nothing where it was not."""
    if shown >= total:
        return ()
    return (
        Text(
            f"Her er de første {shown} af {total}; --first {total} viser alle.",
            f"These are the first {shown} of {total}; --first {total} shows all.",
        ),
    )
