"""Files between a dry run and its confirmation: kept apart, for a short while, for one browser.

They are what was shown, so that nothing else can be loaded than what was agreed to. They lie in
a folder that only this user can read, and are gone when they are loaded, dropped, too old, pushed
out by newer ones, or the server ends.
"""

import secrets
import shutil
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from starlette.datastructures import UploadFile

from api.uploads import keep
from loaders.files import SheetFile
from loaders.loading import LoadOptions
from loaders.report import Report

Look = Callable[[Sequence[SheetFile], LoadOptions], tuple[Report, ...]]


@dataclass(frozen=True)
class Trial:
    """Files that were looked at, how, and what loading them would do to which revision."""

    token: str
    owner: str
    folder: Path
    files: tuple[SheetFile, ...]
    options: LoadOptions
    reports: tuple[Report, ...]
    revision: int
    until: float


class HeldUploads:
    """The trials that wait for a yes. Safe to ask from several threads."""

    def __init__(
        self,
        seconds: float = 30 * 60.0,
        most: int = 10,
        most_bytes: int = 200_000_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._most_bytes = most_bytes
        self._clock = clock
        self._lock = Lock()
        self._trials: dict[str, Trial] = {}

    def hold(
        self,
        owner: str,
        uploads: Sequence[UploadFile],
        options: LoadOptions,
        revision: int,
        look: Look,
    ) -> Trial:
        """Keep the files and look at them. What ``look`` raises is raised, and nothing is kept."""
        folder = Path(mkdtemp(prefix="teknologikort-"))
        try:
            files = tuple(keep(folder, uploads))
            reports = look(files, options)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        token = secrets.token_urlsafe(32)
        until = self._clock() + self._seconds
        trial = Trial(token, owner, folder, files, options, reports, revision, until)
        weakref.finalize(trial, shutil.rmtree, folder, ignore_errors=True)
        with self._lock:
            self._trials[token] = trial
            self._clear()
        return trial

    def find(self, owner: str, token: str) -> Trial | None:
        """The trial with this token, if it is this browser's and not too old."""
        with self._lock:
            self._clear()
            trial = self._trials.get(token)
        return trial if trial is not None and trial.owner == owner else None

    def again(self, trial: Trial, options: LoadOptions, revision: int, look: Look) -> Trial:
        """Look at the same files in another way, or at a graph that has moved."""
        uploads = [UploadFile(file.path.open("rb"), filename=file.name) for file in trial.files]
        try:
            made = self.hold(trial.owner, uploads, options, revision, look)
        finally:
            for upload in uploads:
                upload.file.close()
        self.drop(trial)
        return made

    def drop(self, trial: Trial) -> None:
        """Let go of a trial and delete its files."""
        with self._lock:
            self._forget(trial)

    def _clear(self) -> None:
        """Let go of what is too old, and of the oldest where there is too much."""
        now = self._clock()
        for trial in [each for each in self._trials.values() if each.until < now]:
            self._forget(trial)
        while len(self._trials) > 1 and self._is_too_much():
            self._forget(next(iter(self._trials.values())))

    def _is_too_much(self) -> bool:
        files = [file for trial in self._trials.values() for file in trial.files]
        size = sum(file.path.stat().st_size for file in files)
        return len(self._trials) > self._most or size > self._most_bytes

    def _forget(self, trial: Trial) -> None:
        self._trials.pop(trial.token, None)
        shutil.rmtree(trial.folder, ignore_errors=True)
