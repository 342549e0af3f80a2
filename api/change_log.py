"""A desk that tells the log of every change that it takes, and what became of it."""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from graph.live import LiveGraph
from loaders.desk import Actor, Desk
from loaders.files import SheetFile
from loaders.loading import LoadOptions
from loaders.report import Report
from schema.messages import Refusal

ChangeWatcher = Callable[[str, str, float], None]
"""Is told what was done, what became of it, and the seconds that it took."""

_LOG = logging.getLogger("teknologikort.change")
T = TypeVar("T")


class LoggedDesk(Desk):
    """Each load, dry run, undo and redo becomes a line in the log, refused ones too."""

    def __init__(self, live: LiveGraph, watcher: ChangeWatcher | None = None) -> None:
        super().__init__(live)
        self._watcher = watcher

    def load(
        self,
        actor: Actor,
        files: Sequence[Path | SheetFile],
        options: LoadOptions,
        dry_run: bool = False,
    ) -> tuple[Report, ...]:
        what = "dry run" if dry_run else "load"

        def made() -> tuple[tuple[Report, ...], dict[str, object]]:
            reports = super(LoggedDesk, self).load(actor, files, options, dry_run)
            return reports, _told(reports)

        return self._logged(what, actor, made)

    def undo(self, actor: Actor, number: int) -> int:
        return self._moved("undo", actor, number, super().undo)

    def redo(self, actor: Actor, number: int) -> int:
        return self._moved("redo", actor, number, super().redo)

    def _moved(
        self, what: str, actor: Actor, number: int, move: Callable[[Actor, int], int]
    ) -> int:
        def made() -> tuple[int, dict[str, object]]:
            revision = move(actor, number)
            return revision, {"result": "done", "number": number, "revision": revision}

        return self._logged(what, actor, made)

    def _logged(
        self, what: str, actor: Actor, made: Callable[[], tuple[T, dict[str, object]]]
    ) -> T:
        started = time.perf_counter()
        told: dict[str, object] = {"result": "failed"}
        try:
            result, told = made()
        except Refusal as refusal:
            told = {"result": "refused", "code": refusal.messages[0].code}
            raise
        finally:
            seconds = time.perf_counter() - started
            told = {"actor": actor.name, **told, "ms": round(seconds * 1000, 1)}
            _LOG.info(what, extra={"told": told})
            if self._watcher is not None:
                self._watcher(what, str(told["result"]), seconds)
        return result


def _told(reports: Sequence[Report]) -> dict[str, object]:
    applied = [report.applied for report in reports if report.applied is not None]
    if any(report.failed for report in reports):
        result = "refused"
    elif all(report.nothing_new for report in reports):
        result = "nothing new"
    else:
        result = "done"
    told: dict[str, object] = {"result": result, "sources": [each.source for each in reports]}
    if applied:
        told["number"] = [each.number for each in applied]
        told["revision"] = applied[-1].revision
    return told
