"""What every store does: one behaviour suite over SQLite and a real Neo4j."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.ledger import graph_of
from graph.settling import settled
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import StaleLoad, Store, UnknownLoad
from schema.field import Value
from schema.messages import Refusal
from schema.records import EXISTS, Load
from tests.graph.loads import apply, says, uses

SMS = "solution:sms"
CARE = "department:eksempel/omsorg"
USES_SMS = f"{CARE} USES {SMS}"


def graph(store: Store) -> dict[str, dict[str, object]]:
    found = snapshot_of(store.structure())
    elements = [
        *found.ids,
        *(
            element
            for kind, relations in found.relations.items()
            for element in found.elements(kind, range(len(relations.sources)))
        ),
    ]
    return {element: dict(fields) for element, fields in store.details(elements).items()}


def test_an_empty_store_is_at_revision_zero(store: Store) -> None:
    assert store.revision() == 0
    assert store.loads() == []
    assert graph(store) == {}


def test_a_load_becomes_nodes_and_relationships(store: Store) -> None:
    applied = apply(store, "omsorg.xlsx", [uses("eksempel/omsorg", "sms", status="pilot")])

    assert (applied.number, applied.revision, store.revision()) == (1, 1, 1)
    assert graph(store) == {
        "municipality:eksempel": {"name": "Eksempel"},
        CARE: {"name": "Omsorg"},
        SMS: {"name": "SMS"},
        USES_SMS: {"status": "pilot"},
        f"{CARE} PART_OF municipality:eksempel": {},
    }


def test_lists_and_numbers_come_back_as_they_were(store: Store) -> None:
    record = says(
        ("municipality:eksempel", "name", "Eksempel"),
        ("municipality:eksempel", "population", 41_000),
        ("municipality:eksempel", "latitude", 55.25),
        (CARE, "name", "Omsorg"),
        (CARE, "serves", ("citizens", "relatives")),
        (CARE, "digital_maturity", 3),
    )
    apply(store, "kommuner.xlsx", [record])

    told = store.details(["municipality:eksempel", CARE, "solution:none"])
    assert told == {
        "municipality:eksempel": {"name": "Eksempel", "population": 41_000, "latitude": 55.25},
        CARE: {"name": "Omsorg", "serves": ("citizens", "relatives"), "digital_maturity": 3},
    }


def test_every_value_knows_file_sheet_row_and_column(store: Store) -> None:
    apply(store, "omsorg.xlsx", [uses("eksempel/omsorg", "sms", row=7, status="pilot")])

    (source,) = store.sources([USES_SMS])[USES_SMS]
    assert (source.load, source.place.file, source.place.sheet) == (1, "ark.xlsx", "Status")
    assert (source.place.row, source.columns["status"]) == (7, "E")


def test_of_many_rows_that_say_something_the_oldest_can_be_asked_for(store: Store) -> None:
    for sheet in ("a", "b", "c"):
        rows = [uses("eksempel/omsorg", f"{sheet}{n}", row=n) for n in (1, 2)]
        apply(store, f"{sheet}.xlsx", rows)
    store.undo(1)
    store.redo(1)

    def places(first: int | None) -> list[tuple[int, int | None]]:
        return [(said.load, said.place.row) for said in store.sources([CARE], first)[CARE]]

    assert places(None) == [(load, row) for load in (1, 2, 3) for row in (1, 2)]
    assert places(3) == places(None)[:3]
    assert places(0) == []
    assert store.source_counts([CARE, "solution:a1", "solution:none"]) == {
        CARE: 6,
        "solution:a1": 1,
        "solution:none": 0,
    }


def test_what_only_one_load_says_goes_with_it(store: Store) -> None:
    shared = [uses("eksempel/omsorg", f"faelles{n}", row=n) for n in range(40)]
    apply(store, "a.xlsx", [*shared, uses("eksempel/omsorg", "b"), uses("eksempel/skole", "a")])
    apply(store, "b.xlsx", [*shared[:30], uses("eksempel/omsorg", "faelles35")])
    apply(store, "b.xlsx", [uses("eksempel/omsorg", "faelles35"), shared[39]], True)
    found, before = store.said_only_by(1), graph(store)
    store.undo(1)
    gone = before.keys() - graph(store).keys()
    assert set(found.nodes) == {each for each in gone if " " not in each}
    assert len(found.nodes) == 41
    assert found.nodes[0] == "solution:faelles0"
    assert found.relations == sum(" USES " in each for each in gone) == 40
    assert store.said_only_by(1).nodes == ()
    assert store.check() == []
    store.redo(1)
    assert graph(store) == before
    assert store.said_only_by(1) == found
    assert store.check() == []


def test_a_newer_edition_takes_the_place_of_the_rows_it_has(store: Store) -> None:
    old = [uses("eksempel/omsorg", "sms", status="pilot"), uses("eksempel/omsorg", "gps", row=2)]
    apply(store, "omsorg.xlsx", old)
    apply(store, "omsorg.xlsx", [uses("eksempel/omsorg", "sms", status="in_use")])

    assert graph(store)[USES_SMS] == {"status": "in_use"}
    assert "solution:gps" in graph(store)
    assert len(store.sources([USES_SMS])[USES_SMS]) == 1


def test_remove_missing_lets_the_sources_other_rows_fall_but_not_what_others_say(
    store: Store,
) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms"), uses("eksempel/omsorg", "gps")])
    apply(store, "b.xlsx", [uses("eksempel/skole", "gps")])
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")], remove_missing=True)

    left = graph(store)
    assert f"{CARE} USES solution:gps" not in left
    assert "department:eksempel/skole USES solution:gps" in left


def test_a_record_that_says_nothing_takes_the_place_of_an_older_one(
    store: Store, tmp_path: Path
) -> None:
    gps = uses("eksempel/omsorg", "gps")
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms"), gps])
    fell = apply(store, "a.xlsx", [says(key=gps.key)])

    assert set(graph(store)) >= {USES_SMS}
    assert "solution:gps" not in graph(store)
    assert store.check() == []
    with closing(SqliteStore(tmp_path / "copy.sqlite")) as copy, store.ledger() as ledger:
        copy.restore(ledger)
        assert graph(copy) == graph(store)
        assert copy.check() == []
    store.undo(fell.number)
    assert "solution:gps" in graph(store)
    assert store.check() == []


def test_the_latest_statement_of_a_shared_field_wins_whatever_the_source(store: Store) -> None:
    apply(store, "a.xlsx", [says((SMS, "name", "SMS"), (SMS, "function", "påmindelse"))])
    apply(store, "b.xlsx", [says((SMS, "name", "SMS"), (SMS, "function", "besked"))])
    assert graph(store)[SMS]["function"] == "besked"

    store.undo(2)
    assert graph(store)[SMS]["function"] == "påmindelse"


def test_the_highest_requirement_stands(store: Store) -> None:
    requires = f"{SMS} REQUIRES competence:gis"
    ends = [(SMS, "name", "SMS"), ("competence:gis", "name", "GIS"), (requires, EXISTS, "")]
    useful = says(*ends, (requires, "level", 4), (requires, "necessity", "useful"))
    essential = says(*ends, (requires, "level", 2), (requires, "necessity", "essential"))
    apply(store, "a.xlsx", [essential])
    apply(store, "b.xlsx", [useful])

    assert graph(store)[requires] == {"level": 4, "necessity": "essential"}


def test_a_parent_takes_the_place_of_the_municipality_and_gives_it_back(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    under = says(
        (CARE, "name", "Omsorg"),
        (CARE, "parent", "department:eksempel/velfaerd"),
        ("department:eksempel/velfaerd", "name", "Velfærd"),
        ("municipality:eksempel", "name", "Eksempel"),
    )
    apply(store, "org.xlsx", [under])
    assert f"{CARE} PART_OF department:eksempel/velfaerd" in graph(store)
    assert f"{CARE} PART_OF municipality:eksempel" not in graph(store)

    store.undo(2)
    assert f"{CARE} PART_OF municipality:eksempel" in graph(store)
    assert "department:eksempel/velfaerd" not in graph(store)


def test_undo_is_a_revision_of_its_own_and_can_be_taken_back(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    before = graph(store)

    assert store.undo(1) == 2
    assert graph(store) == {}
    assert [load.stands for load in store.loads()] == [False]
    assert store.redo(1) == 3
    assert graph(store) == before
    assert store.loads()[0].undone_at is None


def test_an_unknown_load_cannot_be_undone_and_nothing_moves(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    for number in (2, 1, 1):
        if number == 1 and store.loads()[0].stands:
            store.undo(1)
            continue
        with pytest.raises(UnknownLoad):
            store.undo(number)
    with pytest.raises(UnknownLoad):
        store.redo(2)
    assert store.revision() == 2


def test_a_load_resolved_against_an_older_revision_is_turned_away(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    with pytest.raises(StaleLoad):
        store.apply(Load("b.xlsx", (uses("eksempel/omsorg", "gps"),), resolved_at=0))
    assert store.revision() == 1
    assert len(store.loads()) == 1


def test_what_changed_since_a_revision_is_told(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    apply(store, "b.xlsx", [says((SMS, "name", "SMS"), (SMS, "function", "besked"))])

    assert store.changed_since(1) == {SMS}
    assert USES_SMS in store.changed_since(0)
    assert store.changed_since(2) == set()


def test_the_records_that_stand_give_the_graph_again(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="pilot")])
    apply(store, "b.xlsx", [uses("eksempel/skole", "sms")])
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="in_use")])

    assert graph_of(kept.record for kept in store.standing()) == graph(store)
    assert [kept.load for kept in store.standing("a.xlsx")] == [3]
    assert store.check() == []


def test_the_history_tells_who_loaded_what_and_when(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms"), uses("eksempel/omsorg", "gps")])

    (load,) = store.loads()
    assert (load.source, load.files, load.records, load.actor) == (
        "a.xlsx",
        ("ark.xlsx",),
        2,
        "local",
    )
    assert load.at.tzinfo is not None
    assert (load.stands, load.revision) == (True, 1)


def test_more_elements_than_one_question_holds_come_back_whole(store: Store) -> None:
    rows = [uses("eksempel/omsorg", f"s{i}", row=i + 2) for i in range(2000)]
    apply(store, "stor.xlsx", rows)

    wanted = [f"{CARE} USES solution:s{i}" for i in range(2000)]
    assert len(store.details(wanted)) == 2000
    assert all(store.sources(wanted).values())
    assert store.check() == []


def test_a_record_that_leaves_out_an_end_of_a_relationship_is_turned_away(store: Store) -> None:
    half = says((CARE, "name", "Omsorg"), (USES_SMS, EXISTS, ""))
    with pytest.raises(ValueError, match="not both its ends"):
        apply(store, "a.xlsx", [half])
    assert store.revision() == 0


def test_records_are_found_by_how_their_keys_begin(store: Store) -> None:
    named = says((SMS, "name", "SMS"), key=f"status2 {SMS}")
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms"), named])
    apply(store, "b.xlsx", [uses("eksempel/skole", "sms")])

    found = store.standing(key_prefix="status ")
    assert [kept.record.key for kept in found] == [
        f"status {USES_SMS}",
        "status department:eksempel/skole USES solution:sms",
    ]
    assert [kept.load for kept in store.standing("a.xlsx", "status ")] == [1]
    store.undo(1)
    assert [kept.load for kept in store.standing(key_prefix="status ")] == [2]


def test_what_an_element_would_be_without_some_records_can_be_settled(store: Store) -> None:
    apply(store, "a.xlsx", [says((SMS, "name", "SMS"), (SMS, "function", "påmindelse"))])
    apply(store, "b.xlsx", [says((SMS, "name", "SMS"), (SMS, "function", "besked"))])
    apply(store, "c.xlsx", [uses("eksempel/omsorg", "sms", status="pilot")])
    wanted = [SMS, USES_SMS, "solution:none"]
    (newest,) = (kept.number for kept in store.standing("c.xlsx"))
    (second,) = (kept.number for kept in store.standing("b.xlsx"))

    def left(without: list[int]) -> dict[str, dict[str, Value]]:
        return {
            element: settled(element, voices)
            for element, voices in store.voices(wanted, without).items()
        }

    assert left([]) == store.details(wanted)
    assert left([newest]) == {SMS: {"name": "SMS", "function": "besked"}}
    assert left([newest, second]) == {SMS: {"name": "SMS", "function": "påmindelse"}}


@pytest.fixture
def other(tmp_path: Path, store: Store) -> Iterator[SqliteStore]:
    if not hasattr(store, "restore"):
        pytest.skip("this store cannot be restored yet")
    opened = SqliteStore(tmp_path / "other.sqlite")
    yield opened
    opened.close()


def history(store: Store) -> None:
    """Editions, an undo and two sources that say the same."""
    rows = [uses("eksempel/omsorg", "sms", status="pilot"), uses("eksempel/omsorg", "gps", row=2)]
    apply(store, "omsorg.xlsx", rows)
    apply(store, "skole.xlsx", [uses("eksempel/skole", "sms"), uses("eksempel/skole", "rda")])
    apply(store, "omsorg.xlsx", [uses("eksempel/omsorg", "sms", status="in_use")])
    apply(store, "andet.csv", [uses("eksempel/skole", "gps")])
    store.undo(2, actor="anna")


def kept_ledger(store: Store) -> tuple[object, ...]:
    with store.ledger() as ledger:
        return ledger.revisions, ledger.loads, list(ledger.records)


@pytest.mark.usefixtures("other")
def test_the_whole_ledger_is_told_standing_or_not(store: Store) -> None:
    history(store)
    with store.ledger() as ledger:
        steps = [(each.number, each.what, each.load, each.actor) for each in ledger.revisions]
        assert steps == [
            *((n, "load", n, "local") for n in (1, 2, 3, 4)),
            (5, "undo", 2, "anna"),
        ]
        assert ledger.loads == store.loads()
        assert [kept.load for kept in ledger.records] == [1, 1, 2, 2, 3, 4]


@pytest.mark.parametrize("back", [False, True])
def test_a_store_restored_from_anothers_ledger_is_the_same(
    store: Store, other: SqliteStore, back: bool
) -> None:
    one, copy = (other, store) if back else (store, other)
    history(one)
    with one.ledger() as ledger:
        assert copy.restore(ledger) == one.revision() == copy.revision()

    assert kept_ledger(copy) == kept_ledger(one)
    assert graph(copy) == graph(one)
    assert copy.sources(list(graph(one))) == one.sources(list(graph(one)))
    assert list(copy.standing()) == list(one.standing())
    said = {element for element in graph(one) if " PART_OF " not in element}
    assert said <= copy.changed_since(one.revision() - 1)
    assert copy.check() == []


def test_a_restored_store_goes_on_as_the_first_would_have(store: Store, other: SqliteStore) -> None:
    history(other)
    with other.ledger() as ledger:
        store.restore(ledger)

    for each in (store, other):
        each.redo(2)
        each.undo(3)
        apply(each, "omsorg.xlsx", [uses("eksempel/omsorg", "rda")], remove_missing=True)
    assert graph(store) == graph(other)
    assert store.revision() == other.revision()
    assert store.check() == []


def test_a_store_that_holds_a_load_is_not_restored_into(store: Store, other: SqliteStore) -> None:
    history(other)
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    before = graph(store)
    with other.ledger() as ledger, pytest.raises(Refusal) as caught:
        store.restore(ledger)
    assert caught.value.messages[0].code == "store-not-empty"
    assert (graph(store), store.revision()) == (before, 1)


def test_several_words_have_no_order_of_their_own(store: Store) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", users=("staff", "citizens"))])
    assert store.check() == []
