"""Files that wait for a yes are kept apart, for a short while, and never too many of them."""

import os
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
    assert held.find("a", trial.token) == trial
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
    assert held.find("a", second.token) == second


def test_nothing_is_kept_where_looking_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(_files: Sequence[SheetFile], _options: LoadOptions) -> tuple[Report, ...]:
        raise ValueError

    uploads = [UploadFile(BytesIO(b"x"), filename="ark.csv")]
    held = HeldUploads()
    with pytest.raises(ValueError):
        held.hold("a", uploads, LoadOptions(), 0, fail)
    (folder,) = tmp_path.iterdir()
    assert list(folder.iterdir()) == []


def test_what_is_let_go_of_leaves_no_files() -> None:
    held = HeldUploads()
    folder = hold(held).folder
    del held
    assert not folder.exists()


SECRET = b"en hemmelighed, som flere deler!"


def test_another_process_of_the_server_finds_what_one_holds(tmp_path: Path) -> None:
    trial = hold(HeldUploads(tmp_path, SECRET))
    other = HeldUploads(tmp_path, SECRET)
    assert other.find("a", trial.token) == trial
    assert other.find("b", trial.token) is None
    other.drop(trial)
    assert HeldUploads(tmp_path, SECRET).find("a", trial.token) is None


def test_what_was_not_written_by_this_server_is_not_read(tmp_path: Path) -> None:
    trial = hold(HeldUploads(tmp_path, b"en anden hemmelighed"))
    assert HeldUploads(tmp_path, SECRET).find("a", trial.token) is None
    (trial.folder / "trial").write_bytes(b"noget andet")
    assert HeldUploads(tmp_path, SECRET).find("a", trial.token) is None


def test_processes_keep_the_limits_together(tmp_path: Path) -> None:
    one, other = (HeldUploads(tmp_path, SECRET, most=2) for _ in range(2))
    trials = [hold(each) for each in (one, other, one)]
    assert [other.find("a", each.token) is not None for each in trials] == [False, True, True]


@pytest.mark.parametrize("token", ["", "..", "../../etc/passwd", "x" * 43, "a/../b"])
def test_a_token_is_no_path(tmp_path: Path, token: str) -> None:
    assert HeldUploads(tmp_path, SECRET).find("a", token) is None


def test_files_of_a_process_that_died_while_looking_are_deleted_in_time(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "afbrudt").mkdir()
    os.utime(tmp_path / "afbrudt", (0, 0))
    held = HeldUploads(tmp_path, SECRET, seconds=10, clock=clock)
    held.find("a", "")
    assert (tmp_path / "afbrudt").exists()
    clock.now = 11
    held.find("a", "")
    assert not (tmp_path / "afbrudt").exists()
