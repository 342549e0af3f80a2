"""Files that wait for a yes are kept apart, for a short while, and never too many of them."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from api.held_uploads import HeldUploads, Trial
from loaders.files import SheetFile
from loaders.loading import LoadOptions
from loaders.report import Report


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def nothing(_files: Sequence[SheetFile], _options: LoadOptions) -> tuple[Report, ...]:
    return ()


def hold(held: HeldUploads, owner: str = "a", content: bytes = b"x") -> Trial:
    uploads = [UploadFile(BytesIO(content), filename="ark.csv")]
    return held.hold(owner, uploads, LoadOptions(), 0, nothing)


def test_files_are_found_again_by_their_owner_alone() -> None:
    held = HeldUploads()
    trial = hold(held)
    assert held.find("a", trial.token) is trial
    assert held.find("b", trial.token) is None
    assert trial.files[0].path.read_bytes() == b"x"
    assert trial.files[0].name == "ark.csv"


def test_only_this_user_can_read_the_folder() -> None:
    assert hold(HeldUploads()).folder.stat().st_mode & 0o077 == 0


def test_files_that_are_too_old_are_deleted() -> None:
    clock = Clock()
    held = HeldUploads(seconds=10, clock=clock)
    trial = hold(held)
    clock.now = 11
    assert held.find("a", trial.token) is None
    assert not trial.folder.exists()


def test_the_oldest_make_room_for_newer_ones() -> None:
    held = HeldUploads(most=2)
    trials = [hold(held) for _ in range(3)]
    assert [held.find("a", each.token) is not None for each in trials] == [False, True, True]
    assert not trials[0].folder.exists()


def test_large_files_push_older_ones_out() -> None:
    held = HeldUploads(most_bytes=10)
    first, second = hold(held, content=b"x" * 6), hold(held, content=b"x" * 6)
    assert held.find("a", first.token) is None
    assert held.find("a", second.token) is second


def test_nothing_is_kept_where_looking_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(_files: Sequence[SheetFile], _options: LoadOptions) -> tuple[Report, ...]:
        raise ValueError

    uploads = [UploadFile(BytesIO(b"x"), filename="ark.csv")]
    with pytest.raises(ValueError):
        HeldUploads().hold("a", uploads, LoadOptions(), 0, fail)
    assert list(tmp_path.iterdir()) == []


def test_what_is_let_go_of_leaves_no_files() -> None:
    held = HeldUploads()
    folder = hold(held).folder
    del held
    assert not folder.exists()
