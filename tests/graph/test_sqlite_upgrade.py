"""A SQLite store of the version before is opened, and says what it said."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.sqlite_store import SqliteStore
from schema.field import Value
from schema.messages import Refusal
from tests.graph.loads import apply, uses

DUMPS = Path(__file__).parent / "stores"
"""What the code of each version wrote: loads, a newer edition, an undo, an undo taken back."""
CARE, SMS = "department:eksempel/omsorg", "solution:sms"
GRAPH: dict[str, dict[str, Value]] = {
    "municipality:eksempel": {"name": "Eksempel", "population": 41000, "latitude": 55.25},
    CARE: {
        "name": "Omsorg",
        "parent": "department:eksempel/velfaerd",
        "serves": ("citizens", "relatives"),
        "digital_maturity": 3,
    },
    "department:eksempel/velfaerd": {"name": "Velfærd"},
    "department:eksempel/skole": {"name": "Skole"},
    "solution:gps": {"name": "GPS"},
    "solution:rda": {"name": "RDA"},
    SMS: {"name": "SMS", "function": "påmindelse"},
    "competence:gis": {"name": "GIS"},
    f"{CARE} PART_OF department:eksempel/velfaerd": {},
    "department:eksempel/velfaerd PART_OF municipality:eksempel": {},
    "department:eksempel/skole PART_OF municipality:eksempel": {},
    f"{CARE} USES solution:gps": {"status": "retired"},
    f"{CARE} USES {SMS}": {
        "status": "pilot",
        "since": "2024-05",
        "background": "Borgeren ringer for at høre, hvor hjemmeplejen bliver af. Æøå “citat” & "
        "<b>.",
        "effect_realised": "Færre opkald\npå to linjer",
        "users": ("citizens", "relatives"),
    },
    "department:eksempel/skole USES solution:rda": {},
    f"{SMS} REQUIRES competence:gis": {"level": 2, "necessity": "essential"},
}
GONE = [
    "department:fjordby/skole",
    "department:fjordby/skole USES solution:gps",
    "department:eksempel/skole USES solution:sms",
]


@pytest.fixture(params=[1, 2])
def version(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture
def old(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "graf.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DUMPS / f"version_{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def test_it_says_what_it_said(old: Path) -> None:
    with closing(SqliteStore(old)) as store:
        assert store.details([*GRAPH, *GONE]) == GRAPH
        structure = store.structure()
        assert sum(map(len, structure.nodes.values())) == 8
        assert sum(map(len, structure.relations.values())) == 7
        assert store.check() == []


def test_its_loads_records_and_provenance_are_there(old: Path) -> None:
    with closing(SqliteStore(old)) as store:
        assert store.revision() == 9
        assert [(load.source, load.stands, load.records) for load in store.loads()] == [
            ("organisation.xlsx", True, 2),
            ("omsorg.xlsx", True, 2),
            ("skole.xlsx", True, 2),
            ("omsorg.xlsx", True, 1),
            ("andet.csv", False, 1),
            ("skole.xlsx", True, 1),
        ]
        assert store.loads()[1].at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        with store.ledger() as ledger:
            steps = [(step.what, step.load, step.actor) for step in ledger.revisions[5:]]
            assert steps == [
                ("load", 6, "local"),
                ("undo", 5, "bo"),
                ("undo", 6, "local"),
                ("redo", 6, "bo"),
            ]
            assert [kept.load for kept in ledger.records] == [1, 1, 2, 2, 3, 3, 4, 5, 6]
        (row,) = store.sources([f"{CARE} USES {SMS}"])[f"{CARE} USES {SMS}"]
        assert (row.load, row.place.row, row.columns["since"]) == (2, 2, "F")
        assert store.source_counts([CARE, "solution:gps"]) == {CARE: 3, "solution:gps": 1}


def test_it_goes_on_as_a_store_of_this_version(old: Path) -> None:
    with closing(SqliteStore(old)) as store:
        store.redo(5)
        store.undo(6)
        apply(store, "ny.xlsx", [uses("eksempel/skole", "gps")])
        there = store.details([*GONE, "solution:rda"])
        assert set(there) == set(GONE)
        assert store.check() == []


def test_a_copy_of_it_stays_beside_and_is_told_of(old: Path, version: int) -> None:
    old.chmod(0o600)
    with closing(SqliteStore(old)) as store:
        upgraded = store.upgraded
    assert upgraded is not None
    assert upgraded.version == version
    assert upgraded.backup is not None
    assert upgraded.backup.name.startswith(f"graf-version-{version}-")
    assert upgraded.backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(upgraded.backup)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (version,)
        assert copy.execute("SELECT count(*) FROM record").fetchone() == (9,)
    with closing(SqliteStore(old)) as again:
        assert again.upgraded is None
    with closing(SqliteStore(upgraded.backup, keep_old=False)) as also:
        assert also.details(list(GRAPH)) == GRAPH
    assert {each.name for each in old.parent.iterdir()} == {old.name, upgraded.backup.name}


def test_to_be_only_read_it_is_refused_and_not_touched(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(Refusal) as caught:
        SqliteStore(old, read_only=True)
    assert caught.value.messages[0].code == "store-older"
    assert old.read_bytes() == before
    assert list(old.parent.glob("*-version-*")) == []


def test_a_store_made_by_other_rules_is_made_anew_by_these(tmp_path: Path) -> None:
    path = tmp_path / "graf.sqlite"
    with closing(SqliteStore(path)) as store:
        apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="pilot")])
        apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="in_use")])
        apply(store, "b.xlsx", [uses("eksempel/skole", "sms")])
        store.undo(3)
        with store.ledger() as ledger:
            before = ledger.revisions, ledger.loads, list(ledger.records)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'other rules' WHERE name = 'ontology'")
        connection.execute('UPDATE node SET fields = \'{"name":"as it was"}\'')

    with closing(SqliteStore(path)) as store:
        assert store.upgraded is not None
        with store.ledger() as ledger:
            assert (ledger.revisions, ledger.loads, list(ledger.records)) == before
        use = f"{CARE} USES {SMS}"
        assert store.details([SMS, use]) == {SMS: {"name": "SMS"}, use: {"status": "in_use"}}
        assert store.check() == []


@pytest.mark.parametrize("version", [1])
def test_what_cannot_be_read_by_these_rules_leaves_the_file_as_it_was(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE record SET statements = replace(statements, 'status', 'mood')")
    with pytest.raises(Refusal) as caught:
        SqliteStore(old)
    assert caught.value.messages[0].code == "store-not-upgradable"
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM voice").fetchone()[0] > 0


OPENER = """
import sys
from pathlib import Path
from graph.sqlite_store import SqliteStore
print("ready", flush=True)
SqliteStore(Path(sys.argv[1])).close()
"""


@pytest.mark.parametrize("moment", range(4))
def test_killed_on_the_way_it_is_of_one_version_or_the_other(old: Path, moment: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OPENER, str(old)], stdout=subprocess.PIPE
    ) as opening:
        assert opening.stdout is not None
        assert opening.stdout.readline() == b"ready\n"
        time.sleep(moment * 0.006)
        os.kill(opening.pid, signal.SIGKILL)
    with closing(SqliteStore(old)) as store:
        assert store.details([*GRAPH, *GONE]) == GRAPH
        assert store.check() == []


@pytest.mark.parametrize(
    "made_over",
    ["UPDATE meta SET value = 'other' WHERE name = 'ontology'", "PRAGMA user_version = 4"],
)
def test_a_program_that_runs_on_beside_an_upgrade_neither_reads_nor_writes_by_its_own_rules(
    tmp_path: Path, made_over: str
) -> None:
    path = tmp_path / "graf.sqlite"
    with closing(SqliteStore(path)) as store:
        apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
        with closing(sqlite3.connect(path)) as other:
            other.execute(made_over)
            other.commit()
        before = path.read_bytes()

        for use in (
            store.revision,
            store.structure,
            lambda: list(store.standing()),
            lambda: store.undo(1),
        ):
            with pytest.raises(Refusal) as caught:
                use()
            assert caught.value.messages[0].code == "store-made-over"
        assert path.read_bytes() == before
