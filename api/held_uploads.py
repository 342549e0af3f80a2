"""Files between a dry run and its confirmation: kept apart, for a short while, for one browser.

They are what was shown, so that nothing else can be loaded than what was agreed to. They lie in
a folder that only this user can read and that all processes of a server share, and are gone when
they are loaded, dropped, too old, pushed out by newer ones, or the server ends.
"""

import hashlib
import hmac
import os
import pickle
import re
import secrets
import shutil
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from starlette.datastructures import UploadFile

from api.uploads import keep
from loaders.files import SheetFile
from loaders.loading import LoadOptions
from loaders.report import Report

Look = Callable[[Sequence[SheetFile], LoadOptions], tuple[Report, ...]]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_TRIAL, _FRESH = "trial", "trial.new"
_SIGNED = hashlib.sha256().digest_size


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
    """The trials that wait for a yes. Safe to ask from several threads and processes.

    ``shared`` is the folder of several processes, and ``secret`` what they sign with; one alone
    has a folder of its own, which goes with it.
    """

    def __init__(
        self,
        shared: Path | None = None,
        secret: bytes | None = None,
        seconds: float = 30 * 60.0,
        most: int = 10,
        most_bytes: int = 200_000_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._secret = secrets.token_bytes(32) if secret is None else secret
        self._seconds = seconds
        self._most = most
        self._most_bytes = most_bytes
        self._clock = clock
        if shared is None:
            shared = Path(mkdtemp(prefix="teknologikort-"))
            weakref.finalize(self, shutil.rmtree, shared, ignore_errors=True)
        self._shared = shared

    def hold(
        self,
        owner: str,
        uploads: Sequence[UploadFile],
        options: LoadOptions,
        revision: int,
        look: Look,
    ) -> Trial:
        """Keep the files and look at them. What ``look`` raises is raised, and nothing is kept."""
        token = secrets.token_urlsafe(32)
        folder = self._shared / token
        folder.mkdir(mode=0o700)
        try:
            files = tuple(keep(folder, uploads))
            reports = look(files, options)
            until = self._clock() + self._seconds
            trial = Trial(token, owner, folder, files, options, reports, revision, until)
            self._write(trial)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._clear()
        return trial

    def find(self, owner: str, token: str) -> Trial | None:
        """The trial with this token, if it is this browser's and not too old."""
        self._clear()
        if _TOKEN.match(token) is None:
            return None
        trial = self._read(self._shared / token)
        return trial if trial is not None and hmac.compare_digest(trial.owner, owner) else None

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
        shutil.rmtree(trial.folder, ignore_errors=True)

    def _write(self, trial: Trial) -> None:
        """Put what is known of a trial beside its files, in one step."""
        content = pickle.dumps(trial)
        fresh = trial.folder / _FRESH
        fresh.write_bytes(self._signature(content) + content)
        now = self._clock()
        os.utime(fresh, (now, now))
        fresh.rename(trial.folder / _TRIAL)

    def _read(self, folder: Path) -> Trial | None:
        try:
            written = (folder / _TRIAL).read_bytes()
        except OSError:  # another process has let go of it meanwhile
            return None
        signature, content = written[:_SIGNED], written[_SIGNED:]
        if not hmac.compare_digest(signature, self._signature(content)):
            return None
        trial = pickle.loads(content)  # noqa: S301 - what this server itself wrote and signed
        assert isinstance(trial, Trial)
        return trial if trial.until >= self._clock() else None

    def _signature(self, content: bytes) -> bytes:
        return hmac.digest(self._secret, content, "sha256")

    def _clear(self) -> None:
        """Let go of what is too old, and of the oldest where there is too much."""
        size = 0
        for place, held in enumerate(sorted(self._held(), reverse=True)):
            size += held.size
            is_too_much = place > 0 and (place >= self._most or size > self._most_bytes)
            if held.at + self._seconds < self._clock() or (held.is_whole and is_too_much):
                shutil.rmtree(held.folder, ignore_errors=True)

    def _held(self) -> list["_Held"]:
        found = []
        for folder in self._shared.iterdir():
            trial = folder / _TRIAL
            try:
                is_whole = trial.exists()  # else its files are being looked at
                at = (trial if is_whole else folder).stat().st_mtime
                size = sum(each.stat().st_size for each in folder.iterdir())
            except OSError:  # gone meanwhile
                continue
            found.append(_Held(at, is_whole, size, folder))
        return found


@dataclass(frozen=True, slots=True, order=True)
class _Held:
    at: float
    is_whole: bool
    size: int
    folder: Path
