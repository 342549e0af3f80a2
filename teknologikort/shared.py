"""What the processes of one server share: a secret, and folders for this user alone."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True)
class Shared:
    """What all processes of one server have in common. In ``folder``, which is for this user
    alone, ``held`` has the files that wait for a yes and ``measures`` what is measured."""

    folder: Path
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def held(self) -> Path:
        return self.folder / "held"

    @property
    def measures(self) -> Path:
        return self.folder / "measures"

    def discard(self) -> None:
        """Take the folder away, where the program ends without coming to the block's end."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def shared_folder() -> Iterator[Shared]:
    """What processes share, for as long as the block lasts."""
    with TemporaryDirectory(prefix="teknologikort-", ignore_cleanup_errors=True) as folder:
        shared = Shared(Path(folder))
        for each in (shared.held, shared.measures):
            each.mkdir(mode=0o700)
        yield shared
