"""``check`` names every difference of a SQLite store from its ledger: element, field and value."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from graph import sqlite_check
from graph.differences import Difference, Fault
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from tests.graph.loads import apply, says, uses

CARE, SMS, GPS = "department:eksempel/omsorg", "solution:sms", "solution:gps"
REQUIRES = f"{SMS} REQUIRES competence:gis"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "graf.sqlite"
    with closing(SqliteStore(path)) as store:
        rows = [uses("eksempel/omsorg", "sms", status="pilot"), uses("eksempel/omsorg", "gps")]
        apply(store, "a.xlsx", rows)
        ends = (SMS, "name", "SMS"), ("competence:gis", "name", "GIS")
        apply(store, "b.xlsx", [says(*ends, (REQUIRES, "level", 3))])
    return path


Found = Callable[..., list[Difference]]


@pytest.fixture(params=["in one go", "in parts"])
def found(path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Found:
    """What is found after a change to the file."""
    if request.param == "in parts":
        monkeypatch.setattr(sqlite_check, "RECORDS_AT_ONCE", 1)

    def after(statement: str, *values: object) -> list[Difference]:
        with closing(sqlite3.connect(path)) as connection, connection:
            assert connection.execute(statement, values).rowcount
        with closing(SqliteStore(path, read_only=True)) as store:
            return store.check()

    return after


def test_a_value_that_no_record_says_is_named_with_what_they_say(found: Found) -> None:
    (difference,) = found('UPDATE node SET fields = \'{"name":"Sms"}\' WHERE key = ?', SMS)
    assert difference == Difference(Fault.OTHER, SMS, "name", said="SMS", kept="Sms")
    assert difference.text.da == f"{SMS}: name er Sms; posterne siger SMS"
    assert difference.text.en == f"{SMS}: name is Sms; the records say SMS"


def test_a_field_too_many_and_one_that_is_missing_are_told_apart(found: Found) -> None:
    fields = json.dumps({"supplier": "Nogen"})
    assert found("UPDATE node SET fields = ? WHERE key = ?", fields, SMS) == [
        Difference(Fault.MISSING, SMS, "name", said="SMS"),
        Difference(Fault.EXTRA, SMS, "supplier", kept="Nogen"),
    ]


def test_a_node_that_is_gone_is_missing(found: Found) -> None:
    (difference,) = found("UPDATE node SET fields = NULL WHERE key = ?", GPS)
    assert difference == Difference(Fault.MISSING, GPS)


def test_a_relationship_that_is_gone_is_missing_and_its_level_is_compared(found: Found) -> None:
    assert found('UPDATE node SET "REQUIRES" = NULL WHERE key = ?', SMS) == [
        Difference(Fault.MISSING, REQUIRES)
    ]


def test_a_node_that_no_record_says_is_one_too_many(found: Found) -> None:
    (difference,) = found("INSERT INTO node (key, fields) VALUES ('solution:x', '{}')")
    assert difference == Difference(Fault.EXTRA, "solution:x")


def test_provenance_that_is_lost_is_named_with_the_records(found: Found) -> None:
    differing = found(
        "DELETE FROM mention WHERE node = (SELECT id FROM node WHERE key = ?) AND load = 2", SMS
    )
    assert differing == [
        Difference(Fault.DAMAGED, f"load 2, {SMS}", kept=sqlite_check.NOT_LED_TO),
        Difference(Fault.SOURCES, SMS, said=("load 2, record 0",), kept=()),
        Difference(Fault.SOURCES, REQUIRES, said=("load 2, record 0",), kept=()),
    ]


def test_what_is_said_to_be_of_a_load_that_no_mention_leads_to_is_named(found: Found) -> None:
    (stray,) = found(
        "INSERT INTO said SELECT (2 << 32) + id, '[' || id || ',[[[0]]]]' FROM node WHERE key = ?",
        CARE,
    )
    assert stray == Difference(Fault.DAMAGED, f"load 2, {CARE}", kept=sqlite_check.NOT_LED_TO)
    assert stray.text.da.startswith(f"load 2, {CARE} er beskadiget: holdt i indlæsningen")
    assert stray.text.en.endswith("is damaged: held in the load, but not led back to it")


def test_what_is_said_of_a_node_that_is_not_there_is_named(found: Found) -> None:
    stray = Difference(Fault.DAMAGED, "load 2, node 99", kept=sqlite_check.NOT_LED_TO)
    assert found("INSERT INTO said VALUES ((2 << 32) + 99, '[99,[[[0]]]]')") == [stray]


def test_a_record_that_is_not_as_it_was_written_is_named(found: Found) -> None:
    changed = found("UPDATE record SET said = CAST(replace(said, 'pilot', 'retired') AS BLOB)")
    assert (
        Difference(Fault.DAMAGED, "load 1, record 0", kept=sqlite_check.NOT_AS_WRITTEN) in changed
    )


def test_a_record_that_is_not_found_by_its_sheet_is_named(found: Found) -> None:
    hidden = found("UPDATE record SET sheet = 'x' WHERE number = ?", 1 << 24)
    assert [(each.fault, each.element) for each in hidden] == [(Fault.DAMAGED, "load 1, record 0")]


def test_a_load_without_all_its_records_is_named(found: Found) -> None:
    lost = found("DELETE FROM record WHERE number = ?", 2 << 24)
    assert Difference(Fault.DAMAGED, "load 2", kept=sqlite_check.RECORDS_LOST) in lost


@pytest.mark.parametrize("column", ["source", "actor", "at"])
def test_a_load_that_is_not_as_it_was_written_is_named(found: Found, column: str) -> None:
    changed = found(f"UPDATE load SET {column} = '2026-01-01T00:00:00+00:00' WHERE number = 2")
    assert Difference(Fault.DAMAGED, "load 2", kept=sqlite_check.NOT_AS_WRITTEN) in changed


@pytest.mark.parametrize("change", ["stands = 1", "undone_at = NULL"])
def test_a_load_that_is_undone_otherwise_than_its_history_tells_is_named(
    found: Found, path: Path, change: str
) -> None:
    with closing(SqliteStore(path)) as store:
        store.undo(2)
        assert store.check() == []
    first, *_ = found(f"UPDATE load SET {change} WHERE number = 2")
    assert first == Difference(Fault.DAMAGED, "load 2", kept=sqlite_check.STANDS_OTHERWISE)
    assert first.text.da.startswith("load 2 er beskadiget: at den gælder")


def test_an_undo_and_its_step_are_of_one_moment_whatever_the_clock_does(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = (f"2026-01-01T{hour:02}:00:00+00:00" for hour in range(24))
    monkeypatch.setattr("graph.sqlite_ledger.now", lambda: next(hours))
    with closing(SqliteStore(path)) as store:
        store.undo(2)
        with store.ledger() as ledger:
            assert ledger.loads[-1].undone_at == ledger.revisions[-1].at


def test_a_clock_that_was_set_during_an_undo_of_an_older_version_is_no_damage(
    found: Found, path: Path
) -> None:
    with closing(SqliteStore(path)) as store:
        store.undo(2)
    assert found("UPDATE load SET undone_at = '2020-01-01T00:00:00+00:00' WHERE number = 2") == []


def test_a_node_that_makes_no_sense_is_named_by_check_and_refused_when_it_is_read(
    found: Found, path: Path
) -> None:
    first, *_ = found("UPDATE node SET fields = '{' WHERE key = ?", SMS)
    assert (first.fault, first.element) == (Fault.DAMAGED, SMS)
    with closing(SqliteStore(path)) as store, pytest.raises(Refusal) as caught:
        store.details([SMS])
    assert caught.value.messages[0].code == "store-damaged"


def test_a_damaged_record_is_refused_wherever_it_is_read(found: Found, path: Path) -> None:
    found("UPDATE record SET said = CAST(replace(said, 'pilot', 'retired') AS BLOB)")
    ways: list[Callable[[SqliteStore], object]] = [
        lambda store: store.details([f"{CARE} USES {SMS}"]),
        lambda store: store.sources([CARE]),
        lambda store: list(store.standing()),
        lambda store: store.undo(1),
        lambda store: store.changed_since(0),
    ]
    with closing(SqliteStore(path)) as store:
        for read in ways:
            with pytest.raises(Refusal) as caught:
                read(store)
            assert caught.value.messages[0].code == "store-damaged"
        assert store.revision() == 2


def test_a_mention_that_leads_nowhere_is_refused_wherever_a_write_reads_it(
    found: Found, path: Path
) -> None:
    assert found("INSERT INTO mention SELECT id, 7 FROM node WHERE key = ?", SMS)
    renamed = says((SMS, "name", "Sms"))
    ways: list[Callable[[SqliteStore], object]] = [
        lambda store: store.undo(2),
        lambda store: apply(store, "b.xlsx", [renamed]),
        lambda store: apply(store, "c.xlsx", [renamed]),
    ]
    with closing(SqliteStore(path)) as store:
        for write in ways:
            with pytest.raises(Refusal) as caught:
                write(store)
            assert [message.code for message in caught.value.messages] == ["store-damaged"]
        assert store.revision() == 2
        assert [load.stands for load in store.loads()] == [True, True]
