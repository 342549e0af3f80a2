"""What can be changed over GraphQL."""

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from api.graphql_types.context import Info
from api.graphql_types.reports import LoadReport
from api.uploads import sheet_files
from loaders.loading import LoadOptions


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
        files: list[Upload],
        source: str | None = None,
        municipality: str | None = None,
        remove_missing: bool = False,
        new_departments: bool = False,
        skip_refused: bool = False,
        dry_run: bool = False,
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
    def undo_load(self, info: Info, number: int) -> Changed:
        asking = info.context
        revision = asking.writing().undo(asking.actor, number)
        return Changed(number=number, revision=revision)

    @strawberry.mutation(description="Take an undo back: what the load says stands again.")
    def redo_load(self, info: Info, number: int) -> Changed:
        asking = info.context
        revision = asking.writing().redo(asking.actor, number)
        return Changed(number=number, revision=revision)
