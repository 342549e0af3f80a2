"""What can be changed over GraphQL."""

from typing import Annotated

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from api.graphql_types.context import Info
from api.graphql_types.reports import LoadReport
from api.uploads import sheet_files
from loaders.loading import LoadOptions

Files = Annotated[
    list[Upload], strawberry.argument(description="Mapping sheets: xlsx, ods, csv, xls.")
]
SourceName = Annotated[
    str | None,
    strawberry.argument(
        description="What is handed in again and again; newer editions replace older ones."
    ),
]
Meant = Annotated[
    str | None,
    strawberry.argument(description="The municipality that is meant where a row names none."),
]
RemoveMissing = Annotated[
    bool,
    strawberry.argument(
        description="Let fall what the source said before and does not say any more."
    ),
]
NewDepartments = Annotated[
    bool,
    strawberry.argument(description="Accept departments that a loaded organisation does not have."),
]
SkipRefused = Annotated[
    bool, strawberry.argument(description="Load the other rows where some are refused.")
]
DryRun = Annotated[
    bool, strawberry.argument(description="Only tell what would become of each row.")
]
Number = Annotated[int, strawberry.argument(description="The load's number.")]


@strawberry.type(description="What a change did to the graph.")
class Changed:
    """The number of the load and the new revision."""

    number: int = strawberry.field(description="The load's number.")
    revision: int = strawberry.field(description="The revision that the change made.")


@strawberry.type(description="What can be changed; every change passes one desk.")
class Mutation:
    """Loads, and undoing them."""

    @strawberry.mutation(
        description="Load mapping sheets (xlsx, ods, csv, xls), each file as a load of its own "
        "unless a source is named. With dryRun nothing is written. A load with a refused row is "
        "not applied, unless skipRefused leaves such rows out."
    )
    def load_sheets(
        self,
        info: Info,
        files: Files,
        source: SourceName = None,
        municipality: Meant = None,
        remove_missing: RemoveMissing = False,
        new_departments: NewDepartments = False,
        skip_refused: SkipRefused = False,
        dry_run: DryRun = False,
    ) -> list[LoadReport]:
        asking = info.context
        options = LoadOptions(
            source=source,
            municipality=municipality,
            remove_missing=remove_missing,
            new_departments=new_departments,
            skip_refused=skip_refused,
        )
        uploads = [file for file in files if isinstance(file, UploadFile)]
        with sheet_files(uploads) as sheets:
            reports = asking.writing().load(asking.actor, sheets, options, dry_run)
        return [LoadReport(found=report) for report in reports]

    @strawberry.mutation(description="Undo a load: what it says no longer stands.")
    def undo_load(self, info: Info, number: Number) -> Changed:
        asking = info.context
        revision = asking.writing().undo(asking.actor, number)
        return Changed(number=number, revision=revision)

    @strawberry.mutation(description="Take an undo back: what the load says stands again.")
    def redo_load(self, info: Info, number: Number) -> Changed:
        asking = info.context
        revision = asking.writing().redo(asking.actor, number)
        return Changed(number=number, revision=revision)
