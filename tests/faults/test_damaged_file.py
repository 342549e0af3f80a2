"""A byte of the file is wrong, anywhere: what is read is right or refused, a check names what is
not, and nothing in the file is ever changed by looking."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from graph.sqlite_store import SqliteStore
from graph.store import Store
from schema.messages import Refusal
from tests.faults.counts import times
from tests.faults.loads import load_up_to

CLEAR = {"store-damaged", "store-not-ours", "store-newer", "store-older"}
READS: Mapping[str, Callable[[Store], object]] = {
    "revision": lambda store: store.revision(),
    "loads": lambda store: store.loads(),
    "structure": lambda store: store.structure(),
    "details": lambda store: store.details([f"solution:loesning-{i}" for i in range(120)]),
    "sources": lambda store: store.sources([f"solution:loesning-{i}" for i in range(120)]),
    "standing": lambda store: list(store.standing()),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound store in one file, nothing of it still in the write-ahead log."""
    path = tmp_path_factory.mktemp("whole") / "graph.sqlite"
    store = SqliteStore(path)
    load_up_to(store, 12)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def answers(path: Path) -> dict[str, object]:
    """What every reading of the store gives: its answer, or the code that refuses it."""
    found: dict[str, object] = {}
    try:
        store = SqliteStore(path, create=False, read_only=True)
    except Refusal as refusal:
        return {"opening": _codes(refusal)}
    for name, read in READS.items():
        found[name] = _or_codes(read, store)
    found["check"] = _or_codes(lambda opened: opened.check(), store)
    store.close()
    return found


def _or_codes(read: Callable[[Store], object], store: Store) -> object:
    try:
        return read(store)
    except Refusal as refusal:
        return _codes(refusal)


def _codes(refusal: Refusal) -> set[str]:
    codes = {message.code for message in refusal.messages}
    assert codes <= CLEAR, codes
    return codes


def with_a_wrong_byte(whole: Path, damaged: Path, place: int, bit: int) -> None:
    content = bytearray(whole.read_bytes())
    content[place] ^= 1 << bit
    damaged.write_bytes(content)


def told_or_right(found: Mapping[str, object], sound: Mapping[str, object]) -> bool:
    """Everything reads as it should; or it is refused, or the check says that it does not."""
    wrong = {name for name in found if name != "check" and found[name] != sound.get(name)}
    refused = any(isinstance(found[name], set) for name in wrong)
    return not wrong or refused or bool(found.get("check"))


def test_one_wrong_byte_is_told_wherever_it_is(whole: Path, tmp_path: Path) -> None:
    random, sound = Random(20261124), answers(whole)
    assert sound["check"] == []
    size, damaged = whole.stat().st_size, tmp_path / "damaged.sqlite"
    silent = []
    for _ in range(times(100)):
        place, bit = random.randrange(size), random.randrange(8)
        with_a_wrong_byte(whole, damaged, place, bit)
        before = damaged.read_bytes()
        if not told_or_right(answers(damaged), sound):
            silent.append((place, bit))
        assert damaged.read_bytes() == before
    assert silent == []


@pytest.mark.parametrize("part", range(1, 10))
def test_a_file_cut_short_is_told_wherever_it_ends(whole: Path, tmp_path: Path, part: int) -> None:
    damaged = tmp_path / "damaged.sqlite"
    shutil.copy(whole, damaged)
    content = whole.read_bytes()[: whole.stat().st_size * part // 10]
    damaged.write_bytes(content)
    found = answers(damaged)
    assert any(isinstance(answer, set) for answer in found.values()) or found["check"] != []
    assert damaged.read_bytes() == content
