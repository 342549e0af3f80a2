"""From files to a load that is ready to be applied, and from there into the store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from graph.snapshot import Snapshot, snapshot_of
from graph.store import StaleLoad, Store
from graph.uncollected import uncollected
from loaders.files import (
    OpenedFiles,
    SheetFile,
    open_files,
    refuse_namesakes,
    sheet_file,
)
from loaders.known import Known
from loaders.options import LoadOptions
from loaders.report import Report
from loaders.resolving import Resolving
from schema.messages import Refusal, say
from schema.records import KeptRecord, Record

__all__ = ["ATTEMPTS", "LoadOptions", "load_sheets", "prepare", "resolve"]

ATTEMPTS = 5
"""How often a load is resolved again where others change the graph meanwhile."""


def load_sheets(
    paths: Sequence[Path | SheetFile],
    store: Store,
    options: LoadOptions | None = None,
    dry_run: bool = False,
    snapshot: Callable[[], Snapshot] | None = None,
) -> tuple[Report, ...]:
    """Load the files in this order, and report on each load: one of all files where the options
    name a source, else one of each file. A load with errors is not applied, unless they are to
    be left out; the loads before it stand. A dry run writes nothing.

    ``snapshot`` gives the newest snapshot where somebody keeps one. Raises what the store raises,
    and Refusal where two files would be editions of one source by their names alone.
    """
    options = options if options is not None else LoadOptions()
    with uncollected():
        return _load_sheets(paths, store, options, dry_run, snapshot)


def _load_sheets(
    paths: Sequence[Path | SheetFile],
    store: Store,
    options: LoadOptions,
    dry_run: bool,
    snapshot: Callable[[], Snapshot] | None,
) -> tuple[Report, ...]:
    newest = snapshot if snapshot is not None else lambda: snapshot_of(store.structure())
    files = [sheet_file(path) for path in paths]
    groups = [[file] for file in files] if options.source is None else [files]
    if options.source is None:
        refuse_namesakes(files)
    if dry_run:
        return tuple(_look(groups, store, newest(), options))
    return tuple(_load(group, store, newest, options) for group in groups)


def prepare(
    paths: Sequence[Path | SheetFile],
    store: Store,
    snapshot: Snapshot,
    options: LoadOptions | None = None,
) -> Report:
    """What these files, as one load, would do; its load is ready for ``store.apply``."""
    options = options if options is not None else LoadOptions()
    files = [sheet_file(path) for path in paths]
    with uncollected():
        opened = open_files(files, options.limits, options.recogniser)
        return resolve(opened, Known(snapshot, store), options)


def _look(
    groups: Iterable[Sequence[SheetFile]], store: Store, snapshot: Snapshot, options: LoadOptions
) -> Iterable[Report]:
    """A dry run: each file is held against the graph as those before it would leave it."""
    earlier: list[Record] = []
    fallen: list[KeptRecord] = []
    for group in groups:
        opened = open_files(group, options.limits, options.recogniser)
        resolving = Resolving(opened, Known(snapshot, store, earlier, fallen), options)
        report = resolving.report()
        if report.load is not None:
            earlier += report.load.records
            fallen += resolving.fallen
        yield report


def _load(
    files: Sequence[SheetFile],
    store: Store,
    newest: Callable[[], Snapshot],
    options: LoadOptions,
) -> Report:
    opened = open_files(files, options.limits, options.recogniser)
    for _ in range(ATTEMPTS):
        report = resolve(opened, Known(newest(), store), options)
        if report.load is None:
            return report
        try:
            return replace(report, applied=store.apply(report.load))
        except StaleLoad:
            continue
    raise Refusal(say("graph-keeps-changing", attempts=ATTEMPTS))


def resolve(opened: OpenedFiles, known: Known, options: LoadOptions) -> Report:
    """Hold what stands in the files against the graph, and make the load that they are."""
    return Resolving(opened, known, options).report()
