"""What became of files that were handed in, in GraphQL."""

from typing import Annotated, Any

import strawberry

from api.graphql_types.answers import LANGUAGE_NOTE, said
from api.graphql_types.connection import PageInfo, cursor, page
from api.graphql_types.context import Info
from api.graphql_types.made import made_enum
from api.graphql_types.node import CURSOR, After, First
from api.graphql_types.vocabularies import AskedLanguage, language_of
from loaders import report
from schema import messages

_MEANING = {
    report.Verdict.NEW: "What it is about was not in the graph.",
    report.Verdict.CHANGED: "It changes what the graph says.",
    report.Verdict.UNCHANGED: "The graph says so already.",
    report.Verdict.REFUSED: "It is not loaded; its messages say why.",
    report.Verdict.SKIPPED: "Another row of the file says the same, or it is an example.",
}
Verdict: Any = made_enum(
    "Verdict",
    {verdict.value: meaning for verdict, meaning in _MEANING.items()},
    "What becomes of a row: new, changed, unchanged, refused or skipped.",
)
Verdicts = Annotated[
    list[Verdict] | None, strawberry.argument(description="Only rows with these verdicts.")
]


@strawberry.type(description="One thing to tell: what is wrong or worth knowing, where, and why.")
class Message:
    """A message with its code and place."""

    message: strawberry.Private[messages.Message]

    @strawberry.field(description="The code, which never changes (docs/errors.md).")
    def code(self) -> str:
        return self.message.code

    @strawberry.field(description="error, warning or note; an error refuses the row or file.")
    def severity(self) -> str:
        return self.message.kind.severity

    @strawberry.field(description=f"What is wrong and what to do. {LANGUAGE_NOTE}")
    def text(self, info: Info, language: AskedLanguage = None) -> str:
        asked = language_of(language, info.context.language)
        return self.message.text(asked)

    @strawberry.field(description="The file's name.")
    def file(self) -> str | None:
        return self.message.place.file

    @strawberry.field(description="The sheet's name.")
    def sheet(self) -> str | None:
        return self.message.place.sheet

    @strawberry.field(description="The row, counted from 1.")
    def row(self) -> int | None:
        return self.message.place.row

    @strawberry.field(description="The column's letter.")
    def column(self) -> str | None:
        return self.message.place.column


@strawberry.type(description="What becomes of one row.")
class RowReport:
    """A row's verdict."""

    found: strawberry.Private[report.RowReport]

    @strawberry.field(description="The verdict.", graphql_type=Verdict)
    def verdict(self) -> Any:
        return Verdict(self.found.verdict.value)

    @strawberry.field(description="The file's name.")
    def file(self) -> str | None:
        return self.found.place.file

    @strawberry.field(description="The sheet's name.")
    def sheet(self) -> str | None:
        return self.found.place.sheet

    @strawberry.field(description="The row, counted from 1.")
    def row(self) -> int | None:
        return self.found.place.row

    @strawberry.field(description=f"What the row is about. {LANGUAGE_NOTE}")
    def about(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.about, language)

    @strawberry.field(description="What it changes, a line each.")
    def changes(self, info: Info, language: AskedLanguage = None) -> list[str]:
        asked = language_of(language, info.context.language)
        return [change.text(asked) for change in self.found.changes]

    @strawberry.field(description="What there is to say about it.")
    def messages(self) -> list[Message]:
        return [Message(message=message) for message in self.found.messages]


@strawberry.type(description="A place in the list of rows.")
class RowReportEdge:
    """Relay's edge."""

    cursor: str = strawberry.field(description=CURSOR)
    node: RowReport = strawberry.field(description="The row.")


@strawberry.type(description="The rows in the order of the files.")
class RowReportConnection:
    """Relay's connection."""

    edges: list[RowReportEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="About this page.")
    total_count: int = strawberry.field(description="How many there are in all.")


@strawberry.type(description="How many rows got a verdict.")
class VerdictCount:
    """A verdict and its count."""

    verdict: Verdict = strawberry.field(description="The verdict.")
    count: int = strawberry.field(description="How many rows.")


@strawberry.type(description="What became, or with a dry run would become, of one load.")
class LoadReport:
    """The report of loaders.loading."""

    found: strawberry.Private[report.Report]

    @strawberry.field(description="The source: what is handed in again and again.")
    def source(self) -> str:
        return self.found.source

    @strawberry.field(description="The files' names.")
    def files(self) -> list[str]:
        return list(self.found.files)

    @strawberry.field(description="The load's number, where it was applied.")
    def number(self) -> int | None:
        return None if self.found.applied is None else self.found.applied.number

    @strawberry.field(description="The revision that it made, where it was applied.")
    def revision(self) -> int | None:
        return None if self.found.applied is None else self.found.applied.revision

    @strawberry.field(description="True where all of it was loaded before: nothing is recorded.")
    def nothing_new(self) -> bool:
        return self.found.nothing_new

    @strawberry.field(description="True where errors keep it from being applied.")
    def failed(self) -> bool:
        return self.found.failed

    @strawberry.field(description="How many rows got each verdict.")
    def counts(self) -> list[VerdictCount]:
        counts = self.found.counts.items()
        return [
            VerdictCount(verdict=Verdict(verdict.value), count=count) for verdict, count in counts
        ]

    @strawberry.field(description="All there is to say: of files and sheets, then row by row.")
    def messages(self) -> list[Message]:
        return [Message(message=message) for message in self.found.messages]

    @strawberry.field(description=f"What disappears because the file lacks it. {LANGUAGE_NOTE}")
    def gone(self, info: Info, language: AskedLanguage = None) -> list[str]:
        return [said(info, text, language) for text in self.found.gone]

    @strawberry.field(description="The rows with their verdicts.")
    def rows(
        self,
        first: First = 20,
        after: After = None,
        verdicts: Verdicts = None,
    ) -> RowReportConnection:
        wanted = None if verdicts is None else {verdict.value for verdict in verdicts}
        chosen = [row for row in self.found.rows if wanted is None or row.verdict.value in wanted]
        shown = page(chosen, first, after)
        edges = [
            RowReportEdge(cursor=cursor(place), node=RowReport(found=row))
            for place, row in shown.placed()
        ]
        return RowReportConnection(edges=edges, page_info=shown.info(), total_count=shown.total)
